/** Opens an archive's codes where they are: in databases where it has its own on a server or where some were chosen, else in files. */

import { forgetOtherTables, openCodeDatabases, openCodesInDatabases } from "./codes-in-databases.ts";
import { forgetOtherFiles, readCodesInFile, writeCodesInFile } from "./codes-in-file.ts";
import type { CodeReader, CodesHome, CodeWriter } from "./kept-codes.ts";

/** Null where nothing was written yet. */
export const openCodeReader = async (home: CodesHome, name: string): Promise<CodeReader | null> => {
  const databases = await openCodeDatabases(home);
  return databases ? openCodesInDatabases(databases, name) : readCodesInFile(home.files, name);
};

export const openCodeWriter = async (home: CodesHome, name: string): Promise<CodeWriter> => {
  const databases = await openCodeDatabases(home);
  return databases ? openCodesInDatabases(databases, name) : writeCodesInFile(home.files, name);
};

/** Removes all of an archive's codes but some: those by a network of which no other centre makes its codes any more. */
export const forgetOtherCodes = async (home: CodesHome, kept: readonly string[]): Promise<void> => {
  const databases = await openCodeDatabases(home);
  await forgetOtherFiles(home.files, databases ? [] : kept);
  if (!databases) return;
  await forgetOtherTables(databases, kept).finally(() => databases.close());
};
