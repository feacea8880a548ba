/** Identifiers of queries (PS3.4 annex C.4.1.1.3): small data sets of text elements, in explicit or implicit coding. */

import { parseDataSet } from "../../dicom/parse-data-set.ts";
import { TAGS } from "../../dicom/tags.ts";
import { findTransferSyntax } from "../../dicom/transfer-syntaxes.ts";
import { OsteonError } from "../../errors.ts";
import { type QueryAnswer, type QueryKeys, type QueryKeyword, queryAttributes } from "../query.ts";
import { ProtocolError } from "./pdu.ts";

/** No answer about one study is longer. */
const maximumIdentifierBytes = 2 ** 20;

/** The character set that holds all texts: none for ASCII, Latin 1, which older archives know, or Unicode. */
const characterSetOf = (texts: readonly string[]): "" | "ISO_IR 100" | "ISO_IR 192" => {
  const highest = Math.max(0, ...texts.flatMap((text) => [...text].map((letter) => letter.codePointAt(0)!)));
  if (highest < 0x80) return "";
  return highest < 0x100 ? "ISO_IR 100" : "ISO_IR 192";
};

/**
 * The bytes of an identifier. The character set is added where the values need one.
 *
 * @param transferSyntax the UID of Implicit or Explicit VR Little Endian
 */
export const encodeIdentifier = (keys: QueryKeys, transferSyntax: string): Buffer => {
  const set = characterSetOf(Object.values(keys));
  const all: QueryKeys = set === "" ? keys : { ...keys, SpecificCharacterSet: set };
  const isExplicit = transferSyntax !== "1.2.840.10008.1.2";
  const elements = (Object.entries(all) as [QueryKeyword, string][])
    .map(([keyword, value]) => ({ tag: queryAttributes[keyword][0], vr: queryAttributes[keyword][1], value }))
    .sort((a, b) => a.tag - b.tag)
    .map(({ tag, vr, value }) => {
      const text = Buffer.from(value, set === "ISO_IR 192" ? "utf8" : "latin1");
      const padded = text.length % 2 ? Buffer.concat([text, Buffer.of(vr === "UI" ? 0 : 0x20)]) : text;
      if (isExplicit && padded.length > 0xfffe) throw new OsteonError("bad-input", "A value of the query is too long.");
      const head = Buffer.alloc(8);
      head.writeUInt16LE(tag >>> 16, 0);
      head.writeUInt16LE(tag & 0xffff, 2);
      if (isExplicit) {
        head.write(vr, 4, "latin1");
        head.writeUInt16LE(padded.length, 6);
      } else head.writeUInt32LE(padded.length, 4);
      return Buffer.concat([head, padded]);
    });
  return Buffer.concat(elements);
};

/** The bytes of a data set that is read whole. */
export const readIdentifier = async (parts: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const held: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of parts) {
    bytes += part.length;
    if (bytes > maximumIdentifierBytes || held.length > 4096) throw new ProtocolError("An identifier is too long.");
    held.push(part);
  }
  return Buffer.concat(held);
};

/**
 * What an identifier says, by keyword; attributes that are absent or empty are left out. Several values stay joined by
 * backslashes.
 *
 * @throws ProtocolError where the bytes are no data set
 */
export const decodeIdentifier = (bytes: Uint8Array, transferSyntax: string): QueryAnswer => {
  const coding = findTransferSyntax(transferSyntax);
  if (!coding) throw new ProtocolError("An identifier comes in an unknown transfer syntax.");
  try {
    const dataSet = parseDataSet(bytes, 0, coding);
    const characterSets = dataSet.texts(TAGS.SpecificCharacterSet);
    const found = Object.entries(queryAttributes).map(([keyword, [tag]]) => [
      keyword,
      dataSet.texts(tag, characterSets).join("\\"),
    ]);
    return Object.fromEntries(found.filter(([, value]) => value !== "")) as QueryAnswer;
  } catch {
    throw new ProtocolError("An identifier is damaged.");
  }
};
