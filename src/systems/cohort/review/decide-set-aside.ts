/** What a person decides on set-aside files, done: imported anyway, left out, deleted. */
import { decideSetAside, type Home, readSetAside, reopenSetAside, type SetAsideFile } from "../../../store/index.ts";
import { importRadiographs } from "../import-radiographs.ts";
import type { QuarantineCode } from "../read-radiograph.ts";

/** Files of these kinds hold a picture that may be a radiograph after all, or may be read at another try. */
const pictured: ReadonlySet<string> = new Set<QuarantineCode>(["not-a-radiograph", "timed-out", "decoder-crashed"]);

/** Whether the file is there and may be shown as a picture. */
export const hasPicture = ({ code, kept }: SetAsideFile): boolean => pictured.has(code) && kept === "kept";

/** Whether a person may have the file imported whatever was said of it. */
export const mayImport = (file: SetAsideFile): boolean => hasPicture(file) && file.decision?.decision !== "imported";

/** Who decides, and when. */
export interface Decider {
  readonly by: string;
  readonly at: Date;
}

/** What came of an import of set-aside files. */
export interface SetAsideImport {
  readonly imported: number;
  readonly refused: readonly { readonly id: string; readonly code: string; readonly detail: string }[];
}

/**
 * Imports files as radiographs though they look like none. Who decided so is written down first: a kill in between leaves
 * the file set aside.
 */
export const importSetAside = async (
  home: Home,
  files: readonly SetAsideFile[],
  decider: Decider,
): Promise<SetAsideImport> => {
  if (files.length === 0) return { imported: 0, refused: [] };
  await decideSetAside(home.database, files, { decision: "imported", ...decider });
  const names = new Map(files.map(({ id, fileName }) => [home.files.setAsidePath(id), fileName]));
  const { imported, quarantined } = await importRadiographs(home, [...names.keys()], { anyway: true, names });
  const left = new Set(quarantined.map(({ file }) => file));
  const refused = files.filter(({ id }) => left.has(home.files.setAsidePath(id)));
  await Promise.all(files.filter((file) => !refused.includes(file)).map(({ id }) => home.files.removeSetAside(id)));
  const now = await readSetAside(
    home.database,
    refused.map(({ id }) => id),
  );
  return { imported, refused: now.map(({ id, code, detail }) => ({ id, code, detail })) };
};

/** Leaves files where they are, decided. */
export const leaveOut = (home: Home, files: readonly SetAsideFile[], decider: Decider): Promise<void> =>
  decideSetAside(home.database, files, { decision: "left out", ...decider });

/** Deletes the bytes of files for good. */
export const deleteSetAside = async (home: Home, files: readonly SetAsideFile[], decider: Decider): Promise<void> => {
  await decideSetAside(home.database, files, { decision: "deleted", ...decider });
  await Promise.all(files.map(({ id }) => home.files.removeSetAside(id)));
};

/** Takes back that files were left out. */
export const reopen = (home: Home, files: readonly SetAsideFile[]): Promise<void> =>
  reopenSetAside(
    home.database,
    files.map(({ id }) => id),
  );
