/** Hamming distance between packed binary codes: how many bits differ. */

/**
 * How many bits of a 32-bit word are set: pairs, nibbles, bytes, then their sum by one product.
 *
 * @example
 * popcount32(0b1011); // 3
 */
export const popcount32 = (word: number): number => {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/**
 * Bits in which two codes of equal length differ.
 *
 * @example
 * hammingDistance(Uint32Array.of(0b1010), Uint32Array.of(0b0110)); // 2
 */
export const hammingDistance = (a: Uint32Array, b: Uint32Array): number => {
  let distance = 0;
  for (let i = 0; i < a.length; i++) distance += popcount32(a[i] ^ b[i]);
  return distance;
};

/**
 * The distance of a query to every one of many codes.
 *
 * @param codes `count * query.length` words, one code after another
 * @param query one code
 * @param distances `count` values, written
 */
export const hammingDistances = (codes: Uint32Array, query: Uint32Array, distances: Uint16Array): void => {
  if (query.length === 8) {
    distancesOf256Bits(codes, query, distances);
    return;
  }
  const words = query.length;
  for (let i = 0, at = 0; i < distances.length; i++) {
    let distance = 0;
    for (let w = 0; w < words; w++) distance += popcount32(codes[at++] ^ query[w]);
    distances[i] = distance;
  }
};

/** One common length unrolled: the query stays in registers, and counts are summed as bytes before one product. */
const distancesOf256Bits = (codes: Uint32Array, query: Uint32Array, distances: Uint16Array): void => {
  const [q0, q1, q2, q3, q4, q5, q6, q7] = query;
  for (let i = 0, at = 0; i < distances.length; i++, at += 8) {
    // At most 8 set bits a byte and word: eight words sum to 64, below the byte's 255.
    const bytes =
      bitsPerByte(codes[at] ^ q0) +
      bitsPerByte(codes[at + 1] ^ q1) +
      bitsPerByte(codes[at + 2] ^ q2) +
      bitsPerByte(codes[at + 3] ^ q3) +
      bitsPerByte(codes[at + 4] ^ q4) +
      bitsPerByte(codes[at + 5] ^ q5) +
      bitsPerByte(codes[at + 6] ^ q6) +
      bitsPerByte(codes[at + 7] ^ q7);
    distances[i] = (bytes & 0xff) + ((bytes >>> 8) & 0xff) + ((bytes >>> 16) & 0xff) + (bytes >>> 24);
  }
};

const bitsPerByte = (word: number): number => {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return (x + (x >>> 4)) & 0x0f0f0f0f;
};
