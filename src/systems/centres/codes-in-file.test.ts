import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { imageId, patientId } from "../../clinic/ids.ts";
import { forgetOtherFiles, readCodesInFile, writeCodesInFile } from "./codes-in-file.ts";
import type { CodeWriter } from "./kept-codes.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "osteon-codes-in-file-"));
});
afterAll(() => rm(root, { recursive: true }));

const entries = Array.from({ length: 2_500 }, (_, i) => ({
  image: imageId(`image-${i} seen`),
  patient: patientId(`P${i}`),
  code: new Uint32Array(16).fill(i),
}));

const countNames = async (codes: CodeWriter): Promise<number> => {
  let count = 0;
  for await (const page of codes.images()) count += page.length;
  return count;
};

test("names of all codes come in parts, and who asks follows a file that had to be begun anew", async () => {
  expect(await readCodesInFile({ root }, "one")).toBeNull();
  const first = await writeCodesInFile({ root }, "one");
  await first.write(entries.slice(0, 1_000));
  await first.write(entries.slice(1_000));
  expect(await countNames(first)).toBe(2_500);
  await first.close();
  const reader = (await readCodesInFile({ root }, "one"))!;
  expect(await reader.count()).toBe(2_500);

  const path = join(root, "codes", "one.osteon");
  const bytes = await readFile(path);
  await rm(path);
  await writeFile(path, bytes.fill(7, 100, 200)); // as a bad copy would
  await expect(readCodesInFile({ root }, "one")).rejects.toMatchObject({ code: "corrupt-store" });
  const again = await writeCodesInFile({ root }, "one");
  expect(await countNames(again)).toBe(0);
  await again.write(entries.slice(0, 5));
  expect(await reader.count()).toBe(5);
  await again.close();
  await reader.close();
});

test("files of other codes are removed, and who has one open still reads it", async () => {
  for (const name of ["two", "three"]) {
    const codes = await writeCodesInFile({ root }, name);
    await codes.write(entries.slice(0, 3));
    await codes.close();
  }
  const reader = (await readCodesInFile({ root }, "two"))!;
  await forgetOtherFiles({ root }, ["three"]);
  expect(await readdir(join(root, "codes"))).toEqual(["three.osteon"]);
  const search = { k: 1, farthest: 512, groupOf: () => "all" };
  expect(await reader.nearestNamed(new Uint32Array(8).fill(2), search)).toMatchObject([{ image: "image-2 seen" }]);
  await reader.close();
  await forgetOtherFiles({ root: join(root, "no home") }, []);
});
