/** Looks the bytes of a de-identified DICOM file over: preamble, file meta information, attributes and pixels. */
import { Unreadable } from "../../imaging/unreadable.ts";
import { type ElementTree, readElementTree } from "../element-tree.ts";
import { readPart10 } from "../read-part10.ts";
import { TAGS } from "../tags.ts";
import { blankComments } from "./blank-comments.ts";
import { findTextInPixels } from "./clean-pixels.ts";
import { declaredProfile, type VerifyFinding, type VerifyOptions, verifyTree } from "./verify-tree.ts";

/** Group 0002 as the writer makes it (PS3.10 table 7.1-1): what else may stand there names stations and private matters. */
const metaElements: ReadonlySet<number> = new Set([
  ...[0x00020000, 0x00020001, 0x00020002, 0x00020003, 0x00020010, 0x00020012, 0x00020013],
]);

const pixelElements = [TAGS.PixelData, TAGS.FloatPixelData, TAGS.DoubleFloatPixelData] as const;

/** What was found, and whether the pixels were looked at. */
export interface FileVerification {
  readonly findings: readonly VerifyFinding[];
  readonly pixels: "none" | "looked at" | "kept by choice";
}

/**
 * Looks a file over. A damaged one is a finding, not an error.
 *
 * @example
 * (await verifyFile(bytes, { latestDate: "20261126" })).findings.length; // 0
 */
export const verifyFile = async (
  bytes: Uint8Array,
  options: Omit<VerifyOptions, "sopClassUid">,
): Promise<FileVerification> => {
  try {
    return await verifyReadable(bytes, options);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { findings: [{ attribute: "file", detail: `It cannot be read: ${error.message}` }], pixels: "none" };
  }
};

const verifyReadable = async (
  bytes: Uint8Array,
  options: Omit<VerifyOptions, "sopClassUid">,
): Promise<FileVerification> => {
  const { meta, dataSet, transferSyntax } = readPart10(bytes);
  const tree = readElementTree(dataSet);
  const sopClassUid = dataSet.text(TAGS.SOPClassUID) ?? "";
  const findings: VerifyFinding[] = [...verifyTree(tree, { ...options, sopClassUid })];
  if (bytes.subarray(0, 128).some((byte) => byte !== 0)) {
    findings.push({ attribute: "file", detail: "There is something in its preamble." });
  }
  if ([...meta.elements.keys()].some((tag) => !metaElements.has(tag))) {
    findings.push({ attribute: "file", detail: "Its file meta information holds more than it needs." });
  }
  if (meta.text(0x00020003) !== dataSet.text(TAGS.SOPInstanceUID)) {
    findings.push({ attribute: "MediaStorageSOPInstanceUID", detail: "It is not the SOPInstanceUID of the data set." });
  }
  if (hasComments(tree, dataSet.decimals(TAGS.NumberOfFrames)[0] ?? 1)) {
    findings.push({ attribute: "PixelData", detail: "Its compressed stream holds a comment or application data." });
  }
  if (!pixelElements.some((tag) => dataSet.elements.has(tag))) return { findings, pixels: "none" };
  if (!declaredProfile(tree).cleanPixels) return { findings, pixels: "kept by choice" };
  if (dataSet.text(TAGS.BurnedInAnnotation) !== "NO") {
    findings.push({ attribute: "BurnedInAnnotation", detail: "It does not say NO." });
  }
  const { regions } = await findTextInPixels(dataSet, transferSyntax);
  const count = regions.flat().length;
  if (count > 0)
    findings.push({ attribute: "PixelData", detail: `There may be text in its pixels (${count} places).` });
  return { findings, pixels: "looked at" };
};

const hasComments = (tree: ElementTree, frames: number): boolean => {
  const content = tree.find(({ tag }) => tag === TAGS.PixelData)?.content;
  if (content?.kind !== "fragments") return false;
  const fragments = content.fragments.slice(1);
  return blankComments(fragments, frames) !== fragments;
};
