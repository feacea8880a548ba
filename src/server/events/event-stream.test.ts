import { expect, test } from "vitest";
import { local } from "../access/guard-access.ts";
import { EventHub } from "./event-hub.ts";
import { openEventStream } from "./event-stream.ts";

test("nothing is written to a stream that has ended, though its reader is slow", async () => {
  const hub = new EventHub();
  const stream = openEventStream(hub, local);
  for (let i = 0; i < 10; i++) hub.publish("long", "x".repeat(20_000));
  hub.disconnect();
  expect(hub.size).toBe(0);
  hub.publish("late", null);
  const heard = Buffer.concat(await stream.toArray()).toString(); // would throw where something was written behind the end
  expect([heard.match(/^event: long$/gm)?.length, heard.includes("late")]).toEqual([10, false]);
});
