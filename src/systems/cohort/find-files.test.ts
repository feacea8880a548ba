import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FolderLeftOut, findFiles, isTextFile, refuseHomes } from "./find-files.ts";

let folder: string;

const write = async (...names: string[]): Promise<string> => {
  const path = join(folder, ...names);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, "");
  return path;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-find-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("files come in the order of their names, each once, without what is hidden, linked or skipped", async () => {
  for (const name of ["b/2.png", "b/1.png", "a.png", ".hidden/3.png", ".4.png", "b/notes.txt"])
    await write("order", name);
  const root = join(folder, "order");
  await symlink(join(root, "a.png"), join(root, "link.png"));
  const names = (paths: readonly string[]): string[] => paths.map((path) => relative(root, path));
  expect(names(await findFiles([root], isTextFile))).toEqual(["a.png", "b/1.png", "b/2.png"]);
  const twice = [join(root, "b"), `${join(root, "b")}/../b/1.png`, join(root, "b", "notes.txt")];
  expect(names(await findFiles(twice, isTextFile))).toEqual(["b/1.png", "b/2.png", "b/notes.txt"]);
});

test("a home below the folder is passed over and told of, and one that is named or around what is named is refused", async () => {
  const picture = await write("work", "radiographs", "1.png");
  const cached = await write("work", "osteon-home", "pictures", "ab", "cached.png");
  await writeFile(join(folder, "work", "osteon-home", "home.json"), "{}");
  const left: FolderLeftOut[] = [];
  const found = await findFiles([join(folder, "work")], isTextFile, (each) => left.push(each));
  expect(found).toEqual([picture]);
  expect(left).toMatchObject([{ folder: join(folder, "work", "osteon-home"), code: "home" }]);
  expect(await findFiles([join(folder, "work")], isTextFile)).toEqual([picture]);

  await expect(refuseHomes([join(folder, "work"), picture, join(folder, "nowhere")])).resolves.toBeUndefined();
  const link = join(folder, "link-into-home");
  await symlink(join(folder, "work", "osteon-home", "pictures"), link);
  for (const path of [join(folder, "work", "osteon-home"), cached, link]) {
    await expect(refuseHomes([picture, path])).rejects.toMatchObject({
      code: "bad-usage",
      message: expect.stringContaining("lies in an Osteon home"),
    });
  }
});

test("a folder that cannot be read is left out and told of without its name, and the search goes on", async () => {
  // A path beyond the system's limit, which nobody may list, root or not: made of two halves.
  const long = Array.from({ length: 9 }, () => "n".repeat(250));
  const root = join(folder, "unreadable");
  await mkdir(join(root, "deep", ...long), { recursive: true });
  await mkdir(join(folder, "half", ...long), { recursive: true });
  await rename(join(folder, "half"), join(root, "deep", ...long, "half"));
  const last = await write("unreadable", "z.png");
  try {
    const left: FolderLeftOut[] = [];
    expect(await findFiles([root], isTextFile, (each) => left.push(each))).toEqual([last]);
    expect(left).toEqual([
      {
        folder: expect.stringContaining("half"),
        code: "unreadable",
        detail: "A folder cannot be read (ENAMETOOLONG); check its permissions.",
      },
    ]);
    await expect(findFiles([root])).rejects.toThrow("A folder cannot be read (ENAMETOOLONG)");
  } finally {
    await rename(join(root, "deep", ...long, "half"), join(folder, "half")); // or nothing could remove it
  }
});
