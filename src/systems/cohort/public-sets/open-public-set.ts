/** Public sets of radiographs as they are published: which one a folder holds, and what it says of its pictures. */
import { open, readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { imageKey, type LabelsProblem, type LabelsTable } from "../../../clinic/labels-table.ts";
import type { Annotation } from "../../../clinic/public-sets/annotation.ts";
import { isBtxrdHeader, type PublicLabels, parseBtxrd } from "../../../clinic/public-sets/btxrd.ts";
import { parseCoco } from "../../../clinic/public-sets/coco.ts";
import { isFracAtlasHeader, parseFracAtlas } from "../../../clinic/public-sets/fracatlas.ts";
import { parseLabelMe } from "../../../clinic/public-sets/label-me.ts";
import { muraFacts, muraLabels } from "../../../clinic/public-sets/mura.ts";
import { OsteonError } from "../../../errors.ts";

/** The sets that are known. */
export const publicFormats = ["btxrd", "fracatlas", "mura"] as const;
export type PublicFormat = (typeof publicFormats)[number];

/** A set that was opened. */
export interface PublicSet {
  readonly format: PublicFormat;
  readonly labels: LabelsTable;
  /** What was drawn on the pictures or said of them beside the labels, by the picture's file name. */
  readonly annotations: ReadonlyMap<string, readonly Annotation[]>;
}

/** Larger tables and marks are none of these sets'. */
const largestText = 2 ** 28;

/**
 * Opens the set that a folder holds.
 *
 * @param format the set it must be; found out by default
 * @returns undefined where no format was asked for and the folder holds none
 * @throws OsteonError `bad-input` where the folder does not hold the set that was asked for
 */
export const openPublicSet = async (folder: string, format?: PublicFormat): Promise<PublicSet | undefined> => {
  const files = await listFiles(folder);
  for (const candidate of format === undefined ? publicFormats : [format]) {
    const set = await openAs(candidate, files);
    if (set !== undefined) return set;
  }
  if (format === undefined) return undefined;
  const wanted = {
    btxrd: "dataset.csv with BTXRD's columns",
    fracatlas: "dataset.csv with FracAtlas's columns",
    mura: "XR_*/patient*/study* folders",
  };
  throw new OsteonError(
    "bad-input",
    `"${folder}" holds no ${wanted[format]}; name the folder the set was unpacked to.`,
    { format },
  );
};

const listFiles = async (folder: string): Promise<string[]> => {
  const info = await stat(folder).catch(() => undefined);
  if (!info?.isDirectory()) return [];
  // A folder that cannot be listed whole is told of by the import itself.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
};

const openAs = async (format: PublicFormat, files: readonly string[]): Promise<PublicSet | undefined> => {
  if (format === "mura") {
    if (!files.some((file) => muraFacts(file) !== undefined)) return undefined;
    return { format, labels: muraLabels(files), annotations: new Map() };
  }
  const isHeader = format === "btxrd" ? isBtxrdHeader : isFracAtlasHeader;
  for (const file of files.filter((path) => extname(path).toLowerCase() === ".csv")) {
    if (!isHeader(await readHeader(file))) continue;
    const text = await readText(file);
    if (text === undefined) continue;
    const parsed = format === "btxrd" ? parseBtxrd(text) : parseFracAtlas(text);
    return { format, ...(await withMarks(parsed, files)) };
  }
  return undefined;
};

/** The first line, or as much of it as a header of these sets can have. */
const readHeader = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    return buffer.toString("utf8", 0, bytesRead).split("\n", 1)[0]!;
  } finally {
    await file.close();
  }
};

const readText = async (file: string): Promise<string | undefined> => {
  const info = await stat(file);
  return info.size > largestText ? undefined : readFile(file, "utf8");
};

/** Adds what LabelMe and COCO files among the set's files draw on its pictures. */
const withMarks = async (
  { labels, views }: PublicLabels,
  files: readonly string[],
): Promise<Omit<PublicSet, "format">> => {
  const annotations = new Map<string, readonly Annotation[]>(views);
  const problems: LabelsProblem[] = [...labels.problems];
  const add = (image: string, marks: readonly Annotation[]): void => {
    const key = imageKey(image);
    annotations.set(key, [...(annotations.get(key) ?? []), ...marks]);
  };
  for (const file of files.filter((path) => extname(path).toLowerCase() === ".json")) {
    const text = await readText(file);
    if (text === undefined) continue;
    const labelMe = parseLabelMe(text);
    if (labelMe !== undefined) {
      // Some files name the picture of another; their own name tells.
      const stem = basename(file, extname(file));
      const own = labels.rows.size > 0 && basename(labelMe.image, extname(labelMe.image)) !== stem ? stem : undefined;
      add(own === undefined ? labelMe.image : `${own}${extname(labelMe.image)}`, labelMe.annotations);
      continue;
    }
    for (const [image, marks] of parseCoco(text) ?? []) add(image, marks);
  }
  return { labels: { rows: labels.rows, problems }, annotations };
};
