/** How a file stores a picture: photometric interpretation, bits, and how a viewer gets back to the greys (PS3.3 C.11.2). */
import type { DicomElement } from "../../dicom/write-part10.ts";
import type { Random } from "../../numeric/random.ts";
import type { Picture } from "../picture.ts";

/** The look of a file. */
export interface StoredLook {
  readonly photometric: "MONOCHROME1" | "MONOCHROME2" | "RGB";
  readonly bitsStored: 8 | 10 | 12 | 16;
  /** `none`: the full range is shown. `window`: the greys fill a part of the range. `lut`: a curve straightens them. */
  readonly voi: "none" | "window" | "lut";
}

/** Draws a look; external files come more often with few bits and inverted. */
export const drawLook = (random: Random, external: boolean): StoredLook => ({
  photometric: random.chance(external ? 0.4 : 0.25) ? "MONOCHROME1" : "MONOCHROME2",
  bitsStored: random.pick([8, 10, 12, 16] as const, external ? [4, 1, 2, 1] : [1, 2, 4, 2]),
  voi: random.pick(["none", "window", "lut"] as const, [2, 4, 2]),
});

const clamp = (value: number): number => Math.max(0, Math.min(1, value));

/** A detector's raw curve: dark greys crowd at the lower end. */
const bend = 1.8;

const numberText = (value: number): string => String(Math.round(value * 10) / 10);

/** The pixel module's elements and the pixels; colour files hold the grey three times. */
export const storePicture = (picture: Picture, look: StoredLook): DicomElement[] => {
  const { width, height, values } = picture;
  const { photometric, bitsStored, voi } = look;
  const us = (tag: number, value: number): DicomElement => ({ tag, vr: "US", value });
  const colour = photometric === "RGB";
  const bits = colour ? 8 : bitsStored;
  const allocated = bits === 8 ? 8 : 16;
  const top = 2 ** bits - 1;
  const [low, high] = voi === "window" && !colour ? [0.12, 0.78] : [0, 1];
  const samples = colour ? 3 : 1;
  const stored = allocated === 8 ? new Uint8Array(samples * values.length) : new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let level = clamp(values[i]!);
    if (photometric === "MONOCHROME1") level = 1 - level;
    if (voi === "lut" && !colour) level **= bend;
    const value = Math.round(top * (low + (high - low) * level));
    if (colour) stored.fill(value, 3 * i, 3 * i + 3);
    else stored[i] = value;
  }
  const elements: DicomElement[] = [
    us(0x00280002, samples), // SamplesPerPixel
    { tag: 0x00280004, vr: "CS", value: photometric }, // PhotometricInterpretation
    us(0x00280010, height), // Rows
    us(0x00280011, width), // Columns
    us(0x00280100, allocated), // BitsAllocated
    us(0x00280101, bits), // BitsStored
    us(0x00280102, bits - 1), // HighBit
    us(0x00280103, 0), // PixelRepresentation
    { tag: 0x7fe00010, vr: allocated === 8 ? "OB" : "OW", value: stored }, // PixelData
  ];
  if (colour) elements.push(us(0x00280006, 0)); // PlanarConfiguration
  if (voi === "window" && !colour) {
    elements.push(
      { tag: 0x00281050, vr: "DS", value: numberText((top * (low + high)) / 2) }, // WindowCenter
      { tag: 0x00281051, vr: "DS", value: numberText(top * (high - low)) }, // WindowWidth
    );
  }
  if (voi === "lut" && !colour) {
    // as many entries as there are values, or the first ones would be shown as the last
    const count = top + 1 > 65_535 ? 0 : top + 1;
    const lut = new Uint16Array(count === 0 ? 65_536 : count);
    for (let i = 0; i < lut.length; i++) lut[i] = Math.round(65_535 * clamp(i / top) ** (1 / bend));
    elements.push({
      tag: 0x00283010, // VOILUTSequence
      vr: "SQ",
      value: [
        [
          { tag: 0x00283002, vr: "US", value: [count, 0, 16] }, // LUTDescriptor
          { tag: 0x00283003, vr: "LO", value: "Straightens the raw curve" }, // LUTExplanation
          { tag: 0x00283006, vr: "OW", value: lut }, // LUTData
        ],
      ],
    });
  }
  return elements;
};

/** A shutter over what the blades covered (PS3.3 C.7.6.11); vertices as row and column pairs, counted from 1. */
export const shutterElements = (
  corners: readonly (readonly [x: number, y: number])[],
  shape: "RECTANGULAR" | "POLYGONAL",
): DicomElement[] => {
  const elements: DicomElement[] = [{ tag: 0x00181600, vr: "CS", value: shape }]; // ShutterShape
  const is = (tag: number, value: number): void => {
    elements.push({ tag, vr: "IS", value: String(Math.max(1, Math.round(value))) });
  };
  if (shape === "RECTANGULAR") {
    is(0x00181602, Math.min(...corners.map(([x]) => x)) + 1); // ShutterLeftVerticalEdge
    is(0x00181604, Math.max(...corners.map(([x]) => x))); // ShutterRightVerticalEdge
    is(0x00181606, Math.min(...corners.map(([, y]) => y)) + 1); // ShutterUpperHorizontalEdge
    is(0x00181608, Math.max(...corners.map(([, y]) => y))); // ShutterLowerHorizontalEdge
  } else {
    const vertices = corners.flatMap(([x, y]) => [y + 1, x + 1].map((value) => String(Math.max(1, Math.round(value)))));
    elements.push({ tag: 0x00181620, vr: "IS", value: vertices }); // VerticesOfThePolygonalShutter
  }
  return elements;
};
