/**
 * FracAtlas, 4,083 radiographs with and without fractures (Abedeen et al., Scientific Data 2023, 10.1038/s41597-023-02432-4):
 * `dataset.csv` with a column per region, finding and view. It names no patients: every picture stands for one.
 */
import type { LabelsProblem, LabelsRow } from "../labels-table.ts";
import { imageKey } from "../labels-table.ts";
import type { Annotation } from "./annotation.ts";
import type { PublicLabels } from "./btxrd.ts";
import { parseOneHotTable } from "./one-hot-table.ts";

const regions: Readonly<Record<string, string>> = { hand: "Hand", leg: "Lower leg", hip: "Hip", shoulder: "Shoulder" };
const views = ["frontal", "lateral", "oblique"] as const;

/** Whether a table's header is FracAtlas's. */
export const isFracAtlasHeader = (header: string): boolean =>
  ["image_id", "fractured", "hardware", "multiscan"].every((name) => header.toLowerCase().includes(name));

/** Reads `dataset.csv`; where a picture shows several regions, which is left open. */
export const parseFracAtlas = (content: string): PublicLabels => {
  const rows = new Map<string, LabelsRow>();
  const problems: LabelsProblem[] = [];
  const byImage = new Map<string, readonly Annotation[]>();
  for (const row of parseOneHotTable(content, ["image_id", "fractured"])) {
    const { line } = row;
    const key = imageKey(row.image);
    if (key === "" || rows.has(key)) {
      const code = key === "" ? "no-image" : "repeated-image";
      problems.push({ code, line, detail: "The row names no picture of its own; it was left out." });
      continue;
    }
    const shown = row.ones(Object.keys(regions));
    const label = row.ones(["fractured"]).length > 0 ? "fractured" : "not fractured";
    const region = shown.length === 1 ? { region: regions[shown[0]!]! } : {};
    rows.set(key, { line, facts: { label, ...region, origin: "external" } });
    byImage.set(
      key,
      row.ones(views).map((view) => ({ kind: "view", label: view as (typeof views)[number] })),
    );
  }
  return { labels: { rows, problems }, views: byImage };
};
