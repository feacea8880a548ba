/** An instance out of a DICOMweb answer to the disk, its bytes as they come (PS3.18 section 10.4). */

import { findTransferSyntax } from "../../dicom/transfer-syntaxes.ts";
import { InstanceFile, InstanceTooLarge, type ReceivedInstance } from "../instance-file.ts";
import { leadingBytes, readLeadingUids } from "../leading-uids.ts";
import { isUid } from "../storage-classes.ts";

/** What a DICOM file says of itself in its meta information. */
interface FileMeta {
  readonly MediaStorageSOPInstanceUID: string;
  readonly TransferSyntaxUID: string;
  /** Where the data set begins. */
  readonly end: number;
}

/**
 * Writes a file into a folder under the UID of its instance. Undefined, and nothing is left, where the bytes are no DICOM file,
 * are too large, or are of an instance that is not wanted.
 *
 * @throws the disk's errors, and what the chunks throw
 */
export const receivePart = async (
  body: AsyncIterable<Uint8Array>,
  { folder, isWanted }: { readonly folder: string; readonly isWanted: (SOPInstanceUID: string) => boolean },
): Promise<ReceivedInstance | undefined> => {
  const file = await InstanceFile.create(folder);
  try {
    const start = Buffer.allocUnsafe(leadingBytes);
    let filled = 0;
    for await (const part of body) {
      const more = part.subarray(0, leadingBytes - filled);
      start.set(more, filled);
      filled += more.length;
      await file.write(part);
    }
    const uid = instanceOf(start.subarray(0, filled));
    return uid !== undefined && isWanted(uid) ? await file.keep(uid) : undefined;
  } catch (error) {
    if (error instanceof InstanceTooLarge) return undefined;
    throw error;
  } finally {
    await file.discard();
  }
};

/** Of which instance a file is: its data set says so, or where that is compressed, its meta information. */
const instanceOf = (start: Buffer): string | undefined => {
  const meta = readMeta(start);
  if (!meta) return undefined;
  const syntax = findTransferSyntax(meta.TransferSyntaxUID);
  const uid =
    syntax && !syntax.deflated
      ? readLeadingUids(start.subarray(meta.end), syntax)?.SOPInstanceUID
      : meta.MediaStorageSOPInstanceUID;
  return uid !== undefined && isUid(uid) ? uid : undefined;
};

/** The meta information behind a preamble (PS3.10 section 7.1). */
const readMeta = (start: Buffer): FileMeta | undefined => {
  if (start.length < 132 || start.toString("latin1", 128, 132) !== "DICM") return undefined;
  const texts = new Map<number, string>();
  let position = 132;
  while (position + 12 <= start.length && start.readUInt16LE(position) === 2) {
    const element = start.readUInt16LE(position + 2);
    const isLong = ["OB", "UN", "OW", "UT"].includes(start.toString("latin1", position + 4, position + 6));
    const length = isLong ? start.readUInt32LE(position + 8) : start.readUInt16LE(position + 6);
    const value = position + (isLong ? 12 : 8);
    if (value + length > start.length) return undefined;
    texts.set(element, start.toString("latin1", value, value + length).replace(/[\0 ]+$/, ""));
    position = value + length;
  }
  return {
    MediaStorageSOPInstanceUID: texts.get(0x0003) ?? "",
    TransferSyntaxUID: texts.get(0x0010) ?? "1.2.840.10008.1.2",
    end: position,
  };
};
