/**
 * Comments and application data in compressed pictures, which can hold names where no attribute does: JPEG and JPEG-LS (ITU-T T.81
 * section B.2.4, T.87 annex C), JPEG 2000 (T.800 sections A.9.2 and I.7). Whatever no decoder needs becomes zero, also between scans,
 * in tile-parts and behind the end; the stream keeps its length, and the picture is not touched.
 */

type Range = readonly [from: number, to: number];

const ascii = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));

/** How much of an application segment decoders need, in bytes after its length: JFIF, Adobe's colours, SPIFF, colours of JPEG-LS. */
const neededBytes = (bytes: Uint8Array, marker: number, at: number): number => {
  if (marker === 0xe0 && ascii(bytes, at, "JFIF\0")) return 14;
  if (marker === 0xee && ascii(bytes, at, "Adobe")) return 12;
  if (marker === 0xe8 && ascii(bytes, at, "SPIFF\0")) return 30;
  if (marker === 0xe8 && ascii(bytes, at, "mrfx")) return 5;
  return 0;
};

/** Frames, tables, restart intervals, numbers of lines and what JPEG-LS adds. */
const isOfPicture = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf) || (marker >= 0xda && marker <= 0xdf) || marker === 0xf7 || marker === 0xf8;
const isWithoutLength = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

/** The next marker that ends coded data: stuffed bytes and restarts are none, in JPEG as in JPEG-LS. */
const nextMarker = (bytes: Uint8Array, from: number): number => {
  for (let i = bytes.indexOf(0xff, from); i >= 0 && i + 1 < bytes.length; i = bytes.indexOf(0xff, i + 1)) {
    const next = bytes[i + 1]!;
    if (next >= 0xc0 && !(next >= 0xd0 && next <= 0xd7)) return i;
  }
  return bytes.length;
};

const jpegComments = (bytes: Uint8Array): Range[] => {
  const found: Range[] = [];
  for (let at = 2; at + 1 < bytes.length; ) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === 0) {
      const next = nextMarker(bytes, at + 1); // decoders skip what stands between segments
      found.push([at, next]);
      at = next;
    } else if (marker === 0xff) at++;
    else if (marker === 0xd9) return [...found, [at + 2, bytes.length]];
    else if (isWithoutLength(marker)) at += 2;
    else {
      const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
      const end = Math.min(at + 2 + Math.max(length, 2), bytes.length);
      if (!isOfPicture(marker)) found.push([Math.min(at + 4 + neededBytes(bytes, marker, at + 4), end), end]);
      at = marker === 0xda ? nextMarker(bytes, end) : end;
    }
  }
  return found;
};

/** Of the codestream that begins at `start`. */
const codestreamComments = (bytes: Uint8Array, start: number, until: number): Range[] => {
  const found: Range[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let endOfTilePart = until;
  for (let at = start + 2; at + 1 < until && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!;
    if (marker === 0xd9) return [...found, [at + 2, until]];
    if (marker === 0x93) {
      if (endOfTilePart <= at) return found;
      at = endOfTilePart;
      continue;
    }
    if (at + 10 > until) return found;
    const end = Math.min(at + 2 + view.getUint16(at + 2), until);
    // A tile-part of no stated length reaches to the end.
    if (marker === 0x90) endOfTilePart = view.getUint32(at + 6) === 0 ? until : at + view.getUint32(at + 6);
    if (marker >= 0x64 && marker < 0x90) found.push([Math.min(at + 6, end), end]);
    at = end;
  }
  return found;
};

const boxesOfPicture: ReadonlySet<string> = new Set(["jP  ", "ftyp", "jp2h"]);

/** Of a JP2 file, which some writers put where a codestream belongs. */
const boxComments = (bytes: Uint8Array): Range[] => {
  const found: Range[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const [length, type] = [view.getUint32(at), String.fromCharCode(...bytes.subarray(at + 4, at + 8))];
    const head = length === 1 ? 16 : 8;
    const size = length === 1 && at + 16 <= bytes.length ? Number(view.getBigUint64(at + 8)) : length;
    const end = size < head ? bytes.length : Math.min(at + size, bytes.length);
    if (type === "jp2c") found.push(...codestreamComments(bytes, at + head, end));
    else if (!boxesOfPicture.has(type)) found.push([Math.min(at + head, end), end]);
    at = end;
  }
  return found;
};

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;
const isCodestream = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0x4f;
const isJp2 = (bytes: Uint8Array): boolean => ascii(bytes, 4, "jP  ");

const commentsOf = (bytes: Uint8Array): Range[] => {
  if (isJpeg(bytes)) return jpegComments(bytes);
  if (isCodestream(bytes)) return codestreamComments(bytes, 0, bytes.length);
  return isJp2(bytes) ? boxComments(bytes) : [];
};

/** A stream without comments; itself where there is nothing to blank. */
const blankStream = (stream: Uint8Array): Uint8Array => {
  const comments = commentsOf(stream).filter(([from, to]) => stream.subarray(from, to).some((byte) => byte !== 0));
  if (comments.length === 0) return stream;
  const clean = stream.slice();
  for (const [from, to] of comments) clean.fill(0, from, to);
  return clean;
};

/** The fragments of each stream: a comment may begin in one and end in the next. */
const streamsOf = (fragments: readonly Uint8Array[], frames: number): Uint8Array[][] => {
  const streams: Uint8Array[][] = [];
  for (const fragment of fragments) {
    const begins = isJpeg(fragment) || isCodestream(fragment) || isJp2(fragment);
    if (streams.length === 0 || (begins && frames > 1)) streams.push([fragment]);
    else streams.at(-1)!.push(fragment);
  }
  return streams;
};

/**
 * Fragments of compressed pixel data without comments, as long as they were.
 *
 * @param fragments without the offset table
 * @returns the fragments themselves where there is nothing to blank
 * @example
 * const clean = blankComments(fragments, 1);
 */
export const blankComments = (fragments: readonly Uint8Array[], frames: number): readonly Uint8Array[] => {
  const clean = streamsOf(fragments, frames).flatMap((stream) => {
    if (stream.length === 1) return [blankStream(stream[0]!)];
    const whole = new Uint8Array(Buffer.concat(stream));
    const blanked = blankStream(whole);
    if (blanked === whole) return stream;
    let at = 0;
    return stream.map(({ length }) => {
      at += length;
      return blanked.subarray(at - length, at);
    });
  });
  return clean.every((fragment, i) => fragment === fragments[i]) ? fragments : clean;
};
