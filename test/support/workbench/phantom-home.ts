/** A home of a small phantom centre in which everything was done once, for each test a copy of its own. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:fs";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachedFolder } from "./cached-folder.ts";
import { hashOfFiles, importClosure, project } from "./source-hash.ts";

/** The copy and what it was filled from. */
export interface PhantomHome {
  /** The home: near-duplicates, files set aside, doubts, reports, a network, an index, an evaluation and a cohort are in it. */
  readonly home: string;
  /** The centre's files, not to be changed: `pacs/`, `his/`, `reports/`, `stray/`, `undiagnosed/`, `truth/`. */
  readonly centre: string;
  /** DICOM files of patients that the home does not know, in the order of their names. */
  readonly undiagnosed: readonly string[];
  remove(): Promise<void>;
}

export const phantomHome = async (): Promise<PhantomHome> => {
  const centre = await phantomCentre();
  const filled = await cachedFolder({
    name: `home-${hashOfFiles(["src/store/migrations.ts"])}`, // one whose tables are older is not even reusable
    key: keyOf("fill-home.ts"),
    reusable: true,
    make: (folder) => run("fill-home.ts", centre, folder),
  });
  const folder = await mkdtemp(join(tmpdir(), "osteon-workbench-"));
  const home = join(folder, "home");
  await cp(filled, home, { recursive: true, mode: constants.COPYFILE_FICLONE });
  const files = (await readdir(join(centre, "undiagnosed"))).filter((name) => name.endsWith(".dcm")).sort();
  return {
    home,
    centre,
    undiagnosed: files.map((name) => join(centre, "undiagnosed", name)),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
};

/** The centre that the home is filled from. */
export const phantomCentre = (): Promise<string> =>
  cachedFolder({
    name: "centre",
    key: keyOf("draw-centre.ts"),
    reusable: true,
    make: (folder) => run("draw-centre.ts", folder),
  });

/** What the store does to a home it does to an older one when it is opened, so its files but for the tables do not count. */
const keyOf = (script: string): string => {
  const files = [...importClosure(join("test", "support", "workbench", script))];
  const counting = files.filter((file) => !file.startsWith("src/store/"));
  return hashOfFiles([...counting, "src/store/migrations.ts", "test/support/workbench/draw-centre.ts"]);
};

/** The file, run by the Node that runs the tests, as a process of its own: the runtime of the networks stays out of the test. */
const run = async (script: string, ...args: readonly string[]): Promise<void> => {
  const file = join(project, "test", "support", "workbench", script);
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  child.stderr.on("data", (chunk) => {
    words += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${words.trim().slice(-2000)}`);
};
