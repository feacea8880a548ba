/**
 * Codes filed by parts of themselves: table t has a bucket for each value of some bits that follow each other, and near codes agree
 * on many of them (multi-index hashing: Norouzi, Punjani and Fleet, Fast search in Hamming space, CVPR 2012). The positions of a
 * bucket stand together, so that probing one is reading one run. Buckets never change; codes that come later are scanned until they
 * are filed anew.
 */

import { OsteonError } from "../../errors.ts";
import type { BinaryCodes } from "../binary-codes.ts";

/** How codes are filed; plain data. */
export interface BucketSettings {
  readonly tables: number;
  /** Bits of the code in a table's key. */
  readonly keyBits: number;
}

/** Filed codes. The arrays are in memory that threads share. */
export interface CodeBuckets extends BucketSettings {
  readonly bits: number;
  /** How many codes are filed, the first ones of the memory. */
  readonly count: number;
  /** For each table, where each bucket begins in its positions, and where the last ends. */
  readonly starts: readonly Uint32Array[];
  /** For each table, every position once, bucket after bucket. */
  readonly positions: readonly Uint32Array[];
}

const mostKeyBits = 22;

/**
 * Buckets of some eight codes each in eight tables: 34 bytes a code of a million, and so many that a search through them takes a
 * twentieth of the time of a scan (decision 022).
 *
 * @example
 * defaultBuckets({ count: 1_000_000, bits: 256 }); // { tables: 8, keyBits: 17 }
 */
export const defaultBuckets = ({ count, bits }: { readonly count: number; readonly bits: number }): BucketSettings => {
  const tables = Math.min(8, bits / 8);
  const wanted = Math.round(Math.log2(Math.max(count, 1))) - 3;
  return { tables, keyBits: Math.min(Math.max(wanted, 8), mostKeyBits, Math.floor(bits / tables)) };
};

/**
 * Files the codes that there are now.
 *
 * @throws OsteonError `bad-usage` for keys that the codes are too short for, or too long to have a place for each value
 */
export const buildBuckets = (codes: BinaryCodes, { tables, keyBits }: BucketSettings): CodeBuckets => {
  const { bits, count } = codes;
  const isWhole = Number.isInteger(tables) && Number.isInteger(keyBits) && tables >= 1 && keyBits >= 1;
  if (!isWhole || keyBits > mostKeyBits || tables * keyBits > bits) {
    const message = `${tables} tables of ${keyBits} bits each cannot be made of ${bits} bits; keys have at most ${mostKeyBits}.`;
    throw new OsteonError("bad-usage", message);
  }
  const starts: Uint32Array[] = [];
  const positions: Uint32Array[] = [];
  const keys = new Uint32Array(count);
  for (let table = 0; table < tables; table++) {
    const begins = sharedNumbers(2 ** keyBits + 1);
    const filed = sharedNumbers(count);
    keysOf(codes, { firstBit: firstBitOf({ bits, tables }, table), keyBits }, keys);
    for (const key of keys) begins[key + 1]!++;
    for (let key = 0; key < 2 ** keyBits; key++) begins[key + 1]! += begins[key]!;
    const next = begins.slice();
    for (let position = 0; position < count; position++) filed[next[keys[position]!]!++] = position;
    starts.push(begins);
    positions.push(filed);
  }
  return { bits, tables, keyBits, count, starts, positions };
};

/** The key of one code in a table. */
export const keyIn = ({ bits, tables, keyBits }: CodeBuckets, table: number, code: Uint32Array): number => {
  const key = new Uint32Array(1);
  keysOf({ bits, count: 1, values: code }, { firstBit: firstBitOf({ bits, tables }, table), keyBits }, key);
  return key[0]!;
};

/** The tables' keys begin at equal distances. */
const firstBitOf = ({ bits, tables }: { bits: number; tables: number }, table: number): number =>
  Math.floor((table * bits) / tables);

const keysOf = (
  { bits, count, values }: BinaryCodes,
  { firstBit, keyBits }: { readonly firstBit: number; readonly keyBits: number },
  keys: Uint32Array,
): void => {
  const words = bits / 32;
  const shift = firstBit & 31;
  const fromNext = 32 - shift;
  const mask = 2 ** keyBits - 1;
  const isInOne = shift + keyBits <= 32;
  for (let i = 0, at = firstBit >>> 5; i < count; i++, at += words) {
    const low = values[at]! >>> shift;
    keys[i] = (isInOne ? low : low | (values[at + 1]! << fromNext)) & mask;
  }
};

const sharedNumbers = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));
