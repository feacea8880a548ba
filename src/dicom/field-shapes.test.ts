import { expect, test } from "vitest";
import { dicomFile, type Elements, greyElements } from "../../test/support/dicom-file.ts";
import { readDicomPicture } from "./read-dicom-picture.ts";

const shapesOf = async (more: Elements) => {
  const picture = { width: 8, height: 6, values: Array.from({ length: 48 }, (_, i) => i) };
  return (await readDicomPicture(dicomFile(greyElements(picture, more)))).attributes.fieldShapes;
};

test("a file without shutter and collimator has none", async () => {
  expect(await shapesOf([])).toBeUndefined();
});

test("rectangle, circle and polygon of a display shutter are read together, in pixels from the upper left corner", async () => {
  const shapes = await shapesOf([
    [0x00181600, "CS", "RECTANGULAR\\CIRCULAR\\POLYGONAL"],
    [0x00181602, "IS", "1"],
    [0x00181604, "IS", "8"],
    [0x00181606, "IS", "2"],
    [0x00181608, "IS", "6"],
    [0x00181610, "IS", "3\\5"], // row, then column
    [0x00181612, "IS", "2"],
    [0x00181620, "IS", "1\\1\\1\\8\\6\\4"], // row and column of each corner
  ]);
  expect(shapes).toEqual({
    shutters: [
      { shape: "rectangle", left: 1, top: 2, width: 6, height: 3 },
      { shape: "circle", centre: { x: 4.5, y: 2.5 }, radius: 2 },
      {
        shape: "polygon",
        points: [
          { x: 0.5, y: 0.5 },
          { x: 7.5, y: 0.5 },
          { x: 3.5, y: 5.5 },
        ],
      },
    ],
    collimators: [],
  });
});

test("a bitmap shutter names its overlay; the collimator is told apart from the shutter", async () => {
  const shapes = await shapesOf([
    [0x00181600, "CS", "BITMAP"],
    [0x00181623, "US", [0x6000]],
    [0x00181700, "CS", "CIRCULAR"],
    [0x00181710, "IS", "3\\4"],
    [0x00181712, "IS", "3"],
  ]);
  expect(shapes).toEqual({
    shutters: [],
    shutterOverlayGroup: 0x6000,
    collimators: [{ shape: "circle", centre: { x: 3.5, y: 2.5 }, radius: 3 }],
  });
});

test("what is incomplete or impossible is left out, and costs nothing else", async () => {
  const more: Elements = [
    [0x00181600, "CS", "RECTANGULAR\\CIRCULAR\\POLYGONAL\\OVAL"],
    [0x00181602, "IS", "5"],
    [0x00181604, "IS", "3"],
    [0x00181606, "IS", "x"],
    [0x00181610, "IS", "3"],
    [0x00181620, "IS", "1\\1"],
  ];
  expect(await shapesOf(more)).toBeUndefined();
});
