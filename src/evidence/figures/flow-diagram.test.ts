import { expect, test } from "vitest";
import { flowDiagram } from "./flow-diagram.ts";

const svg = flowDiagram("Cohort <1>", [
  { remaining: ["Screened", "886 patients"] },
  {
    excluded: [
      "No pre-operative radiograph (n = 44)",
      "Lost to follow-up of the centre & of every practice that was asked (n = 31)",
    ],
    remaining: ["Included", "809 patients"],
  },
  { remaining: ["Analysed"] },
]);

/** The boxes that hold lines, not the page behind them. */
const boxes = [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map((found) => {
  const [x, y, width, height] = found.slice(1).map(Number) as [number, number, number, number];
  return { x, y, width, height };
});

test("every line is in the figure, safe and broken to fit", () => {
  for (const text of ["Cohort &lt;1&gt;", "886 patients", "No pre-operative radiograph (n = 44)", "&amp; of"]) {
    expect(svg).toContain(text);
  }
  expect(svg).not.toContain("<1>");
  for (const [, line] of svg.matchAll(/<text[^>]*>([^<]*)</g)) expect(line!.length).toBeLessThan(46);
});

test("boxes do not overlap, and what is left stands below what was", () => {
  expect(boxes).toHaveLength(4);
  const left = Math.min(...boxes.map(({ x }) => x));
  const middle = boxes.filter(({ x }) => x === left);
  expect(middle).toHaveLength(3);
  for (let i = 1; i < middle.length; i++) {
    expect(middle[i]!.y).toBeGreaterThan(middle[i - 1]!.y + middle[i - 1]!.height);
  }
  const [side] = boxes.filter(({ x }) => x !== left);
  expect(side!.x).toBeGreaterThan(left + middle[0]!.width);
  expect(side!.y).toBeGreaterThan(middle[0]!.y + middle[0]!.height);
  expect(side!.y + side!.height).toBeLessThan(middle[1]!.y);
});

test("a heading that is broken is bold to its end, and its counts are not", () => {
  const heading = "Primary bone tumours of ten entities that were verified by histopathology or by the tumour board";
  const drawn = flowDiagram("Cohort", [{ remaining: [heading, "809 patients"] }]);
  const weights = [...drawn.matchAll(/<text[^>]*?( font-weight="600")?>([^<]*)</g)].map(([, bold, line]) => [
    line,
    !!bold,
  ]);
  expect(weights.length).toBeGreaterThan(2);
  expect(weights.filter(([, bold]) => !bold)).toEqual([["809 patients", false]]);
});
