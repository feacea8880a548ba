/** Look-up tables of DICOM (PS3.3 C.11.1, C.11.2, C.7.6.3.1.5). */
import { Unreadable } from "../imaging/unreadable.ts";
import type { DataSet } from "./data-set.ts";
import { TAGS } from "./tags.ts";

/** A table that maps `first` and what follows to its entries; values outside take the nearest entry. */
export interface LookUpTable {
  /** The input value of the first entry. */
  readonly first: number;
  readonly entries: ArrayLike<number>;
  /** The output of full intensity: 2^bits - 1. */
  readonly white: number;
}

/**
 * Reads a table from its descriptor (number of entries, first input, bits) and data.
 *
 * @param signed whether the input values are signed, which the descriptor leaves to the pixels
 * @throws Unreadable `corrupt` where the descriptor or the data are missing
 * @example
 * readLookUpTable(item, { descriptor: TAGS.LUTDescriptor, data: TAGS.LUTData }, false);
 */
export const readLookUpTable = (
  dataSet: DataSet,
  tags: { readonly descriptor: number; readonly data: number },
  signed: boolean,
): LookUpTable => {
  const [declared, first, bits] = dataSet.words(tags.descriptor);
  const data = dataSet.value(tags.data);
  if (declared === undefined || first === undefined || bits === undefined || !data) {
    throw new Unreadable("corrupt", "A look-up table has no descriptor or no data.");
  }
  const count = declared === 0 ? 65536 : declared;
  // Tables of 8 bits are written as bytes by some and as words by others; the length tells.
  const asBytes = bits <= 8 && data.length < 2 * count;
  const words = asBytes ? data : dataSet.words(tags.data);
  const entries = words.slice(0, count);
  let largest = 0;
  for (const entry of entries) largest = Math.max(largest, entry);
  const declaredWhite = bits >= 1 && bits <= 16 ? 2 ** bits - 1 : 0;
  return {
    first: signed && first >= 32768 ? first - 65536 : first,
    entries,
    white: largest > declaredWhite ? 2 ** Math.ceil(Math.log2(largest + 1)) - 1 : declaredWhite,
  };
};

/**
 * The entry of a value, the first or last one outside the table.
 *
 * @example
 * lookUp({ first: 10, entries: [5, 6], white: 255 }, 99); // 6
 */
export const lookUp = ({ first, entries }: LookUpTable, value: number): number =>
  entries[Math.min(Math.max(Math.round(value) - first, 0), entries.length - 1)]!;

/** The tags of a table in a Modality or VOI LUT Sequence item. */
export const SEQUENCE_TABLE = { descriptor: TAGS.LUTDescriptor, data: TAGS.LUTData } as const;
