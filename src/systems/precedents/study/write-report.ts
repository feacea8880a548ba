/** The report of a study as artefacts of its run: the tables and figures 5 and 6 in one page, and each figure by itself. */

import { encodeGreyPng } from "../../../imaging/grey-png.ts";
import type { GreyDataset } from "../../../learning/grey-dataset.ts";
import { Random } from "../../../numeric/random.ts";
import type { Home } from "../../../store/index.ts";
import { type ExamplePicture, type ExampleRow, exampleFigure } from "./example-figure.ts";
import { bestK } from "./published-figures.ts";
import { reportPage } from "./report-page.ts";
import type { StudyReport } from "./run-study.ts";
import type { TestedQuery } from "./study-items.ts";
import type { StudyPlan } from "./study-plan.ts";
import type { StudyItem } from "./study-split.ts";
import { studyTables } from "./study-tables.ts";

/** The page with everything. */
export const reportName = "report.html";
/** Figures are numbered as in the publication. */
const firstFigure = 5;
const rowsOfFigure = 4;

/** What figures are drawn from. */
export interface ReportSources {
  readonly plan: Pick<StudyPlan, "figures" | "seed">;
  readonly items: readonly StudyItem[];
  readonly tested: readonly TestedQuery[];
  /** Of the crop that is reported in full. */
  readonly pictures: GreyDataset;
}

export const writeReport = async (
  { files }: Pick<Home, "files">,
  report: StudyReport,
  sources: ReportSources,
): Promise<void> => {
  const labels = sources.plan.figures ?? report.description.labels.slice(0, 2).map(({ label }) => label);
  const figures: string[] = [];
  for (const [i, label] of labels.entries()) {
    const figure = await figureOf(label, { ...sources, number: firstFigure + i });
    await files.writeArtefact(report.run, `figure-${firstFigure + i}.svg`, figure);
    figures.push(figure);
  }
  await files.writeArtefact(report.run, reportName, reportPage(report, studyTables(report), figures));
};

/**
 * Rows as published: targets of the label all of whose neighbours have it too, drawn at random; where there are fewer, others as they
 * come. How many of how many there are is said, so that nobody takes the chosen for the usual.
 */
const figureOf = async (
  label: string,
  { tested, pictures, items, plan, number }: ReportSources & { readonly number: number },
): Promise<string> => {
  const first = new Map(tested.filter((query) => query.label === label).map((query) => [query.position, query]));
  const queries = [...first.values()];
  const neighboursOf = (query: TestedQuery) => query.neighbours["hashed patients"].slice(0, bestK);
  const isMatched = (query: TestedQuery): boolean => neighboursOf(query).every((one) => one.label === label);
  const order = new Random(plan.seed, "figure", label).permutation(queries.length);
  const chosen = Array.from(order, (at) => queries[at]!)
    .toSorted((a, b) => Number(isMatched(b)) - Number(isMatched(a)))
    .slice(0, rowsOfFigure);
  const picture = async (position: number): Promise<ExamplePicture> => {
    const { size } = pictures;
    const pixels = new Float32Array(size * size);
    pictures.read(position, pixels);
    const png = await encodeGreyPng({ width: size, height: size, pixels });
    return {
      source: `data:image/png;base64,${Buffer.from(png).toString("base64")}`,
      label: items[position]!.label,
    };
  };
  const rows: ExampleRow[] = [];
  for (const query of chosen)
    rows.push({
      target: await picture(query.position),
      neighbours: await Promise.all(neighboursOf(query).map(({ position }) => picture(position))),
    });
  const matched = queries.filter(isMatched).length;
  const note = `Of ${queries.length} tested, ${matched} have only neighbours of their label; ${matched >= rowsOfFigure ? "four of those" : "those first, then others"}, drawn at random.`;
  return exampleFigure(`Figure ${number}. ${label}: targets and their nearest patients`, note, rows);
};
