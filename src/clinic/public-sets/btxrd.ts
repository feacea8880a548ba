/**
 * BTXRD, 3,746 radiographs of bone tumours and normal bones from three centres (Yao et al., Scientific Data 2025,
 * 10.1038/s41597-024-04311-y): `dataset.csv` with a column per bone, joint, tumour and view. It names no patients: every
 * picture stands for one.
 */
import type { LabelFacts, LabelsProblem, LabelsRow, LabelsTable } from "../labels-table.ts";
import { imageKey } from "../labels-table.ts";
import { readAge } from "../tables/read-number.ts";
import { sexWords } from "../vocabulary/clinical-words.ts";
import { findEntity } from "../vocabulary/find-entity.ts";
import { wordFinder } from "../vocabulary/find-word.ts";
import type { Annotation } from "./annotation.ts";
import { type OneHotRow, parseOneHotTable } from "./one-hot-table.ts";

/** The bones, by the vocabulary's sites and the regions that show them. */
const bones: Readonly<Record<string, readonly [site: string, region: string]>> = {
  hand: ["hand", "Hand"],
  ulna: ["ulna", "Forearm"],
  radius: ["radius", "Forearm"],
  humerus: ["humerus", "Humerus"],
  foot: ["foot", "Foot"],
  tibia: ["tibia", "Lower leg"],
  fibula: ["fibula", "Lower leg"],
  femur: ["femur", "Femur"],
  "hip bone": ["pelvis", "Pelvis"],
};
const joints: Readonly<Record<string, string>> = {
  "ankle-joint": "Ankle",
  "knee-joint": "Knee",
  "hip-joint": "Hip",
  "wrist-joint": "Wrist",
  "elbow-joint": "Elbow",
  "shoulder-joint": "Shoulder",
};
const tumours = [
  "osteochondroma",
  "multiple osteochondromas",
  "simple bone cyst",
  "giant cell tumor",
  "osteofibroma",
  "synovial osteochondroma",
  "osteosarcoma",
];
/** Other benign and other malignant tumours, of which the set does not say which. */
const otherTumours = ["other bt", "other mt"];
const views = ["frontal", "lateral", "oblique"] as const;

/** What the labels of a public set say. */
export interface PublicLabels {
  readonly labels: LabelsTable;
  readonly views: ReadonlyMap<string, readonly Annotation[]>;
}

/** Whether a table's header is BTXRD's. */
export const isBtxrdHeader = (header: string): boolean =>
  ["image_id", "tumor", "osteochondroma", "osteofibroma", "other mt"].every((name) =>
    header.toLowerCase().includes(name),
  );

const findSex = wordFinder(sexWords);

/** Reads `dataset.csv`. A row that says two things at once leaves what it says open, and is told. */
export const parseBtxrd = (content: string): PublicLabels => {
  const rows = new Map<string, LabelsRow>();
  const problems: LabelsProblem[] = [];
  const byImage = new Map<string, readonly Annotation[]>();
  for (const row of parseOneHotTable(content, ["image_id", "tumor", "osteochondroma"])) {
    const { line } = row;
    const key = imageKey(row.image);
    if (key === "") {
      problems.push({ code: "no-image", line, detail: "The row names no picture; it was left out." });
      continue;
    }
    if (rows.has(key)) {
      problems.push({
        code: "repeated-image",
        line,
        detail: "Another row names the same picture; this one was left out.",
      });
      continue;
    }
    const note = (detail: string): void => void problems.push({ code: "contradiction", line, detail });
    rows.set(key, { line, facts: factsOf(row, note, problems) });
    byImage.set(
      key,
      row.ones(views).map((label) => ({ kind: "view", label: label as (typeof views)[number] })),
    );
  }
  return { labels: { rows, problems }, views: byImage };
};

const factsOf = (row: OneHotRow, note: (detail: string) => void, problems: LabelsProblem[]): LabelFacts => {
  const kinds = row.ones(["benign", "malignant"]);
  const isTumour = row.ones(["tumor"]).length > 0;
  const named = row.ones(tumours);
  const classes = [...named, ...row.ones(otherTumours)];
  if (kinds.length > 1) note("The row says both benign and malignant; which was left open.");
  if (classes.length > 1) note("The row names several tumours; which was left open.");
  if (!isTumour && (classes.length > 0 || kinds.length > 0))
    note("The row names a tumour and says that there is none.");
  const label = !isTumour && classes.length === 0 ? "normal" : kinds.length === 1 ? kinds[0] : undefined;
  const entity = classes.length === 1 && named.length === 1 ? findEntity(named[0]!)?.term.name : undefined;
  const shown = row.ones(Object.keys(bones));
  const [joint] = row.ones(Object.keys(joints));
  const regions = new Set(joint === undefined ? shown.map((bone) => bones[bone]![1]) : [joints[joint]!]);
  const sex = findSex(row.text("gender"))?.value;
  const age = row.text("age");
  const { value: ageYears } = age === "" ? {} : readAge(age);
  if (age !== "" && ageYears === undefined) {
    problems.push({ code: "bad-age", line: row.line, detail: "The age is no number of years; it was left out." });
  }
  return {
    ...(label !== undefined && { label }),
    ...(entity !== undefined && { entity }),
    ...(regions.size === 1 && { region: [...regions][0]! }),
    // Several bones on one picture do not tell in which the tumour sits.
    ...(shown.length === 1 && { site: bones[shown[0]!]![0] }),
    ...(sex !== undefined && { sex }),
    ...(ageYears !== undefined && { ageYears }),
    origin: "external",
  };
};
