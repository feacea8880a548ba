import { expect, test } from "vitest";
import { readElementTree } from "./element-tree.ts";
import { parseDataSet } from "./parse-data-set.ts";

const bigEndian = (bitsAllocated: number): Uint8Array =>
  Uint8Array.of(
    ...[0x00, 0x28, 0x01, 0x00, 0x55, 0x53, 0, 2, 0, bitsAllocated], // US, BitsAllocated
    ...[0x7f, 0xe0, 0x00, 0x10, 0x4f, 0x57, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4], // OW, PixelData
  );

test.each([
  [16, [2, 1, 4, 3]],
  [32, [4, 3, 2, 1]],
])("big-endian pixels of %i bits are turned by their size", (bits, expected) => {
  const tree = readElementTree(parseDataSet(bigEndian(bits), 0, { explicit: true, littleEndian: false }));
  expect(tree.map(({ content }) => (content.kind === "value" ? [...content.bytes] : []))).toEqual([
    [bits, 0],
    expected,
  ]);
});
