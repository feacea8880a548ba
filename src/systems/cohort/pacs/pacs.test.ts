/** Imports from an archive that lies in a folder, so that each of its failures can be had; real ones are in test/end-to-end. */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../../../scripts/orthanc-process.ts";
import {
  computedRadiography,
  smallRadiograph,
  smallRadiographUid,
  smallStudyUid,
} from "../../../../scripts/small-radiograph.ts";
import { OsteonError } from "../../../errors.ts";
import type { FetchRequest, FetchTarget, PictureArchive, StudyContent } from "../../../pacs/archive.ts";
import { COMMANDS } from "../../../pacs/dimse/command-set.ts";
import { requestAssociation } from "../../../pacs/dimse/request-association.ts";
import { type Home, hashContent, knownInstances, listImages, openHome } from "../../../store/index.ts";
import { importRadiographs } from "../import-radiographs.ts";
import { type ArchiveImportReport, importFromArchive } from "./import-from-archive.ts";
import { type ReceiveEvent, receiveRadiographs } from "./receive-radiographs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-archive-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const withHome = async <T>(path: string, work: (home: Home) => Promise<T>): Promise<T> => {
  const home = await openHome(path, { command: "test", since: "", create: true });
  try {
    return await work(home);
  } finally {
    await home.close();
  }
};

/** One instance of an archive in a folder. */
interface Kept {
  readonly number: number;
  readonly study: number;
  readonly modality?: string;
  /** Undefined lists it and does not give it. */
  readonly bytes: Uint8Array | undefined;
}

/** An archive of files. */
class FolderArchive implements PictureArchive {
  readonly name = "a folder";
  readonly parallel = 2;
  readonly fetched: string[] = [];
  /** Fails for good once so many instances were fetched. */
  failsAfter = Number.POSITIVE_INFINITY;
  readonly #kept: readonly Kept[];

  constructor(kept: readonly Kept[]) {
    this.#kept = kept;
  }

  async *findStudies(): AsyncGenerator<string> {
    for (const study of new Set(this.#kept.map((one) => one.study))) yield smallStudyUid(study);
  }

  async findInstances(uid: string, isWanted: (modality: string | undefined) => boolean): Promise<StudyContent> {
    const kept = this.#kept.filter(({ study }) => smallStudyUid(study) === uid);
    const wanted = kept.filter(({ modality }) => isWanted(modality));
    const instances = wanted.map(({ number }) => ({
      StudyInstanceUID: uid,
      SeriesInstanceUID: `${uid}.1`,
      SOPInstanceUID: smallRadiographUid(number),
    }));
    return { instances, otherSeries: wanted.length < kept.length ? 1 : 0, nameless: 0 };
  }

  async fetch({ instances }: FetchRequest, { folder: target, onInstance }: FetchTarget): Promise<void> {
    for (const { SOPInstanceUID } of instances) {
      if (this.fetched.length >= this.failsAfter) throw new OsteonError("unreachable", "The archive burns.");
      this.fetched.push(SOPInstanceUID);
      const bytes = this.#kept.find(({ number }) => smallRadiographUid(number) === SOPInstanceUID)?.bytes;
      if (!bytes) continue;
      const path = join(target, `${SOPInstanceUID}.dcm`);
      await writeFile(path, bytes);
      onInstance({ path, SOPInstanceUID, bytes: bytes.length });
    }
  }

  async close(): Promise<void> {}
}

const whole = (number: number, study = number): Kept => ({
  number,
  study,
  modality: "CR",
  bytes: smallRadiograph({ number, study }),
});

const run = (home: Home, archive: PictureArchive, signal?: AbortSignal): Promise<ArchiveImportReport> =>
  importFromArchive(home, archive, { query: { keys: {} }, signal });

describe("an import from an archive", () => {
  test("takes each instance once, keeps what it cannot read, and asks again only for what did not come", async () => {
    const same = smallRadiograph({ number: 3 });
    const kept: Kept[] = [
      ...[1, 2, 3].map((number) => whole(number, 1)),
      { ...whole(4), bytes: undefined },
      { ...whole(5), modality: "CT" },
      { ...whole(6), bytes: smallRadiograph({ number: 6 }).subarray(0, 4000) },
      { ...whole(7), bytes: same }, // another UID outside than inside, as a server in between may make it
    ];
    await withHome(join(folder, "home-once"), async (home) => {
      const archive = new FolderArchive(kept);
      const report = await run(home, archive);
      expect(report).toMatchObject({ imported: 3, duplicates: 1, studies: 5, known: 0, otherSeries: 1 });
      expect(report.missing).toEqual([smallRadiographUid(4)]);
      expect(report.quarantined).toEqual([
        { file: home.files.setAsidePath(hashContent(kept[5]!.bytes!)), reason: expect.any(String) },
      ]);
      expect((await readFile(report.quarantined[0]!.file)).length).toBe(4000);
      expect(await readdir(home.files.incoming)).toEqual([]);
      expect((await listImages(home.database)).length).toBe(3);

      archive.fetched.length = 0;
      expect(await run(home, archive)).toMatchObject({ imported: 0, duplicates: 0, known: 5, quarantined: [] });
      expect(archive.fetched).toEqual([smallRadiographUid(4)]);
      const uids = [1, 6, 4].map(smallRadiographUid);
      expect([...(await knownInstances(home.database, uids))].sort()).toEqual(uids.slice(0, 2).sort());
    });
  });

  test("that fails half-way keeps what has come, and goes on when it is started again", async () => {
    const archive = new FolderArchive(Array.from({ length: 12 }, (_, i) => whole(i + 1)));
    archive.failsAfter = 7;
    await withHome(join(folder, "home-burns"), async (home) => {
      await expect(run(home, archive)).rejects.toThrow("The archive burns.");
      expect((await listImages(home.database)).length).toBe(7);
      archive.failsAfter = Number.POSITIVE_INFINITY;
      expect(await run(home, archive)).toMatchObject({ imported: 5, known: 7, duplicates: 0, missing: [] });
      expect(new Set(archive.fetched).size).toBe(12);
      expect(archive.fetched.length).toBe(12);
    });
  });

  test("first takes in what an import that was killed has left", async () => {
    await withHome(join(folder, "home-left"), async (home) => {
      await mkdir(home.files.incoming);
      await writeFile(join(home.files.incoming, `${smallRadiographUid(1)}.dcm`), smallRadiograph({ number: 1 }));
      await writeFile(
        join(home.files.incoming, `${smallRadiographUid(1)}-0a1b2c3d.dcm`),
        smallRadiograph({ number: 1 }),
      );
      await writeFile(join(home.files.incoming, ".writing-1-0a1b2c3d4e5f"), "half");
      const archive = new FolderArchive([whole(1), whole(2)]);
      expect(await run(home, archive)).toMatchObject({ imported: 2, duplicates: 1, known: 1, missing: [] });
      expect(archive.fetched).toEqual([smallRadiographUid(2)]);
    });
    await withHome(join(folder, "home-left"), async (home) => {
      expect(await readdir(home.files.incoming)).toEqual([]); // the half file was swept away
    });
  });

  test("does not fetch what came from a folder before", async () => {
    const file = join(folder, "from-a-folder.dcm");
    await writeFile(file, smallRadiograph({ number: 1 }));
    await withHome(join(folder, "home-folder"), async (home) => {
      await importRadiographs(home, [file]);
      const archive = new FolderArchive([whole(1), whole(2)]);
      expect(await run(home, archive)).toMatchObject({ imported: 1, known: 1 });
    });
  });

  test("stops at the signal, and says how to go on", async () => {
    const controller = new AbortController();
    const archive = new FolderArchive(Array.from({ length: 8 }, (_, i) => whole(i + 1)));
    await withHome(join(folder, "home-stopped"), async (home) => {
      const options = {
        query: { keys: {} },
        signal: controller.signal,
        onProgress: (done: number): void => {
          if (done >= 3) controller.abort();
        },
      };
      await expect(importFromArchive(home, archive, options)).rejects.toMatchObject({ code: "interrupted" });
      expect(archive.fetched.length).toBeLessThan(8);
      const report = await run(home, archive);
      expect((await listImages(home.database)).length).toBe(8);
      expect(report.missing).toEqual([]);
    });
  });
});

describe("receiving", () => {
  const send = async (port: number, number: number): Promise<number | undefined> => {
    const peer = { host: "127.0.0.1", port, calledAeTitle: "OSTEON", callingAeTitle: "SENDER" };
    const contexts = [{ abstractSyntax: computedRadiography, transferSyntaxes: ["1.2.840.10008.1.2.1"] }];
    const association = await requestAssociation(peer, { contexts });
    const file = smallRadiograph({ number });
    const dataSet = file.subarray(144 + new DataView(file.buffer, file.byteOffset).getUint32(140, true));
    const command = {
      CommandField: COMMANDS.store,
      MessageID: 1,
      AffectedSOPClassUID: computedRadiography,
      AffectedSOPInstanceUID: smallRadiographUid(number),
      Priority: 0,
      CommandDataSetType: 1,
    };
    await association.send(association.contexts[0]!, command, dataSet);
    const answer = await association.receive();
    await association.release();
    return answer?.command.Status;
  };

  test("imports what comes while it goes on, and what is left at the end", async () => {
    const path = join(folder, "home-receive");
    const port = await freePort();
    const controller = new AbortController();
    const events: ReceiveEvent[] = [];
    const followedAt: number[] = [];
    const report = await withHome(path, async (home) => {
      const receiving = receiveRadiographs(home, {
        aeTitle: "OSTEON",
        allowed: [{ aeTitle: "SENDER", addresses: undefined }],
        host: "127.0.0.1",
        port,
        signal: controller.signal,
        onEvent: (event) => events.push(event),
        limits: { freeBytes: 0 },
        afterImport: async () => followedAt.push((await listImages(home.database)).length),
      });
      await expect.poll(() => send(port, 1).catch(() => undefined), { timeout: 10_000 }).toBe(0);
      await expect.poll(async () => (await listImages(home.database)).length, { timeout: 20_000 }).toBe(1);
      expect(await send(port, 2)).toBe(0);
      controller.abort(); // before it was quiet for long enough
      return receiving;
    });
    expect(report).toMatchObject({ imported: 2, quarantined: [] });
    expect(events.some(({ kind }) => kind === "imported")).toBe(true);
    expect(followedAt).toEqual([1, 2]);
    await withHome(path, async (home) => {
      expect(await readdir(home.files.incoming)).toEqual([]);
      expect((await listImages(home.database)).map(({ fileName }) => fileName).sort()).toEqual(
        [1, 2].map((number) => `${smallRadiographUid(number)}.dcm`),
      );
    });
  });

  test("takes nothing while the disk is short of room, and tells", async () => {
    const port = await freePort();
    const controller = new AbortController();
    const events: ReceiveEvent[] = [];
    await withHome(join(folder, "home-full"), async (home) => {
      const receiving = receiveRadiographs(home, {
        aeTitle: "OSTEON",
        allowed: [{ aeTitle: "SENDER", addresses: undefined }],
        host: "127.0.0.1",
        port,
        signal: controller.signal,
        onEvent: (event) => events.push(event),
        limits: { freeBytes: Number.MAX_SAFE_INTEGER },
      });
      await expect.poll(() => send(port, 1).catch(() => undefined), { timeout: 10_000 }).toBe(0xa700);
      controller.abort();
      expect(await receiving).toMatchObject({ imported: 0 });
      expect(events).toContainEqual(expect.objectContaining({ kind: "not-stored", status: 0xa700 }));
    });
  });
});
