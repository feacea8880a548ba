/** One browser's stream of server-sent events (WHATWG HTML, 9.2), with a sign of life now and then. */

import { PassThrough, type Readable } from "node:stream";
import type { Person } from "../../contract/session.ts";
import type { EventHub } from "./event-hub.ts";

const beatMs = 15_000;
/** After this long the browser asks again, and its login is looked at anew. */
const longestMs = 15 * 60_000;
/** A browser that does not read is cut off at this many bytes; it asks again and fetches what it missed. */
const mostWaiting = 2 ** 20;

/**
 * A stream of what the hub tells this person, until it is destroyed.
 *
 * @throws OsteonError `too-many-requests` where the person has too many
 */
export const openEventStream = (hub: EventHub, person: Person): Readable => {
  const stream = new PassThrough();
  const forget = hub.listen({
    person,
    hear: (event, data) => {
      stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (stream.writableLength > mostWaiting) stream.destroy();
    },
    end: () => finish(),
  });
  stream.write("retry: 2000\n\n");
  const beat = setInterval(() => stream.write(": beat\n\n"), beatMs);
  const end = setTimeout(() => finish(), longestMs);
  const clear = (): void => {
    clearInterval(beat);
    clearTimeout(end);
    forget();
  };
  /** Nothing is written behind the end, which a slow reader reaches late. */
  const finish = (): void => {
    clear();
    stream.end();
  };
  return stream.once("close", clear);
};
