import { expect, test } from "vitest";
import type { LinkNeighbour, LinkResult } from "../systems/precedents/index.ts";
import { linkTexts } from "./link-text.ts";

const neighbour = (rank: number, label: string | null): LinkNeighbour => ({
  rank,
  patient: `P${rank}`,
  image: `${rank}.png`,
  distance: 0.25,
  closerThan: null,
  label,
  others: [],
  cases: [],
  reports: [],
});

const result: LinkResult = {
  image: "query.png",
  k: 5,
  neighbours: ["A", "A", "B", "A", "B"].map((label, i) => neighbour(i + 1, label)),
  vote: { label: "A", share: 0.6, tie: false },
  known: true,
  ms: 1,
};

test("counts the neighbours of the winning label", () => {
  expect(linkTexts()(result).split("\n").slice(0, 2)).toEqual([
    "query.png: A (3 of 5 neighbours)",
    "  1. A  distance 0.250  patient P1  1.png",
  ]);
});

test("says how many were asked for only where fewer are there", () => {
  const fewer = { ...result, neighbours: result.neighbours.slice(0, 3) };
  expect(linkTexts()(fewer)).toContain("query.png: A (2 of 3 neighbours); 5 were asked for\n");
});

test("says what cannot be ruled out and by whom, who counted, and who did not", () => {
  const prediction = {
    coverage: 0.9,
    byLabel: false,
    labels: [
      { label: "A", support: 0.7 },
      { label: "B", support: 0.3 },
    ],
    among: 3,
    patients: 40,
    measured: { share: 0.999, interval: [0.9, 1], meanLabels: 1.5 },
    apart: [],
  } as const;
  const references = { before: "2022-01-02", final: true, leftOut: { open: 2, later: 3 } };
  const past = { basis: "evaluation", patients: 40 } as const;
  const text = linkTexts()({ ...result, prediction, predictionProblem: null, references, past });
  expect(text).toContain(
    "Cannot be ruled out, with 90 % coverage: A, B (by 40 past patients of an evaluation, for 99 % of whom it held)",
  );
  expect(text).toContain(
    "Among patients with a final diagnosis, from before 2022-01-02; left out: 2 without one, 3 later",
  );
  expect(linkTexts()({ ...result, prediction: null, predictionProblem: "Nobody was held out." })).toContain(
    "  Nobody was held out.",
  );
});

test("tells of a neighbour what it had, how that was confirmed, what was done, how it went and what reports say", () => {
  const known: LinkNeighbour = {
    ...neighbour(1, "A"),
    closerThan: 0.98,
    others: ["1b.png", "1c.png"],
    cases: [
      {
        case: "C1",
        final: { entity: "A", confirmation: "histopathology", date: "2016-05" },
        treatments: [{ kind: "surgery", detail: "wide resection" }],
        followUps: [
          { months: 30, status: "no evidence of disease" },
          { months: 6, status: "stable disease" },
        ],
      },
    ],
    reports: [
      { kind: "pathology", date: "2016-05-12", sentences: ["An A.", "Margins free."] },
      { kind: null, date: null, sentences: [] },
    ],
  };
  expect(
    linkTexts()({ ...result, k: 1, neighbours: [known] })
      .split("\n")
      .slice(1),
  ).toEqual([
    "  1. A  distance 0.250, closer than 98 % of past links  patient P1  1.png and 2 more",
    "       A by histopathology 2016-05; wide resection; no evidence of disease after 30 months",
    "       pathology 2016-05-12: An A. … Margins free.",
  ]);
});

test("why no set can be told is said with the first link alone, and not beside a verdict that says it", () => {
  const textOf = linkTexts();
  const predictionProblem = "Nobody was held out.";
  expect(textOf({ ...result, predictionProblem })).toContain(predictionProblem);
  expect(textOf({ ...result, predictionProblem })).not.toContain(predictionProblem);
  expect(
    textOf({ ...result, known: false, reason: "Blank.", predictionProblem: "Blank." }).split("Blank."),
  ).toHaveLength(2);
});
