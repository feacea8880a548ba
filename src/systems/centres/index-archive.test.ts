/** The codes of an archive as it grows and changes, wherever they are kept. */

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hasPostgres, PostgresProcess, postgresPassword } from "../../../scripts/postgres-process.ts";
import { addDrawnImages, addUntrainedModel, drawPicture, markLesions } from "../../../test/support/untrained-home.ts";
import type { ImageId } from "../../clinic/ids.ts";
import { DatabaseServer, type Home, listCodeOwners, openHome } from "../../store/index.ts";
import { chooseCodeDatabases } from "./codes-in-databases.ts";
import { type CentreView, type Fingerprints, fingerprintsOf } from "./common-network.ts";
import { type CodesReport, findCodes, indexForCentres } from "./index-archive.ts";
import { type CodeReader, codesNamed, imageOf } from "./kept-codes.ts";
import { openCodeReader } from "./open-codes.ts";
import { findNetwork, readNetwork, shareNetwork } from "./share-network.ts";

vi.setConfig({ testTimeout: 600_000 });

const now = (): Date => new Date();
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe.each([
  ["a file", "file"],
  ["the archive's PostgreSQL", "own"],
  ["two databases of PostgreSQL", "chosen"],
] as const)("codes in %s", (_, where) => {
  const isMissing = where !== "file" && !hasPostgres; // Debian: postgresql
  let folder: string;
  let server: PostgresProcess | undefined;
  let home: Home;
  const passwordBefore = process.env.PGPASSWORD;

  beforeAll(async () => {
    if (isMissing) return;
    folder = await mkdtemp(join(tmpdir(), "osteon-index-centres-"));
    server = where === "file" ? undefined : await PostgresProcess.start();
    home = await openHome(join(folder, "home"), {
      command: "a test",
      since: now().toISOString(),
      create: true,
      server: where === "own" ? new DatabaseServer(server!.address()) : undefined,
    });
    if (where === "chosen") {
      process.env.PGPASSWORD = postgresPassword;
      const addresses = [await server!.createDatabase("first"), await server!.createDatabase("second")];
      const databases = addresses.map((address, i) => ({ name: `database-${i}`, address: withoutPassword(address) }));
      await chooseCodeDatabases(home, databases);
    }
    await addDrawnImages(home, numbers(0, 12));
    await addUntrainedModel(home, { imageSizes: [32] });
    await shareNetwork(home, { now });
  }, 300_000);
  afterAll(async () => {
    await home?.close();
    await server?.remove();
    if (passwordBefore === undefined) delete process.env.PGPASSWORD;
    else process.env.PGPASSWORD = passwordBefore;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const fingerprints = async (): Promise<Fingerprints> =>
    fingerprintsOf(await readNetwork(home, (await findNetwork(home))!.run));

  const withCodes = async <T>(view: CentreView, look: (codes: CodeReader) => Promise<T>): Promise<T> => {
    const codes = (await openCodeReader(home, codesNamed(await fingerprints(), view)))!;
    return look(codes).finally(() => codes.close());
  };
  const imagesIn = (view: CentreView): Promise<ImageId[]> =>
    withCodes(view, async (codes) => {
      const all = { k: 1000, farthest: 512, groupOf: (name: ImageId) => name };
      return (await codes.nearestNamed(new Uint32Array(16), all)).map(({ image }) => imageOf(image)).sort();
    });
  const index = (): Promise<CodesReport> => indexForCentres(home, { now });
  const imageNumbered = (number: number) => `image-${String(number).padStart(4, "0")}` as ImageId;

  test.skipIf(isMissing)("are made once, and then of what is new, changed, or drawn anew", async () => {
    expect(await findCodes(home, (await findNetwork(home))!.run)).toBeNull();
    expect(await index()).toMatchObject({ radiographs: 12, patients: 12, lesions: 3, made: 15, removed: 0 });
    await addDrawnImages(home, numbers(12, 15)); // one of which has a lesion
    await markLesions(home, [{ id: imageNumbered(4) }], [10, 10, 80, 80]);
    await drawPicture(home, imageNumbered(5), 500);
    expect(await index()).toMatchObject({ radiographs: 15, lesions: 4, made: 4 + 1 + 1, removed: 1 + 1 });
    expect(await index()).toMatchObject({ radiographs: 15, lesions: 4, made: 0, removed: 0 });
    expect(await imagesIn("whole image")).toEqual(numbers(0, 15).map(imageNumbered));
    expect(await imagesIn("lesion")).toEqual([0, 4, 8, 12].map(imageNumbered));
  });

  test.skipIf(isMissing)(
    "of what is gone are taken out; what was interrupted is gone on with, and found meanwhile",
    async () => {
      await home.database.deleteFrom("image_annotations").where("image_id", "in", [8, 9].map(imageNumbered)).execute();
      await home.database.deleteFrom("images").where("id", "=", imageNumbered(9)).execute();
      await addDrawnImages(home, numbers(20, 120));
      const stop = new AbortController();
      const onProgress = (done: number): void => {
        if (done === 7) stop.abort();
      };
      const interrupted = indexForCentres(home, { now, onProgress, signal: stop.signal });
      await expect(interrupted).rejects.toMatchObject({ code: "interrupted" });
      const there = await imagesIn("whole image");
      expect(there).not.toContain(imageNumbered(9));
      expect(there).toHaveLength(14 + 7);
      expect(await imagesIn("lesion")).toEqual([0, 4, 12].map(imageNumbered));
      await withCodes("whole image", async (codes) => {
        const counts = [await codes.count()];
        let isMaking = true;
        const making = index().finally(() => {
          isMaking = false;
        });
        while (isMaking) {
          const count = await codes.count();
          if (count !== counts.at(-1)) counts.push(count);
          await new Promise((resolve) => setImmediate(resolve));
        }
        expect(await making).toMatchObject({ radiographs: 114, lesions: 28, made: 93 + 25, removed: 0 });
        expect(counts[0]).toBe(21);
        expect(counts.length).toBeGreaterThan(2);
        expect(await codes.count()).toBe(114);
      });
    },
  );

  test.skipIf(isMissing)("by another network take their place", async () => {
    const before = await fingerprints();
    await addUntrainedModel(home, { imageSizes: [32], seed: 2 });
    await shareNetwork(home, { now });
    expect(codesNamed(await fingerprints(), "lesion")).not.toBe(codesNamed(before, "lesion"));
    const { radiographs, lesions, made } = await index();
    expect(made).toBe(radiographs + lesions);
    if (where === "file") expect(await readdir(join(home.files.root, "codes"))).toHaveLength(2);
    else expect(await readdir(home.files.root)).not.toContain("codes");
    if (where === "own") expect(await listCodeOwners(home.database)).toHaveLength(2);
  });
});

const withoutPassword = (address: string): string => {
  const url = new URL(address);
  url.password = "";
  return url.href;
};
