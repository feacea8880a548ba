/** Whether a JPEG says how a camera was set when it was taken (Exif 2.32, section 4.6.5: exposure time, aperture, focal length). */

const exposureTags: ReadonlySet<number> = new Set([0x829a, 0x829d, 0x8827, 0x920a]);
const exifPointer = 0x8769;
const exifMark = [0x45, 0x78, 0x69, 0x66, 0, 0]; // "Exif"

/** Looks through the segments before the picture; a damaged segment says nothing. */
export const hasCameraSettings = (jpeg: Uint8Array): boolean => {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff; ) {
    const marker = jpeg[at + 1]!;
    if (marker === 0xda || marker === 0xd9) return false;
    const length = view.getUint16(at + 2);
    const isExif = marker === 0xe1 && exifMark.every((byte, i) => jpeg[at + 4 + i] === byte);
    if (isExif && at + 2 + length <= jpeg.length) return readTiff(jpeg.subarray(at + 10, at + 2 + length));
    at += 2 + Math.max(length, 2);
  }
  return false;
};

const readTiff = (tiff: Uint8Array): boolean => {
  if (tiff.length < 8) return false;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const tagsOf = (directory: number): Map<number, number> => {
    const found = new Map<number, number>();
    if (directory + 2 > tiff.length) return found;
    const count = view.getUint16(directory, little);
    for (let entry = 0; entry < count && directory + 14 + 12 * entry <= tiff.length; entry++) {
      const at = directory + 2 + 12 * entry;
      found.set(view.getUint16(at, little), view.getUint32(at + 8, little));
    }
    return found;
  };
  const pointer = tagsOf(view.getUint32(4, little)).get(exifPointer);
  if (pointer === undefined) return false;
  return [...tagsOf(pointer).keys()].some((tag) => exposureTags.has(tag));
};
