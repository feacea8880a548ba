import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDrawnImages, addUntrainedModel, drawPicture, markLesions } from "../../../test/support/untrained-home.ts";
import { type Home, listImages, openHome, type StoredImage } from "../../store/index.ts";
import { familiarityName } from "./artefacts.ts";
import { type BuildOptions, buildIndex } from "./build.ts";

const now = (): Date => new Date();
const patienceMs = 600_000;

let folder: string;
let home: Home;
let model: string;
let images: readonly StoredImage[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-build-"));
  home = await openHome(join(folder, "home"), { command: "a test", create: true, since: now().toISOString() });
  images = await addDrawnImages(home, [...Array(24).keys()]);
  model = await addUntrainedModel(home, { imageSizes: [32, 48] });
}, patienceMs);
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const build = (options: Partial<BuildOptions> = {}) => buildIndex(home, { now, ...options });

/** The files of a built index by name. */
const filesOf = async (run: string): Promise<Record<string, string>> => {
  const names = (await home.files.listArtefacts(run)).map(({ name }) => name);
  const contents = names.map(
    async (name) => [name, Buffer.from(await home.files.readArtefact(run, name)).toString("hex")] as const,
  );
  return Object.fromEntries(await Promise.all(contents));
};

const featuresFolder = (of = model): string => join(home.files.root, "runs", of, "features");
const forgetAll = (): Promise<void> => rm(featuresFolder(), { recursive: true, force: true });

/** What an index built from nothing has. */
const builtFromNothing = async (): Promise<Record<string, string>> => {
  await forgetAll();
  const { run, embedded, radiographs, lesions } = await build();
  expect(embedded).toBe(radiographs + lesions);
  return filesOf(run);
};

test("an archive that has grown needs the embeddings of what is new, and the index is byte for byte as from nothing", {
  timeout: patienceMs,
}, async () => {
  expect(await build()).toMatchObject({ radiographs: 24, lesions: 6, embedded: 30 });
  expect(await build()).toMatchObject({ embedded: 0 });
  await addDrawnImages(home, [24, 25, 26]);
  const grown = await build();
  expect(grown).toMatchObject({ radiographs: 27, lesions: 7, embedded: 4 });
  const files = await filesOf(grown.run);
  expect(Object.keys(files)).toHaveLength(6);
  expect(Buffer.from(files[familiarityName]!, "hex").toString()).toContain('"texture":{');
  expect(await builtFromNothing()).toEqual(files);
});

test("a picture that was written anew is embedded anew, and so is a lesion that was marked otherwise", {
  timeout: patienceMs,
}, async () => {
  await build();
  await drawPicture(home, images[1]!.id, 99); // without a mark
  await drawPicture(home, images[4]!.id, 98);
  await markLesions(home, [images[8]!], [10, 10, 50, 50]);
  const changed = await build();
  expect(changed.embedded).toBe(4);
  expect(await builtFromNothing()).toEqual(await filesOf(changed.run));
});

test("what was embedded outlasts an interruption", { timeout: patienceMs }, async () => {
  await forgetAll();
  const stop = new AbortController();
  const shown: number[] = [];
  const onProgress = (done: number): void => {
    shown.push(done);
    if (done === 10) stop.abort();
  };
  await expect(build({ signal: stop.signal, onProgress })).rejects.toMatchObject({ code: "interrupted" });
  expect(shown.at(-1)).toBe(10);
  const after = await build();
  expect(after.embedded).toBe(after.radiographs + after.lesions - 10);
  expect(await builtFromNothing()).toEqual(await filesOf(after.run));
  expect(await home.database.selectFrom("run_pieces").selectAll().execute()).toEqual([]);
});

test("a damaged slice is made anew, and one of pictures that are no more is removed", {
  timeout: patienceMs,
}, async () => {
  const whole = await builtFromNothing();
  const names = await readdir(featuresFolder());
  expect(names).toHaveLength(2); // radiographs, and lesions
  const sizes = await Promise.all(names.map(async (name) => (await readFile(join(featuresFolder(), name))).length));
  const larger = join(featuresFolder(), names[sizes[0]! > sizes[1]! ? 0 : 1]!);
  const bytes = await readFile(larger);
  bytes[bytes.length - 100]! ^= 1;
  await writeFile(larger, bytes);
  const after = await build();
  expect(after.embedded).toBe(after.radiographs);
  expect((await build()).embedded).toBe(0);
  expect(await filesOf(after.run)).toEqual(whole);
  const before = await readdir(featuresFolder());
  for (const { id } of await listImages(home.database)) await drawPicture(home, id, 5);
  await build();
  const others = await readdir(featuresFolder());
  expect(others).toHaveLength(2);
  for (const name of before) expect(others).not.toContain(name);
});

test("features of an earlier model are removed when an index of a newer one is built", {
  timeout: patienceMs,
}, async () => {
  await build();
  expect(await readdir(featuresFolder())).not.toEqual([]);
  const newer = await addUntrainedModel(home, { imageSizes: [32], seed: 2 });
  const report = await build();
  expect(report).toMatchObject({ model: newer, embedded: report.radiographs + report.lesions });
  await expect(readdir(featuresFolder())).rejects.toMatchObject({ code: "ENOENT" });
  expect(await readdir(featuresFolder(newer))).not.toEqual([]);
});
