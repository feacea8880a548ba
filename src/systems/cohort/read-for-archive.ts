/** A radiograph as the archive takes it in: what is known of it and its small picture, all that an import needs of its pixels. */

import { encodeGreyPng } from "../../imaging/grey-png.ts";
import { smallPictureOfRows } from "../../imaging/small-picture.ts";
import { colourProblem, modalityProblem } from "./not-a-radiograph.ts";
import { type DecodedRadiograph, decodeRadiograph, type QuarantineReason } from "./read-radiograph.ts";

/** A radiograph without its pixels, of which the small picture is left. */
export interface ArchivedRadiograph extends Omit<DecodedRadiograph, "rows"> {
  /** In pixels, of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** The small picture (imaging/small-picture.ts), a PNG. */
  readonly png: Uint8Array<ArrayBuffer>;
}

/** What became of a file: a radiograph, or why it is set aside. */
export type ArchiveOutcome =
  | { readonly ok: true; readonly radiograph: ArchivedRadiograph }
  | { readonly ok: false; readonly reason: QuarantineReason };

/** Reads a radiograph for the archive; what is no radiograph is set aside. Never throws for what the bytes hold. */
export const readForArchive = async (bytes: Uint8Array): Promise<ArchiveOutcome> => {
  const outcome = await decodeRadiograph(bytes, ({ Modality }) => modalityProblem(Modality));
  if (!outcome.ok) return outcome;
  const { rows, ...facts } = outcome.radiograph;
  const reason = colourProblem(facts.colourfulness);
  if (reason) return { ok: false, reason };
  const png = new Uint8Array(await encodeGreyPng(smallPictureOfRows(rows))); // memory of its own, which can be handed on
  return { ok: true, radiograph: { ...facts, width: rows.width, height: rows.height, png } };
};
