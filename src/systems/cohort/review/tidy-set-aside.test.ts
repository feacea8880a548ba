import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  decideSetAside,
  exists,
  type Home,
  hashContent,
  insertBatch,
  openHome,
  readSetAside,
  type SetAsideKept,
} from "../../../store/index.ts";
import { tidySetAside } from "./tidy-set-aside.ts";

let folder: string;
let home: Home;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-tidy-"));
  home = await openHome(join(folder, "home"), { command: "a test", since: "2026-01-01", create: true });
});
afterEach(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

/** Sets a file aside in the database alone. */
const setAside = async (fileName: string, kept?: SetAsideKept): Promise<string> => {
  const id = hashContent(fileName);
  const reason = { code: "corrupt", detail: "The file is damaged." };
  const quarantined = [{ id, pathHash: hashContent(`/${fileName}`), fileName, ...reason, ...(kept ? { kept } : {}) }];
  await insertBatch(home.database, { images: [], duplicates: [], quarantined });
  return id;
};
const isThere = (id: string): Promise<boolean> => exists(home.files.setAsidePath(id));

test("what nothing speaks of any more, and what a person deleted, goes; what is kept stays", async () => {
  await tidySetAside(home);
  const [kept, deleted] = [await setAside("kept", "kept"), await setAside("deleted", "kept")];
  const orphan = hashContent("imported before a kill");
  for (const id of [kept, deleted, orphan]) await home.files.writeSetAside(id, new Uint8Array(3));
  const decision = { decision: "deleted", by: "a person", at: new Date() } as const;
  await decideSetAside(home.database, await readSetAside(home.database, [deleted]), decision);
  await tidySetAside(home);
  expect([await isThere(kept), await isThere(deleted), await isThere(orphan)]).toEqual([true, false, false]);
});

test("what an older Osteon left under its own name comes to the desk, another file of the name stays", async () => {
  const root = join(home.files.root, "set-aside");
  await mkdir(root, { recursive: true });
  const [old, full] = [await setAside("1.2.3.dcm"), await setAside("1.2.4.dcm", "store full")];
  for (const name of ["1.2.3.dcm", "1.2.4.dcm", "unknown.dcm"]) await writeFile(join(root, name), name);
  await tidySetAside(home);
  expect([await isThere(old), await isThere(full)]).toEqual([true, false]);
  expect(await readSetAside(home.database, [old])).toMatchObject([{ kept: "kept" }]);
  await tidySetAside(home);
  expect(await isThere(old)).toBe(true);
  expect((await readdir(root)).filter((name) => name.endsWith(".dcm")).sort()).toEqual(["1.2.4.dcm", "unknown.dcm"]);
});
