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

export const phantomHome = (): Promise<PhantomHome> =>
  copyOfHome({ name: "home", draw: "draw-centre.ts", fill: "fill-home.ts" });

/** The centre that the home is filled from. */
export const phantomCentre = (): Promise<string> => drawnCentre("draw-centre.ts");

/** How a home is made, by processes of this folder: one that draws a centre, one that takes it into a home. */
interface HomeRecipe {
  readonly name: string;
  readonly draw: string;
  readonly fill: string;
}

/** A copy of the home that a recipe makes. */
export const copyOfHome = async ({ name, draw, fill }: HomeRecipe): Promise<PhantomHome> => {
  const centre = await drawnCentre(draw);
  const filled = await cachedFolder({
    name: `${name}-${hashOfFiles(["src/store/migrations.ts"])}`, // one whose tables are older is not even reusable
    key: keyOf(fill, draw),
    reusable: true,
    make: (folder) => run(fill, centre, folder),
  });
  const folder = await mkdtemp(join(tmpdir(), "osteon-workbench-"));
  const home = join(folder, "home");
  await cp(filled, home, { recursive: true, mode: constants.COPYFILE_FICLONE });
  const files = (await readdir(join(centre, "undiagnosed"))).filter((file) => file.endsWith(".dcm")).sort();
  return {
    home,
    centre,
    undiagnosed: files.map((file) => join(centre, "undiagnosed", file)),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
};

const drawnCentre = (draw: string): Promise<string> =>
  cachedFolder({
    name: draw.replace("draw-", "").replace(".ts", ""),
    key: keyOf(draw),
    reusable: true,
    make: (folder) => run(draw, folder),
  });

/** What the store does to a home it does to an older one when it is opened, so its files but for the tables do not count. */
const keyOf = (...scripts: readonly string[]): string => {
  const files = scripts.flatMap((script) => [...importClosure(join("test", "support", "workbench", script))]);
  const counting = files.filter((file) => !file.startsWith("src/store/"));
  return hashOfFiles(new Set([...counting, "src/store/migrations.ts"]));
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
