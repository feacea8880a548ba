/** Proves that a folder of de-identified files is clean: every file is read again, and whatever should not be there is listed. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { findTextLines } from "../../../dicom/deidentify/find-text-lines.ts";
import { foldText } from "../../../dicom/deidentify/fold-text.ts";
import { harmlessWords } from "../../../dicom/deidentify/harmless-words.ts";
import { isPseudonym, isReplacedUid } from "../../../dicom/deidentify/keyed-identity.ts";
import { verifyFile } from "../../../dicom/deidentify/verify-file.ts";
import { OsteonError } from "../../../errors.ts";
import { decodeGreyPicture, pictureFormat } from "../../../imaging/decode-picture.ts";
import { stripPictureMetadata } from "../../../imaging/strip-picture-metadata.ts";
import { Unreadable } from "../../../imaging/unreadable.ts";
import { findFiles } from "../find-files.ts";
import { readWholeFile } from "../read-file.ts";
import { ByteSearch } from "./byte-search.ts";
import { harmlessTerms } from "./harmless-terms.ts";
import { journalName } from "./journal.ts";

/** What should not be there. */
export interface FolderFinding {
  /** Below the folder, with `/`. */
  readonly file: string;
  readonly attribute: string;
  readonly detail: string;
}

/** What was looked at and found. */
export interface FolderVerification {
  readonly files: number;
  /** Files whose pixels were not looked at because the user chose to keep them. */
  readonly pixelsKept: number;
  readonly findings: readonly FolderFinding[];
}

/** How a folder is verified. */
export interface VerifyFolderOptions {
  /** A file of identifiers, one a line, that must not be found anywhere. */
  readonly identifiers?: string;
  /** The last day that a date may be of, YYYYMMDD. */
  readonly latestDate: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

const ownFiles: ReadonlySet<string> = new Set([journalName, "report.json", "report.txt"]);

/** Whether a name follows from keyed hashes alone. */
const isExpectedName = (name: string): boolean => {
  const parts = name.split("/");
  if (parts.length === 2) return parts[0] === "pictures" && /^[0-9a-f]{32}\.(png|jpg)$/.test(parts[1]!);
  const [patient, study, series, instance, ...more] = parts;
  if (more.length > 0 || !patient || !study || !series || !instance?.endsWith(".dcm")) return false;
  return isPseudonym(patient) && [study, series, instance.slice(0, -4)].every(isReplacedUid);
};

const readIdentifiers = async (path: string): Promise<ByteSearch> => {
  const content = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new OsteonError("bad-input", `The identifiers "${path}" cannot be read (${error.code}).`, { path }, error);
  });
  return new ByteSearch(content.split(/\r?\n/).map((line) => line.trim()));
};

const verifyPicture = async (bytes: Uint8Array): Promise<{ attribute: string; detail: string }[]> => {
  const format = pictureFormat(bytes)!;
  const found: { attribute: string; detail: string }[] = [];
  try {
    if (stripPictureMetadata(bytes, format).length !== bytes.length) {
      found.push({ attribute: "Metadata", detail: "The picture has metadata." });
    }
    const regions = findTextLines(await decodeGreyPicture(bytes, format));
    if (regions.length > 0) {
      found.push({ attribute: "PixelData", detail: `There may be text in its pixels (${regions.length} places).` });
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    found.push({ attribute: "file", detail: `It cannot be read: ${error.message}` });
  }
  return found;
};

/** Hidden files and folders, links and whatever else is no plain file: nobody looks into them, and they would be handed on. */
const findPassedOver = async (folder: string): Promise<FolderFinding[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.name.startsWith(".") || !(entry.isFile() || entry.isDirectory()))
    .map((entry) => ({
      file: relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"),
      attribute: "file",
      detail: "It is hidden or a link, and was not looked into.",
    }));
};

/**
 * Verifies every file of a folder. What is hidden or no plain file is a finding.
 *
 * @throws OsteonError `bad-input` where the folder or the identifiers cannot be read, `interrupted`
 * @example
 * (await verifyFolder("clean", { latestDate: "20261126" })).findings.length; // 0
 */
export const verifyFolder = async (folder: string, options: VerifyFolderOptions): Promise<FolderVerification> => {
  const { latestDate, signal, onProgress } = options;
  const search = options.identifiers === undefined ? undefined : await readIdentifiers(options.identifiers);
  const harmless = new Set([...harmlessWords, ...harmlessTerms]);
  const paths = await findFiles([folder]);
  const findings = await findPassedOver(folder);
  let pixelsKept = 0;
  let files = 0;
  for (const [i, path] of paths.entries()) {
    if (signal?.aborted) throw new OsteonError("interrupted", "Stopped; start again to verify the folder.");
    const file = relative(folder, path).split(sep).join("/");
    const find = (attribute: string, detail: string): number => findings.push({ file, attribute, detail });
    onProgress?.(i + 1, paths.length);
    const read = await readWholeFile(path);
    if (!read.ok) {
      find("file", read.reason.detail);
      continue;
    }
    if (search) {
      const count = search.countIn(read.bytes) + search.countIn(new TextEncoder().encode(foldText(file)));
      if (count > 0) find("file", `It holds ${count === 1 ? "an identifier" : `${count} identifiers`} of the list.`);
    }
    if (ownFiles.has(file)) continue;
    files++;
    if (!isExpectedName(file)) find("file name", "It does not follow from keyed hashes.");
    if (pictureFormat(read.bytes)) {
      for (const { attribute, detail } of await verifyPicture(read.bytes)) find(attribute, detail);
      continue;
    }
    const verification = await verifyFile(read.bytes, { latestDate, harmless });
    if (verification.pixels === "kept by choice") pixelsKept++;
    for (const { attribute, detail } of verification.findings) find(attribute, detail);
  }
  return { files, pixelsKept, findings };
};
