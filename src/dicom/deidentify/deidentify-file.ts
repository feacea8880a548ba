/**
 * One DICOM file, de-identified by PS3.15 annex E: attributes, file meta information, pixels, and the marks that say so (section E.1.1).
 * Native syntaxes keep their coding; big endian, deflated and masked files become Explicit VR Little Endian; compressed pixels stay as
 * their fragments are.
 */
import type { MaskedRectangle } from "../../imaging/burned-in-text/mask-regions.ts";
import { Unreadable } from "../../imaging/unreadable.ts";
import type { DataSet } from "../data-set.ts";
import { type ElementTree, readElementTree, type TreeElement } from "../element-tree.ts";
import { frameBytes } from "../frames.ts";
import { readPixelDescription } from "../pixel-description.ts";
import { type Part10, readPart10 } from "../read-part10.ts";
import { TAGS } from "../tags.ts";
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from "../transfer-syntaxes.ts";
import { writeDataSet } from "../write-data-set.ts";
import { blankComments } from "./blank-comments.ts";
import { type CleanPixels, findTextInPixels, maskPixels, type PixelFindings } from "./clean-pixels.ts";
import { type AttributeChange, deidentifyTree } from "./deidentify-tree.ts";
import { isCertain } from "./find-text-lines.ts";
import { harmlessWords } from "./harmless-words.ts";
import { KeyedIdentity } from "./keyed-identity.ts";
import { gatherIdentifiers } from "./known-identifiers.ts";
import {
  basicProfileCode,
  cleanPixelDataCode,
  type MethodCode,
  type ProfileOption,
  profileOptions,
} from "./profile-options.ts";
import { CharacterSets, elementText, isGoverned, withText } from "./tree-text.ts";
import { withoutUnusedBits } from "./unused-bits.ts";

/** What is done about text in the pixels; `judge` masks what is certain and sets aside what is not. */
export type BurnedInChoice = "judge" | "mask" | "set-aside" | "keep";

/** Where a person said that text stands, in pixels of the file's picture. */
export interface DecidedRegions {
  /** Empty where there is none. */
  readonly regions: readonly MaskedRectangle[];
  /** Whether the person saw the whole picture, and not single exposures of a plate; else text is looked for as well. */
  readonly isWhole: boolean;
}

/** How files are de-identified. */
export interface DeidentifySettings {
  /** 32 secret bytes. */
  readonly key: Uint8Array;
  readonly options: readonly ProfileOption[];
  readonly burnedIn: BurnedInChoice;
  /** Further words that free text may keep, folded (fold-text.ts). */
  readonly moreHarmlessWords?: readonly string[];
}

/** Why a file needs a person. */
export type SetAsideCode = "burned-in-text" | "uncertain-text" | "unjudged-pixels" | "document" | "no-class";

/** What a file says of its patient; for a list of linkage, which only its owner may see. */
export interface OriginalIdentity {
  readonly patientId: string;
  readonly patientName: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
}

/** A file that names nobody. */
export interface DeidentifiedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly pseudonym: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly shiftDays: number;
  readonly changes: readonly AttributeChange[];
  /** Lines of text that were masked, over all frames. */
  readonly maskedRegions: number;
  readonly original: OriginalIdentity;
}

/** What became of a file. */
export type DeidentifyOutcome =
  | { readonly ok: true; readonly file: DeidentifiedFile }
  | { readonly ok: false; readonly code: SetAsideCode; readonly detail: string };

const documentClasses = ["1.2.840.10008.5.1.4.1.1.104.", "1.2.840.10008.5.1.4.1.1.9.4.", "1.2.840.10008.1.3.10"];
const pixelElements = [TAGS.PixelData, TAGS.FloatPixelData, TAGS.DoubleFloatPixelData] as const;

const numberElement = (tag: number, value: number): TreeElement => ({
  tag,
  vr: "US",
  content: { kind: "value", bytes: Uint8Array.of(value & 0xff, value >> 8) },
});

const textElement = (tag: number, vr: string, text: string): TreeElement =>
  withText({ tag, vr, content: { kind: "value", bytes: new Uint8Array() } }, text);

const codeItem = ({ value, meaning }: MethodCode): ElementTree => [
  textElement(0x00080100, "SH", value),
  textElement(0x00080102, "SH", "DCM"),
  textElement(0x00080104, "LO", meaning),
];

/** The tree with some elements in the place of their like. */
const withElements = (tree: ElementTree, elements: readonly TreeElement[]): ElementTree => {
  const tags = new Set(elements.map(({ tag }) => tag));
  return [...tree.filter(({ tag }) => !tags.has(tag)), ...elements].sort((a, b) => a.tag - b.tag);
};

/** What is known of a patient tells who it is: the number, or else name and birth date, or else the study. */
const patientOf = (textOf: (tag: number) => string): string => {
  const textsOf = (...tags: readonly number[]): string[] =>
    tags.map((tag) => textOf(tag).split("\\")[0]!.trim().normalize("NFC"));
  const [id, name, birth] = textsOf(TAGS.PatientID, 0x00100010, TAGS.PatientBirthDate);
  const [study, instance] = textsOf(TAGS.StudyInstanceUID, TAGS.SOPInstanceUID);
  if (id) return `id ${id}`;
  return name ? `name ${name} ${birth}` : `study ${study || instance}`;
};

/** What is to be done about the pixels. */
type Judgement =
  | { readonly kind: "pass"; readonly examined: boolean }
  | { readonly kind: "mask"; readonly findings: PixelFindings }
  | { readonly kind: "set-aside"; readonly code: SetAsideCode; readonly detail: string };

const judge = async (
  { dataSet, transferSyntax }: Part10,
  burnedIn: BurnedInChoice,
  decided: DecidedRegions | undefined,
): Promise<Judgement> => {
  if (burnedIn === "keep" || !pixelElements.some((tag) => dataSet.elements.has(tag))) {
    return { kind: "pass", examined: false };
  }
  if (dataSet.elements.has(TAGS.FloatPixelData) || dataSet.elements.has(TAGS.DoubleFloatPixelData)) {
    return { kind: "set-aside", code: "unjudged-pixels", detail: "Nobody can say what stands in its floating pixels." };
  }
  // A person saw the first frame alone.
  const isAllSeen = decided?.isWhole && (dataSet.decimals(TAGS.NumberOfFrames)[0] ?? 1) === 1;
  const seen = (decided?.regions ?? []).map((region) => ({ ...region, score: 1, kind: "text" as const }));
  let findings: PixelFindings;
  try {
    if (isAllSeen) findings = { regions: [seen], isDecided: true };
    else {
      const [first = [], ...others] = (await findTextInPixels(dataSet, transferSyntax)).regions;
      findings = { regions: [[...first, ...seen], ...others] };
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const detail = `Nobody can say what stands in its pixels: ${error.message}`;
    return { kind: "set-aside", code: "unjudged-pixels", detail };
  }
  const regions = findings.regions.flat();
  const isDeclared = dataSet.text(TAGS.BurnedInAnnotation) === "YES";
  if (regions.length === 0 && isDeclared && !isAllSeen) {
    const detail = "The file says that there is text in its pixels, and none was found.";
    return { kind: "set-aside", code: "uncertain-text", detail };
  }
  if (regions.length === 0) return { kind: "pass", examined: true };
  if (burnedIn === "set-aside") {
    return { kind: "set-aside", code: "burned-in-text", detail: "There is text in its pixels." };
  }
  if (burnedIn === "judge" && !regions.every(isCertain)) {
    return { kind: "set-aside", code: "uncertain-text", detail: "There may be text in its pixels." };
  }
  return { kind: "mask", findings };
};

/** Masked pixels in the place of those that were. */
const withPixels = (tree: ElementTree, clean: CleanPixels, syntaxIsImplicit: boolean): ElementTree => {
  const { bytes, bitsAllocated, bitsStored, photometricInterpretation } = clean;
  const imageType = tree.find(({ tag }) => tag === 0x00080008);
  const types = imageType ? elementText(imageType, CharacterSets.of(tree)).split("\\") : [];
  const samples = tree.find(({ tag }) => tag === TAGS.PlanarConfiguration);
  const withoutTables = tree.filter(
    ({ tag }) => tag !== TAGS.ExtendedOffsetTable && tag !== TAGS.ExtendedOffsetTableLengths,
  );
  return withElements(withoutTables, [
    ...(types.length > 0 ? [textElement(0x00080008, "CS", ["DERIVED", ...types.slice(1)].join("\\"))] : []),
    ...(samples ? [numberElement(TAGS.PlanarConfiguration, 0)] : []),
    textElement(TAGS.PhotometricInterpretation, "CS", photometricInterpretation),
    numberElement(TAGS.BitsAllocated, bitsAllocated),
    numberElement(TAGS.BitsStored, bitsStored),
    numberElement(TAGS.HighBit, bitsStored - 1),
    { tag: TAGS.PixelData, vr: bitsAllocated > 8 || syntaxIsImplicit ? "OW" : "OB", content: { kind: "value", bytes } },
  ]);
};

/** Pixels that stay: comments in compressed streams blanked, bytes behind the last frame and overlays in unused bits removed. */
const keptPixels = (tree: ElementTree, dataSet: DataSet): ElementTree => {
  const element = tree.find(({ tag }) => tag === TAGS.PixelData);
  if (!element) return tree;
  const { content } = element;
  if (content.kind === "fragments") {
    const [table, ...fragments] = content.fragments;
    const frames = dataSet.decimals(TAGS.NumberOfFrames)[0] ?? 1;
    const clean = [...(table ? [keptOffsets(table, fragments)] : []), ...blankComments(fragments, frames)];
    return withElements(tree, [{ ...element, content: { kind: "fragments", fragments: clean } }]);
  }
  if (content.kind !== "value") return tree;
  const bytes = usedBytes(content.bytes, dataSet);
  return bytes === content.bytes ? tree : withElements(tree, [{ ...element, content: { kind: "value", bytes } }]);
};

/** An offset table, or an empty one in the place of bytes that are no offsets of fragments. */
const keptOffsets = (table: Uint8Array, fragments: readonly Uint8Array[]): Uint8Array => {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const starts = new Set<number>();
  let at = 0;
  for (const { length } of fragments) {
    starts.add(at);
    at += 8 + length;
  }
  const offsets = Array.from({ length: table.length >> 2 }, (_, i) => view.getUint32(4 * i, true));
  return table.length % 4 === 0 && offsets.every((offset) => starts.has(offset)) ? table : new Uint8Array();
};

const usedBytes = (bytes: Uint8Array, dataSet: DataSet): Uint8Array => {
  try {
    const pixels = readPixelDescription(dataSet);
    const length = frameBytes(pixels) * pixels.NumberOfFrames;
    const used = bytes.subarray(0, length + (length % 2));
    return withoutUnusedBits(used.length === bytes.length ? bytes : used, pixels);
  } catch (error) {
    if (error instanceof Unreadable) return bytes; // not described; kept only where the user keeps unjudged pixels
    throw error;
  }
};

const isAllAscii = (tree: ElementTree): boolean =>
  tree.every(({ vr, content }) => {
    if (content.kind === "items") return content.items.every(isAllAscii);
    return content.kind !== "value" || !isGoverned(vr) || content.bytes.every((byte) => byte < 0x80);
  });

/** The marks of PS3.15 section E.1.1 and E.3, and the character set of what was written. */
const marks = (tree: ElementTree, options: readonly ProfileOption[], isExamined: boolean): TreeElement[] => {
  const codes = [
    basicProfileCode,
    ...(isExamined ? [cleanPixelDataCode] : []),
    ...options.map((option) => profileOptions[option].code),
  ].sort((a, b) => (a.value < b.value ? -1 : 1));
  const isModified = options.includes("retain-longitudinal");
  return [
    ...(isAllAscii(tree) ? [] : [textElement(TAGS.SpecificCharacterSet, "CS", "ISO_IR 192")]),
    textElement(0x00120062, "CS", "YES"),
    textElement(0x00120063, "LO", "DICOM PS3.15 E.1 by Osteon"),
    { tag: 0x00120064, vr: "SQ", content: { kind: "items", items: codes.map(codeItem) } },
    textElement(0x00280303, "CS", isModified ? "MODIFIED" : "REMOVED"),
    ...(isExamined && tree.some(({ tag }) => tag === TAGS.PixelData)
      ? [textElement(TAGS.BurnedInAnnotation, "CS", "NO")]
      : []),
  ];
};

/**
 * De-identifies the bytes of a file.
 *
 * @param decided what a person said of text in its pixels; what the person saw is not looked through
 * @throws Unreadable for what is no DICOM file, or a damaged one
 * @example
 * const outcome = await deidentifyFile(bytes, { key, options: ["retain-longitudinal"], burnedIn: "judge" });
 */
export const deidentifyFile = async (
  bytes: Uint8Array,
  settings: DeidentifySettings,
  decided?: DecidedRegions,
): Promise<DeidentifyOutcome> => {
  const part10 = readPart10(bytes);
  const { dataSet, meta, transferSyntax } = part10;
  const sopClassUid = dataSet.text(TAGS.SOPClassUID) ?? meta.text(TAGS.MediaStorageSOPClassUID);
  if (sopClassUid === undefined || !/^[0-9.]{1,64}$/.test(sopClassUid)) {
    return { ok: false, code: "no-class", detail: "The file does not say what kind of object it is." };
  }
  if (documentClasses.some((start) => sopClassUid.startsWith(start))) {
    return { ok: false, code: "document", detail: "Documents, recordings and directories cannot be cleaned." };
  }
  const judgement = await judge(part10, settings.burnedIn, decided);
  if (judgement.kind === "set-aside") return { ok: false, code: judgement.code, detail: judgement.detail };
  const source = readElementTree(dataSet);
  const characterSets = CharacterSets.of(source);
  const identity = new KeyedIdentity(settings.key);
  const textOf = (tag: number): string => {
    const element = source.find((one) => one.tag === tag);
    return element ? elementText(element, characterSets) : "";
  };
  const patient = patientOf(textOf);
  const pseudonym = identity.pseudonym(patient);
  const shiftDays = identity.shiftDays(patient);
  const { tree, changes } = deidentifyTree(source, {
    ...{ identity, sopClassUid, pseudonym, shiftDays },
    options: new Set(settings.options),
    identifiers: gatherIdentifiers(source, characterSets),
    harmless: new Set([...harmlessWords, ...(settings.moreHarmlessWords ?? [])]),
  });
  const isMasked = judgement.kind === "mask";
  const clean = isMasked ? await maskPixels(dataSet, transferSyntax, judgement.findings) : undefined;
  if (isMasked && !clean) {
    return { ok: false, code: "uncertain-text", detail: "Text is still found in its pixels after masking." };
  }
  const staysCompressed = transferSyntax.coding !== "native" && !isMasked;
  const isImplicit = transferSyntax.uid === IMPLICIT_LITTLE_ENDIAN.uid;
  const syntax = staysCompressed || isImplicit ? transferSyntax : EXPLICIT_LITTLE_ENDIAN;
  const pictured = clean ? withPixels(tree, clean, isImplicit) : keptPixels(tree, dataSet);
  const isExamined = isMasked || judgement.examined;
  const newUid = (tag: number): string => identity.uid(dataSet.text(tag) ?? `${tag} of ${identity.mark(bytes)}`);
  const uids = {
    studyInstanceUid: newUid(TAGS.StudyInstanceUID),
    seriesInstanceUid: newUid(TAGS.SeriesInstanceUID),
    sopInstanceUid: newUid(TAGS.SOPInstanceUID),
  };
  const whole = withElements(pictured, [
    ...marks(pictured, settings.options, isExamined),
    textElement(TAGS.SOPClassUID, "UI", sopClassUid),
    textElement(TAGS.SOPInstanceUID, "UI", uids.sopInstanceUid),
    textElement(0x00100010, "PN", pseudonym),
    textElement(TAGS.PatientID, "LO", pseudonym),
  ]);
  return {
    ok: true,
    file: {
      bytes: writeDataSet(whole, { sopClassUid, sopInstanceUid: uids.sopInstanceUid, transferSyntaxUid: syntax.uid }),
      ...{ pseudonym, ...uids, shiftDays, changes },
      maskedRegions: isMasked ? judgement.findings.regions.flat().length : 0,
      original: {
        patientId: textOf(TAGS.PatientID),
        patientName: textOf(0x00100010),
        studyInstanceUid: textOf(TAGS.StudyInstanceUID),
        seriesInstanceUid: textOf(TAGS.SeriesInstanceUID),
        sopInstanceUid: textOf(TAGS.SOPInstanceUID),
      },
    },
  };
};
