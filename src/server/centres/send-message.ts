/**
 * Sends a message to another centre and reads what it answers: with a limit to its time and its size, over TLS wherever it is not on
 * this machine. Redirects are not followed: where a centre is, its administrator has said.
 */

import type { IncomingMessage } from "node:http";
import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import type { SignedMessage } from "../../contract/centres.ts";

/** Where a centre is reached. */
export interface CentreAddress {
  readonly address: string;
  /** In PEM; null for the authorities that this machine knows. */
  readonly authority: string | null;
}

/** What came back: an answer of some status, or why none did. */
export type CentreResponse =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  /**
   * `late`: not in time; `unreachable`: nobody answers; `certificate`: who answers is not vouched for; `untrusted`: no sense in it;
   * `interrupted`: nobody waits any more.
   */
  | { readonly ok: false; readonly problem: "late" | "unreachable" | "certificate" | "untrusted" | "interrupted" };

interface SendOptions {
  readonly waitMs: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

const path = "/api/centres/query";
/** An answer of twenty neighbours has about two thousand bytes. */
const mostBytes = 65_536;

/** Never throws: what goes wrong between centres is an answer too. */
export const sendMessage = (
  { address, authority }: CentreAddress,
  message: SignedMessage,
  { waitMs, signal }: SendOptions,
): Promise<CentreResponse> =>
  new Promise((resolve) => {
    const body = JSON.stringify(message);
    const url = new URL(path, address);
    const request = url.protocol === "https:" ? requestTls : requestPlain;
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const sent = request(url, { method: "POST", headers, agent: false, ...(authority ? { ca: authority } : {}) });
    const end = (response: CentreResponse): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      resolve(response);
      sent.destroy();
    };
    const giveUp = (): void => end({ ok: false, problem: "interrupted" });
    const timer = setTimeout(() => end({ ok: false, problem: "late" }), waitMs); // of the whole, however slowly it comes
    signal.addEventListener("abort", giveUp);
    sent.on("error", (error) => end({ ok: false, problem: problemOf(error) }));
    sent.on("response", (response) => readAll(response, end));
    sent.end(body);
    if (signal.aborted) giveUp();
  });

const readAll = (response: IncomingMessage, end: (response: CentreResponse) => void): void => {
  const parts: Buffer[] = [];
  let bytes = 0;
  response.on("data", (part: Buffer) => {
    bytes += part.length;
    if (bytes > mostBytes) end({ ok: false, problem: "untrusted" });
    else parts.push(part);
  });
  response.on("error", () => end({ ok: false, problem: "unreachable" }));
  response.on("end", () => {
    try {
      const body: unknown = JSON.parse(Buffer.concat(parts).toString("utf8"));
      end({ ok: true, status: response.statusCode ?? 0, body });
    } catch {
      end({ ok: false, problem: "untrusted" });
    }
  });
};

/** OpenSSL's words for a certificate that is not vouched for, and Node's for one of another name. */
const problemOf = ({ code = "" }: NodeJS.ErrnoException): "certificate" | "unreachable" =>
  /CERT|ISSUER|VERIFY|SELF_SIGNED/.test(code) ? "certificate" : "unreachable";
