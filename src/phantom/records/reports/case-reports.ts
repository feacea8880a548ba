/** The reports of one case: what radiologists, pathologists and tumour boards wrote of it, and what each text says. */
import type { CaseRecord } from "../../../clinic/records.ts";
import type { ReportKind, ReportLanguage } from "../../../clinic/reports/report-fields.ts";
import { entityTerm, entityTerms } from "../../../clinic/vocabulary/entities.ts";
import type { Random } from "../../../numeric/random.ts";
import { addDays } from "../days.ts";
import { englishReports } from "./english-patterns.ts";
import { type FilledSentence, fillSentence } from "./fill-sentence.ts";
import { germanReports } from "./german-patterns.ts";
import type { PlainReportFields, ReportFacts, Slot } from "./report-facts.ts";

/** A report with the truth of what it says. */
export interface PhantomReport {
  readonly report: string;
  readonly patient: string;
  readonly case: string;
  /** yyyy-mm-dd. */
  readonly date: string;
  readonly kind: ReportKind;
  readonly text: string;
  readonly fields: PlainReportFields;
}

/** Diseases of the past that do not bear on the tumour. */
const pastDiseases = ["Breast carcinoma", "Prostate carcinoma", "Hodgkin lymphoma", "Renal cell carcinoma", "Lipoma"];

const phaseOn = (date: string, of: { readonly startDate?: string; readonly endDate?: string } | undefined) => {
  if (of?.startDate === undefined) return undefined;
  if (date < of.startDate) return "before" as const;
  return of.endDate !== undefined && date <= of.endDate ? ("during" as const) : ("after" as const);
};

const sizesOf = (largest: number | undefined, random: Random): number[] | undefined => {
  if (largest === undefined) return undefined;
  const sizes = [largest];
  const count = random.pick([1, 2, 3], [4, 2, 3]);
  while (sizes.length < count) sizes.push(Math.max(3, Math.round(sizes.at(-1)! * random.uniform(0.5, 0.95))));
  return sizes;
};

const factsOn = (date: string, one: CaseRecord, random: Random): ReportFacts => {
  const entity = (one.final ?? one.preliminary)?.entity;
  const of = (kind: string) => one.treatments.find((treatment) => treatment.kind === kind);
  const surgery = of("surgery")?.startDate;
  const tissue = entity === undefined ? "bone" : entityTerm(entity)!.tissue;
  const others = entityTerms.filter(
    (term) => term.tissue === tissue && term.name !== entity && !pastDiseases.includes(term.name),
  );
  const chemotherapy = phaseOn(date, of("chemotherapy"));
  const radiotherapy = phaseOn(date, of("radiotherapy"));
  const sizeMm = sizesOf(one.tumourSizeMm, random);
  return {
    ...(entity ? { entity } : {}),
    other: random.pick(others).name,
    history: random.pick(pastDiseases.filter((name) => name !== entity)),
    ...(one.site ? { site: one.site } : {}),
    ...(one.side ? { side: one.side } : {}),
    ...(one.position ? { position: one.position } : {}),
    ...(sizeMm ? { sizeMm } : {}),
    occurrence: one.occurrence ?? "primary",
    surgery: surgery === undefined || date < surgery ? "preoperative" : "postoperative",
    ...(chemotherapy ? { chemotherapy } : {}),
    ...(radiotherapy ? { radiotherapy } : {}),
    year: Number(date.slice(0, 4)),
  };
};

const fillSlot = (
  slot: Slot,
  of: { readonly facts: ReportFacts; readonly language: ReportLanguage },
  random: Random,
): FilledSentence | undefined => {
  if (!random.chance(slot.chance ?? 1)) return undefined;
  for (const i of random.permutation(slot.patterns.length)) {
    const filled = fillSentence(slot.patterns[i]!, of, random);
    if (filled) return filled;
  }
  return undefined;
};

type Body = Omit<PlainReportFields, "language" | "kind">;

/** What the sentences say together: of two words on one field the first counts, and none contradicts another. */
const together = (sentences: readonly FilledSentence[]): Body => {
  const merged: Body = Object.assign({ diagnoses: [] }, ...sentences.map(({ says }) => says).toReversed());
  const diagnoses = new Map(
    sentences.flatMap(({ says }) => says.diagnoses).map((one) => [`${one.entity} ${one.certainty} ${one.past}`, one]),
  );
  return { ...merged, diagnoses: [...diagnoses.values()] };
};

const writeReport = (
  kind: ReportKind,
  of: { readonly facts: ReportFacts; readonly language: ReportLanguage },
  random: Random,
): { readonly text: string; readonly fields: PlainReportFields } => {
  const slots = (of.language === "de" ? germanReports : englishReports)[kind];
  const lines: string[] = [];
  const sentences: FilledSentence[] = [];
  let paragraph: string[] = [];
  const end = (): void => {
    if (paragraph.length > 0) lines.push(paragraph.join(" "));
    paragraph = [];
  };
  for (const [i, slot] of slots.entries()) {
    const filled = fillSlot(slot, of, random);
    const repeats = filled && sentences.some(({ text }) => text === filled.text);
    const contradicts = filled && sentences.some(({ says }) => contradict(says, filled.says));
    if (i === 0) {
      // the title says what kind of report it is, whatever follows
      lines.push(random.pick(slot.heading!));
    } else if (slot.heading && filled && !repeats && !contradicts) {
      end();
      paragraph.push(random.pick(slot.heading));
    }
    if (!filled || repeats || contradicts) continue;
    sentences.push(filled);
    paragraph.push(filled.text);
  }
  end();
  return { text: `${lines.join("\n")}\n`, fields: { language: of.language, kind, ...together(sentences) } };
};

/** Two sentences that cannot stand in one report. */
const contradict = (a: Body, b: Body): boolean =>
  (a.sizeMm !== undefined && b.sizeMm !== undefined) ||
  a.diagnoses.some((one) => b.diagnoses.some((two) => one.entity === two.entity && one.certainty !== two.certainty));

/** One to four reports of a case: at the first picture, after the biopsy, from the board, and in the course. */
export const caseReports = (one: CaseRecord, random: Random): PhantomReport[] => {
  const diagnosed = one.final?.date ?? one.preliminary?.date;
  if (diagnosed === undefined) return [];
  const surgery = one.treatments.find(({ kind }) => kind === "surgery")?.startDate;
  const chemotherapy = one.treatments.find(({ kind }) => kind === "chemotherapy")?.startDate;
  const visit = one.followUps[0]?.date;
  const planned: [ReportKind, string][] = [["radiology", addDays(diagnosed, -random.integer(10))]];
  if (one.final?.confirmation === "histopathology" && random.chance(0.6)) planned.push(["pathology", diagnosed]);
  if (random.chance(0.3)) planned.push(["tumour board", addDays(diagnosed, 1)]);
  if (surgery && random.chance(0.25)) planned.push(["pathology", addDays(surgery, 5)]);
  if (chemotherapy && random.chance(0.4)) planned.push(["radiology", addDays(chemotherapy, 30)]);
  if (visit && random.chance(0.35)) planned.push(["radiology", visit]);
  return planned.slice(0, 4).map(([kind, date], i) => {
    const language = random.chance(2 / 3) ? "de" : "en";
    const facts = factsOn(date, one, random);
    const report = `R${one.case.slice(1)}-${i + 1}`;
    return {
      report,
      patient: one.patient,
      case: one.case,
      date,
      kind,
      ...writeReport(kind, { facts, language }, random),
    };
  });
};
