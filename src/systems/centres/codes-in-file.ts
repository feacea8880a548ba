/** Codes in a file of the home: one process adds to it, and threads of this one or of others search what it has written by then. */

import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ImageId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { CodeStore } from "../../retrieval/search/code-store.ts";
import { FollowedCodes } from "../../retrieval/search/followed-codes.ts";
import type { CodeReader, CodesHome, CodeWriter } from "./kept-codes.ts";
import { commonBits } from "./policy.ts";

type Files = Pick<CodesHome["files"], "root">;

const folderOf = ({ root }: Files): string => join(root, "codes");
const ending = ".osteon";
const pathOf = (files: Files, name: string): string => join(folderOf(files), `${name}${ending}`);

/** Images that are named at once. */
const pageLength = 1_000;

/** Null where nothing was written yet. */
export const readCodesInFile = async (files: Files, name: string): Promise<CodeReader | null> => {
  const codes = await FollowedCodes.open(pathOf(files, name), { origin: name, bits: commonBits });
  return (
    codes && {
      count: async () => {
        await codes.current();
        return codes.count;
      },
      nearestNamed: async (code, search) => (await codes.current()).nearestNamed(code, search),
      close: () => codes.close(),
    }
  );
};

/** A file that was changed from outside is begun anew: all that was in it can be made again. */
export const writeCodesInFile = async (files: Files, name: string): Promise<CodeWriter> => {
  await mkdir(folderOf(files), { recursive: true });
  const path = pathOf(files, name);
  const open = (): Promise<CodeStore> => CodeStore.open(path, { origin: name, bits: commonBits });
  const store = await open().catch(async (error) => {
    if (!(error instanceof OsteonError && error.code === "corrupt-store")) throw error;
    await rm(path);
    return open();
  });
  return {
    images: async function* () {
      let page: ImageId[] = [];
      for (const image of store.codes.images()) {
        page.push(image);
        if (page.length < pageLength) continue;
        yield page;
        page = [];
      }
      yield page;
    },
    write: (entries) => store.append(entries),
    remove: async (images) => void (await store.remove(images)),
    close: () => store.close(),
  };
};

/** Removes the files of all others; who has one open still reads it. */
export const forgetOtherFiles = async (files: Files, kept: readonly string[]): Promise<void> => {
  const wanted = new Set(kept.map((name) => `${name}${ending}`));
  const names = await readdir(folderOf(files)).catch(() => []);
  for (const name of names) if (!wanted.has(name)) await rm(join(folderOf(files), name), { force: true });
};
