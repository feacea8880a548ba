/**
 * Comments and application data in compressed pictures, which can hold names where no attribute does: JPEG and JPEG-LS (ITU-T T.81
 * section B.2.4), JPEG 2000 (T.800 section A.9.2). Their bytes become zero and the stream keeps its length; the picture is not touched.
 */

const ascii = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));

/** Segments that decoders need: JFIF without a thumbnail, Adobe's colours, a colour profile, SPIFF. */
const isNeeded = (bytes: Uint8Array, marker: number, at: number, length: number): boolean => {
  if (marker === 0xe0) return ascii(bytes, at, "JFIF\0") && length <= 16;
  if (marker === 0xee) return ascii(bytes, at, "Adobe");
  if (marker === 0xe2) return ascii(bytes, at, "ICC_PROFILE\0");
  return marker === 0xe8;
};

/** Where comments lie: from, to. */
const commentsOf = (bytes: Uint8Array): (readonly [from: number, to: number])[] => {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  const isJpeg2000 = bytes[0] === 0xff && bytes[1] === 0x4f;
  const found: (readonly [number, number])[] = [];
  if (!isJpeg && !isJpeg2000) return found;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === (isJpeg ? 0xda : 0x90) || marker === 0xd9) break;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const end = Math.min(at + 2 + length, bytes.length);
    if (isJpeg2000 && marker === 0x64) found.push([Math.min(at + 6, end), end]);
    const isExtra = marker === 0xfe || (marker >= 0xe0 && marker <= 0xef);
    if (isJpeg && isExtra && !isNeeded(bytes, marker, at + 4, length)) {
      // The name of a segment that begins with JFIF or Adobe stays legible for decoders; a thumbnail after it does not.
      found.push([ascii(bytes, at + 4, "JFIF\0") ? Math.min(at + 18, end) : at + 4, end]);
    }
    at += 2 + length;
  }
  return found;
};

/**
 * A fragment of compressed pixel data without comments.
 *
 * @returns the fragment itself where there is nothing to blank
 * @example
 * const clean = blankComments(fragment);
 */
export const blankComments = (fragment: Uint8Array): Uint8Array => {
  const comments = commentsOf(fragment).filter(([from, to]) => fragment.subarray(from, to).some((byte) => byte !== 0));
  if (comments.length === 0) return fragment;
  const clean = fragment.slice();
  for (const [from, to] of comments) clean.fill(0, from, to);
  return clean;
};
