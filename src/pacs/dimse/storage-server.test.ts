/** The storage server as its peers see it: our own client, raw bytes, and dcmtk's tools where they are installed. */

import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmdirSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { computedRadiography, smallRadiograph, smallRadiographUid } from "../../../scripts/small-radiograph.ts";
import { hasPrograms, runProgram } from "../../../test/support/dcmtk.ts";
import { readPart10 } from "../../dicom/read-part10.ts";
import { TAGS } from "../../dicom/tags.ts";
import type { ReceivedInstance } from "../instance-file.ts";
import type { Association } from "./association.ts";
import { echo } from "./c-echo.ts";
import { COMMANDS, encodeCommandSet } from "./command-set.ts";
import { encodeAssociateRequest, encodeData, encodeReleaseRequest } from "./encode-pdu.ts";
import { networkSyntaxes } from "./network-syntaxes.ts";
import { requestAssociation } from "./request-association.ts";
import { STATUS } from "./status.ts";
import {
  type StorageEvent,
  type StorageServer,
  type StorageServerOptions,
  startStorageServer,
} from "./storage-server.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-storage-server-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Whether this user may mount a small disk. */
const canMount = ((): boolean => {
  const trial = mkdtempSync(join(tmpdir(), "osteon-mount-"));
  try {
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "none", trial]).status !== 0) return false;
    return spawnSync("umount", [trial]).status === 0;
  } finally {
    rmdirSync(trial);
  }
})();

interface Served {
  readonly server: StorageServer;
  readonly folder: string;
  readonly received: ReceivedInstance[];
  readonly events: StorageEvent[];
}

/** Starts a server on a free port, does work with it, and closes it. */
const withServer = async (
  options: Partial<StorageServerOptions>,
  work: (served: Served) => Promise<void>,
): Promise<void> => {
  const spool = await mkdtemp(join(folder, "spool-"));
  const received: ReceivedInstance[] = [];
  const events: StorageEvent[] = [];
  const server = await startStorageServer({
    aeTitle: "OSTEON",
    allowed: [{ aeTitle: "TESTER", addresses: ["127.0.0.1"] }],
    host: "127.0.0.1",
    port: 0,
    folder: spool,
    onInstance: (instance) => received.push(instance),
    onEvent: (event) => events.push(event),
    ...options,
    limits: { freeBytes: 0, ...options.limits },
  });
  try {
    await work({ server, folder: spool, received, events });
  } finally {
    await server.close(500);
  }
};

const peerOf = ({ server }: Served, titles: { called?: string; calling?: string } = {}) => ({
  host: "127.0.0.1",
  port: server.port,
  calledAeTitle: titles.called ?? "OSTEON",
  callingAeTitle: titles.calling ?? "TESTER",
});

const explicitLittle = "1.2.840.10008.1.2.1";

/** An association for computed radiography. */
const openFor = (served: Served, transferSyntaxes: readonly string[] = [explicitLittle]): Promise<Association> =>
  requestAssociation(peerOf(served), { contexts: [{ abstractSyntax: computedRadiography, transferSyntaxes }] });

/** Sends a data set with C-STORE; the status of the answer. */
const store = async (
  association: Association,
  dataSet: Uint8Array,
  SOPInstanceUID: string,
): Promise<number | undefined> => {
  const context = association.contexts[0]!;
  await association.send(
    context,
    {
      CommandField: COMMANDS.store,
      MessageID: association.nextMessageId(),
      AffectedSOPClassUID: context.abstractSyntax,
      AffectedSOPInstanceUID: SOPInstanceUID,
      Priority: 0,
      CommandDataSetType: 1,
    },
    dataSet,
  );
  const answer = await association.receive();
  expect(answer?.command).toMatchObject({ CommandField: 0x8001, AffectedSOPInstanceUID: SOPInstanceUID });
  return answer?.command.Status;
};

/** Where the data set of a file begins: behind the preamble and group 0002. */
const dataSetOf = (file: Uint8Array): Uint8Array =>
  file.subarray(144 + new DataView(file.buffer, file.byteOffset).getUint32(140, true));

describe("an object", () => {
  test("is stored to the byte, whatever its sender wrote, behind meta information of ours", async () => {
    const plain = dataSetOf(smallRadiograph({ number: 1 }));
    const groupLength = Buffer.from("08000000554c04001c010000", "hex"); // retired, and wrong
    const trailingPadding = Buffer.from("fcfffcff4f4200000600000001020304ff00", "hex");
    const odd = Buffer.concat([groupLength, plain, trailingPadding]);
    await withServer({}, async (served) => {
      const association = await openFor(served);
      expect(await store(association, odd, smallRadiographUid(1))).toBe(STATUS.success);
      await association.release();
      const [instance] = served.received;
      const file = new Uint8Array(await readFile(instance!.path));
      expect(Buffer.from(dataSetOf(file)).equals(odd)).toBe(true);
      expect(instance).toMatchObject({ SOPInstanceUID: smallRadiographUid(1), bytes: file.length });
      const { meta } = readPart10(file);
      expect(meta.text(TAGS.TransferSyntaxUID)).toBe(explicitLittle);
      expect(meta.text(0x00020003)).toBe(smallRadiographUid(1));
      expect(meta.text(0x00020016)).toBe("TESTER");
    });
  });

  test("that waits already is not written over", async () => {
    await withServer({}, async (served) => {
      const association = await openFor(served);
      const dataSet = dataSetOf(smallRadiograph({ number: 2 }));
      for (let time = 0; time < 3; time++) expect(await store(association, dataSet, smallRadiographUid(2))).toBe(0);
      expect(new Set(served.received.map(({ path }) => path)).size).toBe(3);
      expect((await readdir(served.folder)).length).toBe(3);
      await association.release();
    });
  });

  test.each([
    [
      "is another one than its command says",
      dataSetOf(smallRadiograph({ number: 3 })),
      "1.2.3.4",
      STATUS.dataSetDoesNotMatch,
    ],
    ["is no data set", Buffer.alloc(5000, 7), "1.2.3.4", STATUS.dataSetDoesNotMatch],
    ["has no UID", dataSetOf(smallRadiograph({ number: 3 })), "../../evil", 0x0117],
  ])("that %s is refused, nothing of it stays, and the association goes on", async (_, dataSet, uid, status) => {
    await withServer({}, async (served) => {
      const association = await openFor(served);
      expect(await store(association, dataSet, uid)).toBe(status);
      expect(await readdir(served.folder)).toEqual([]);
      expect(await store(association, dataSetOf(smallRadiograph({ number: 4 })), smallRadiographUid(4))).toBe(0);
      await association.release();
    });
  });

  test("is refused with A700 while the disk is short of room", async () => {
    await withServer({ limits: { freeBytes: Number.MAX_SAFE_INTEGER } }, async (served) => {
      const association = await openFor(served);
      const dataSet = dataSetOf(smallRadiograph({ number: 5, side: 300 }));
      expect(await store(association, dataSet, smallRadiographUid(5))).toBe(STATUS.outOfResources);
      expect(await readdir(served.folder)).toEqual([]);
      expect(served.events).toContainEqual(expect.objectContaining({ kind: "not-stored", status: 0xa700 }));
      await association.release();
    });
  });

  test.skipIf(!canMount)(
    "is refused with A700 by a disk that is full (skipped where none can be mounted)",
    async () => {
      const disk = await mkdtemp(join(folder, "disk-"));
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "none", disk]);
      try {
        await withServer({ folder: disk }, async (served) => {
          const association = await openFor(served);
          const send = (number: number, side: number): Promise<number | undefined> =>
            store(association, dataSetOf(smallRadiograph({ number, side })), smallRadiographUid(number));
          expect(await send(13, 600)).toBe(STATUS.outOfResources);
          expect(await readdir(disk)).toEqual([]);
          expect(await send(14, 100)).toBe(STATUS.success); // there is room for a small one
          await association.release();
        });
      } finally {
        execFileSync("umount", [disk]);
      }
    },
  );

  test("is never half there: a sender that leaves in the middle leaves nothing", async () => {
    await withServer({}, async (served) => {
      const { socket } = await rawAssociation(served);
      const dataSet = dataSetOf(smallRadiograph({ number: 6, side: 300 }));
      socket.write(Buffer.concat(encodeData({ contextId: 1, isCommand: true, isLast: true, bytes: storeCommand(6) })));
      socket.write(
        Buffer.concat(
          encodeData({ contextId: 1, isCommand: false, isLast: false, bytes: dataSet.subarray(0, 90_000) }),
        ),
      );
      await expect.poll(() => readdir(served.folder)).toHaveLength(1); // under its temporary name
      socket.destroy();
      await expect.poll(() => served.events).toContainEqual({ kind: "broken", why: "aborted" });
      expect(await readdir(served.folder)).toEqual([]);
    });
  });
});

/** A C-STORE command for the small radiograph of a number. */
const storeCommand = (number: number): Buffer =>
  encodeCommandSet({
    CommandField: COMMANDS.store,
    MessageID: 1,
    AffectedSOPClassUID: computedRadiography,
    AffectedSOPInstanceUID: smallRadiographUid(number),
    Priority: 0,
    CommandDataSetType: 1,
  });

/** Waits until a connection is closed, well or by an error. */
const isClosed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once("close", () => resolve()));

/** A connection over which bytes go as a test wants them. */
const rawConnection = async ({ server }: Served): Promise<Socket> => {
  const socket = connect({ host: "127.0.0.1", port: server.port });
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
};

const associateRequest = encodeAssociateRequest({
  calledAeTitle: "OSTEON",
  callingAeTitle: "TESTER",
  contexts: [{ id: 1, abstractSyntax: computedRadiography, transferSyntaxes: [explicitLittle] }],
  user: { maximumLength: 0, roles: [] },
});

const rawAssociation = async (served: Served): Promise<{ socket: Socket }> => {
  const socket = await rawConnection(served);
  socket.write(associateRequest);
  const [accept] = (await once(socket, "data")) as [Buffer];
  expect(accept[0]).toBe(2);
  return { socket };
};

describe("an association", () => {
  test.each([
    ["called by another title", { called: "OTHER" }, "its own AE title is another one"],
    ["from a title that is not in the list", { calling: "STRANGER" }, "it does not know our AE title"],
  ])("%s is rejected for good", async (_, titles, sentence) => {
    await withServer({}, async (served) => {
      await expect(echo(peerOf(served, titles))).rejects.toThrow(sentence);
      const { called = "OSTEON", calling = "TESTER" }: { called?: string; calling?: string } = titles;
      const sender = { calledAeTitle: called, callingAeTitle: calling, address: "127.0.0.1" };
      expect(served.events).toEqual([expect.objectContaining({ kind: "refused", sender })]);
    });
  });

  test("from a listed title at another address is rejected", async () => {
    const allowed = [{ aeTitle: "TESTER", addresses: ["10.0.0.1"] }];
    await withServer({ allowed }, async (served) => {
      await expect(echo(peerOf(served))).rejects.toThrow("it does not know our AE title");
    });
  });

  test("more than there may be is rejected for now", async () => {
    await withServer({ limits: { associations: 1 } }, async (served) => {
      const first = await openFor(served);
      const second = await openFor(served).catch((error: unknown) => error);
      expect(second).toMatchObject({ name: "Transient", told: { message: expect.stringContaining("limit") } });
      await first.release();
      await expect
        .poll(() =>
          openFor(served).then(
            (one) => one.release().then(() => true),
            () => false,
          ),
        )
        .toBe(true);
    });
  });

  test("gets a context for every transfer syntax that is read, but no deflated one and no other SOP class", async () => {
    await withServer({}, async (served) => {
      const deflated = "1.2.840.10008.1.2.1.99";
      const ct = "1.2.840.10008.5.1.4.1.1.2";
      const association = await requestAssociation(peerOf(served), {
        contexts: [
          ...[...networkSyntaxes, deflated].map((uid) => ({
            abstractSyntax: computedRadiography,
            transferSyntaxes: [uid],
          })),
          { abstractSyntax: ct, transferSyntaxes: [explicitLittle] },
        ],
      });
      expect(association.contexts.map(({ transferSyntax }) => transferSyntax)).toEqual(networkSyntaxes);
      await association.release();
    });
  });

  test("that is silent is left, as is a connection that never asks for one, or asks byte by byte", async () => {
    const limits = { requestMs: 150, idleMs: 150, pduMs: 150 };
    await withServer({ limits }, async (served) => {
      const { socket: idle } = await rawAssociation(served);
      const mute = await rawConnection(served);
      const slow = await rawConnection(served);
      let sent = 0;
      const drip = setInterval(() => slow.writable && slow.write(associateRequest.subarray(sent, ++sent)), 20);
      for (const socket of [idle, mute, slow]) socket.resume();
      await Promise.all([idle, mute, slow].map((socket) => isClosed(socket)));
      clearInterval(drip);
      expect(sent).toBeLessThan(associateRequest.length);
      expect(served.events.map((event) => event.kind === "broken" && event.why)).toEqual([
        "silent",
        "silent",
        "silent",
      ]);
      await echo(peerOf(served));
    });
  });
});

describe("hostile bytes", () => {
  /** Whether the server still takes objects. */
  const stillServes = async (served: Served, number: number): Promise<void> => {
    const association = await openFor(served);
    const dataSet = dataSetOf(smallRadiograph({ number }));
    expect(await store(association, dataSet, smallRadiographUid(number))).toBe(STATUS.success);
    await association.release();
  };

  const pdu = fc
    .tuple(fc.nat(9), fc.option(fc.nat(0xffffffff)), fc.uint8Array({ maxLength: 200 }))
    .map(([type, length, bytes]) => {
      const head = Buffer.from([type, 0, 0, 0, 0, 0]);
      head.writeUInt32BE(length ?? bytes.length, 2);
      return Buffer.concat([head, bytes]);
    });
  const data = fc
    .record({
      contextId: fc.nat(255),
      isCommand: fc.boolean(),
      isLast: fc.boolean(),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
        fc.constant(storeCommand(8)),
        fc.constant(Buffer.from(dataSetOf(smallRadiograph({ number: 8, side: 8 })))),
      ),
    })
    .map((value) => Buffer.concat(encodeData(value)));
  const message = fc.oneof(
    fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
    pdu,
    data,
    data,
    fc.constant(encodeReleaseRequest()),
    fc.constant(associateRequest),
  );

  test("before and within associations end their own connection and nothing else", async () => {
    const limits = { requestMs: 300, idleMs: 300, pduMs: 300, associations: 100, connections: 200 };
    await withServer({ limits }, async (served) => {
      await fc.assert(
        fc.asyncProperty(fc.boolean(), fc.array(message, { maxLength: 6 }), async (isOpen, messages) => {
          const socket = isOpen ? (await rawAssociation(served)).socket : await rawConnection(served);
          socket.resume();
          const closed = isClosed(socket);
          for (const bytes of messages) socket.write(bytes);
          socket.end();
          await closed;
        }),
        { numRuns: 250 },
      );
      await stillServes(served, 9);
      const waiting = await readdir(served.folder);
      expect(waiting.filter((name) => name.startsWith("."))).toEqual([]); // no half-written file is left
      for (const name of waiting) expect(readPart10(await readFile(join(served.folder, name)))).toBeDefined();
    });
  });

  test("of endless empty parts of a command do not fill the memory", async () => {
    await withServer({}, async (served) => {
      const { socket } = await rawAssociation(served);
      socket.resume();
      const closed = isClosed(socket);
      const part = Buffer.concat(encodeData({ contextId: 1, isCommand: true, isLast: false, bytes: Buffer.alloc(0) }));
      socket.write(Buffer.concat(Array.from({ length: 5000 }, () => part)));
      await closed;
      expect(served.events).toEqual([{ kind: "broken", why: "protocol" }]);
      await stillServes(served, 10);
    });
  });
});

test("closing lets an object that is on its way arrive", async () => {
  await withServer({}, async (served) => {
    const { socket } = await rawAssociation(served);
    const dataSet = dataSetOf(smallRadiograph({ number: 11, side: 200 }));
    const send = (isCommand: boolean, isLast: boolean, bytes: Uint8Array): boolean =>
      socket.write(Buffer.concat(encodeData({ contextId: 1, isCommand, isLast, bytes })));
    send(true, true, storeCommand(11));
    send(false, false, dataSet.subarray(0, 50_000));
    await expect.poll(() => readdir(served.folder)).toHaveLength(1);
    const closed = served.server.close(5000);
    send(false, true, dataSet.subarray(50_000));
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer[0]).toBe(4);
    socket.end();
    await closed;
    expect(served.received.map(({ SOPInstanceUID }) => SOPInstanceUID)).toEqual([smallRadiographUid(11)]);
  });
});

test("a port that is taken is told in a sentence", async () => {
  await withServer({}, async ({ server }) => {
    await expect(withServer({ port: server.port }, async () => {})).rejects.toThrow(
      `Port ${server.port} is taken by another program; name another with --port.`,
    );
  });
});

const dcmtk = hasPrograms("storescu", "echoscu", "dcmconv", "dcmcjpeg", "dcmcjpls", "dcmcrle");
describe.skipIf(!dcmtk)("dcmtk's tools (skipped where they are not installed)", () => {
  const allowed = [
    { aeTitle: "STORESCU", addresses: undefined },
    { aeTitle: "ECHOSCU", addresses: undefined },
  ];

  test("get an echo, and a refusal under another title", async () => {
    await withServer({ allowed }, async ({ server }) => {
      const port = String(server.port);
      expect(await runProgram("echoscu", ["-aec", "OSTEON", "127.0.0.1", port])).toMatchObject({ code: 0 });
      const refused = await runProgram("echoscu", ["-aec", "OTHER", "127.0.0.1", port]);
      expect(refused.output).toContain("Called AE Title Not Recognized");
      const stranger = await runProgram("echoscu", ["-aec", "OSTEON", "-aet", "STRANGER", "127.0.0.1", port]);
      expect(stranger.output).toContain("Calling AE Title Not Recognized");
    });
  });

  test.skipIf(!hasPrograms("gdcmconv"))("send JPEG 2000 (skipped without gdcmconv)", async () => {
    const sent = join(folder, "jpeg-2000.dcm");
    await writeFile(join(folder, "plain.dcm"), smallRadiograph({ number: 12 }));
    expect(await runProgram("gdcmconv", ["--j2k", join(folder, "plain.dcm"), sent])).toMatchObject({ code: 0 });
    await withServer({ allowed }, async ({ server, received }) => {
      const args = ["-xv", "-aec", "OSTEON", "127.0.0.1", String(server.port), sent];
      expect(await runProgram("storescu", args)).toMatchObject({ code: 0 });
      const ours = readPart10(await readFile(received[0]!.path));
      const theirs = readPart10(await readFile(sent));
      expect(ours.transferSyntax.uid).toBe("1.2.840.10008.1.2.4.90");
      expect(ours.dataSet.value(TAGS.PixelData)).toEqual(theirs.dataSet.value(TAGS.PixelData));
    });
  });

  test.each([
    ["implicit little endian", "dcmconv", ["+ti"], "-xi"],
    ["explicit little endian", "dcmconv", ["+te"], "-xe"],
    ["explicit big endian", "dcmconv", ["+tb"], "-xb"],
    ["lossless JPEG", "dcmcjpeg", ["+e1"], "-xs"],
    ["lossless JPEG-LS", "dcmcjpls", ["+el"], "-xt"],
    ["run-length coding", "dcmcrle", [], "-xr"],
  ])("send an object in %s, and its data set is stored as they sent it", async (name, encoder, options, propose) => {
    const sent = join(folder, `${name}.dcm`);
    const plain = join(folder, "plain.dcm");
    await writeFile(plain, smallRadiograph({ number: 12 }));
    expect(await runProgram(encoder, [...options, plain, sent])).toMatchObject({ code: 0 });
    await withServer({ allowed }, async ({ server, received }) => {
      const result = await runProgram("storescu", [propose, "-aec", "OSTEON", "127.0.0.1", String(server.port), sent]);
      expect(result).toMatchObject({ code: 0 });
      const ours = new Uint8Array(await readFile(received[0]!.path));
      const theirs = new Uint8Array(await readFile(sent));
      expect(readPart10(ours).transferSyntax.uid).toBe(readPart10(theirs).transferSyntax.uid);
      expect(Buffer.from(dataSetOf(ours)).equals(dataSetOf(theirs))).toBe(true);
    });
  });
});
