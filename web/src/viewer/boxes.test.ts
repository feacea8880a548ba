import { expect, test } from "vitest";
import { boxAround, boxBetween, isMeant, moveBox, resizeBox } from "./boxes.ts";

const picture = { width: 200, height: 100 };

test("a box is drawn from any corner to any other, on whole pixels and inside the picture", () => {
  expect(boxBetween({ x: 50.4, y: 80 }, { x: 10.2, y: 20.7 }, picture)).toEqual({
    x: 10,
    y: 21,
    width: 40,
    height: 59,
  });
  expect(boxBetween({ x: -30, y: -5 }, { x: 500, y: 500 }, picture)).toEqual({ x: 0, y: 0, ...picture });
});

test("a slip of the mouse is not meant, and still a box inside the picture", () => {
  const slip = boxBetween({ x: 199, y: 99 }, { x: 199.5, y: 99.2 }, picture);
  expect(isMeant(slip)).toBe(false);
  expect(slip.x + slip.width).toBeLessThanOrEqual(200);
  expect(slip.y + slip.height).toBeLessThanOrEqual(100);
  expect(isMeant({ x: 0, y: 0, width: 30, height: 30 })).toBe(true);
});

test("a moved box keeps its size and stops at the edge", () => {
  const box = { x: 10, y: 10, width: 40, height: 30 };
  expect(moveBox(box, { x: 5, y: -3 }, picture)).toEqual({ ...box, x: 15, y: 7 });
  expect(moveBox(box, { x: 1000, y: 1000 }, picture)).toEqual({ ...box, x: 160, y: 70 });
});

test("a handle moves its edges alone, never past the opposite ones", () => {
  const box = { x: 10, y: 10, width: 40, height: 30 };
  expect(resizeBox(box, { x: 6, y: 9 }, { ...picture, handle: { x: 1, y: 0 } })).toEqual({ ...box, width: 46 });
  const corner = resizeBox(box, { x: 100, y: 5 }, { ...picture, handle: { x: -1, y: -1 } });
  expect(corner).toEqual({ x: 46, y: 15, width: 4, height: 25 });
});

test("a first box lies around what is seen", () => {
  expect(boxAround({ x: 100, y: 50 }, { width: 120, height: 60 }, picture)).toEqual({
    x: 80,
    y: 40,
    width: 40,
    height: 20,
  });
});
