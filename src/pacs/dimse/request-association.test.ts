/** Our client before servers that are not there, silent, or no DICOM at all. */

import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { OsteonError } from "../../errors.ts";
import { Transient, withBackOff } from "../back-off.ts";
import { echo } from "./c-echo.ts";
import { encodeAbort, encodeAssociateAccept, encodeAssociateReject } from "./encode-pdu.ts";

/** Runs a server that does something with each connection, and asks it for an echo. The error of that. */
const echoAt = async (
  serve: (socket: Socket) => void,
  options: { readonly acceptMs?: number; readonly signal?: AbortSignal } = {},
): Promise<unknown> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    serve(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const { acceptMs = 2000, signal } = options;
  try {
    return await echo(
      { host: "127.0.0.1", port, calledAeTitle: "ARCHIVE", callingAeTitle: "OSTEON" },
      { limits: { acceptMs, answerMs: acceptMs, pduMs: 300 }, ...(signal ? { signal } : {}) },
    ).catch((error: unknown) => error);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
};

/** The sentence for the user in an error. */
const sentenceOf = (error: unknown): string => (error as Error).message;

test("a silent server is left after a while, and may be tried again", async () => {
  const error = await echoAt(() => {}, { acceptMs: 100 });
  expect(error).toBeInstanceOf(Transient);
  expect(sentenceOf(error)).toMatch(/^ARCHIVE at 127.0.0.1:\d+ did not answer in time\.$/);
});

test("a server that is not there is told in a sentence", async () => {
  const error = await echo({ host: "127.0.0.1", port: 1, calledAeTitle: "A", callingAeTitle: "B" }).catch((e) => e);
  expect(sentenceOf(error)).toBe(
    "A at 127.0.0.1:1 cannot be reached: nothing listens there; check the port and whether the server runs.",
  );
});

test.each([
  ["speaks another protocol", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), "does not speak DICOM as it should"],
  ["rejects for good", encodeAssociateReject({ result: 1, source: 1, reason: 3 }), "it does not know our AE title"],
  [
    "rejects for now",
    encodeAssociateReject({ result: 2, source: 3, reason: 2 }),
    "its limit of associations is reached",
  ],
  ["aborts", encodeAbort({ source: 0, reason: 0 }), "aborted the association; have the AE title OSTEON"],
  [
    "accepts nothing",
    encodeAssociateAccept({
      calledAeTitle: "A",
      callingAeTitle: "B",
      contexts: [{ id: 1, result: 3, transferSyntax: "" }],
      user: { maximumLength: 0, roles: [] },
    }),
    "does not support verification",
  ],
])("a server that %s is told in a sentence", async (_, bytes, sentence) => {
  expect(sentenceOf(await echoAt((socket) => void socket.write(bytes)))).toContain(sentence);
});

test("whatever a server answers, the error is one for the user", async () => {
  const pdu = fc
    .tuple(fc.nat(8), fc.option(fc.nat(70_000)), fc.uint8Array({ maxLength: 100 }))
    .map(([type, length, bytes]) => {
      const head = Buffer.from([type, 0, 0, 0, 0, 0]);
      head.writeUInt32BE(length ?? bytes.length, 2);
      return Buffer.concat([head, bytes]);
    });
  const accept = encodeAssociateAccept({
    calledAeTitle: "A",
    callingAeTitle: "B",
    contexts: [{ id: 1, result: 0, transferSyntax: "1.2.840.10008.1.2" }],
    user: { maximumLength: 0, roles: [] },
  });
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(pdu, { minLength: 1, maxLength: 4 }), async (isAccepted, answers) => {
      const error = await echoAt((socket) => {
        if (isAccepted) socket.write(accept);
        for (const bytes of answers) socket.write(bytes);
        socket.end();
      });
      expect(error instanceof OsteonError || error instanceof Transient).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test("an abort signal ends the wait at once", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const error = await echoAt(() => {}, { acceptMs: 60_000, signal: controller.signal });
  expect(error).toMatchObject({ code: "interrupted" });
});

test("what may pass is tried as often as told, and what was asked to wait for waits", async () => {
  const told = new OsteonError("unreachable", "It is closed.");
  const backOff = { attempts: 4, firstMs: 1, longestMs: 5 };
  let tries = 0;
  const failing = (limit?: number) => async (): Promise<never> => {
    tries += 1;
    throw new Transient(told, limit === undefined ? {} : { attempts: limit });
  };
  await expect(withBackOff(failing(), { backOff })).rejects.toBe(told);
  expect(tries).toBe(4);
  tries = 0;
  await expect(withBackOff(failing(2), { backOff })).rejects.toBe(told);
  expect(tries).toBe(2);
  const start = performance.now();
  const later = async (attempt: number): Promise<string> => {
    if (attempt === 1) throw new Transient(told, { waitMs: 120 });
    return "open";
  };
  expect(await withBackOff(later, { backOff })).toBe("open");
  expect(performance.now() - start).toBeGreaterThan(100);
  await expect(withBackOff(async () => Promise.reject(told), { backOff })).rejects.toBe(told);
});
