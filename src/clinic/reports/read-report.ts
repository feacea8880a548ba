/**
 * Reads a report: sections, sentences, words, and from them the fields, each with the sentence it came from. The work is
 * linear in the text, since every sentence is cut at a fixed length; the same text always gives the same fields.
 */

import { detectLanguage } from "./detect-language.ts";
import { diagnosesIn } from "./diagnoses-in.ts";
import { type MarkedSentence, markSentence } from "./mark-sentence.ts";
import { occurrenceIn } from "./occurrence-in.ts";
import { placesIn } from "./places-in.ts";
import type { Evidence, ReportFields, ReportKind, ReportLanguage, Stated, TherapyPhase } from "./report-fields.ts";
import { kindOfReport } from "./report-kind.ts";
import { splitSections } from "./sections.ts";
import { splitSentences } from "./sentences.ts";
import { sizesIn } from "./size-in.ts";
import { therapiesIn } from "./therapy-phase.ts";
import type { Therapy } from "./word-table.ts";

/** Raised with every change of what is read: reports that an earlier version read are read again when they are imported. */
export const reportReaderVersion = 2;

/** What is known of a report besides its text. */
export interface ReportHints {
  readonly kind?: ReportKind;
  readonly language?: ReportLanguage;
}

/**
 * The fields of a report. What the text does not say is absent; no text is too broken to be read.
 *
 * @example
 * readReport("V. a. Enchondrom im distalen Femur rechts, 3,2 cm.").sizeMm?.value; // [32]
 */
export const readReport = (text: string, hints: ReportHints = {}): ReportFields => {
  const language = hints.language ?? detectLanguage(text);
  const kind = hints.kind ?? kindOfReport(text);
  const sentences = markReport(text, language);
  const places = placesIn(sentences);
  const occurrence = occurrenceIn(sentences);
  const size = bestSize(sentences);
  const therapies = bestPhases(sentences);
  const surgery = therapies.surgery;
  return {
    language,
    ...(kind === undefined ? {} : { kind }),
    ...(surgery
      ? { surgery: stated(surgery.value === "before" ? "preoperative" : "postoperative", surgery.sentence) }
      : {}),
    ...(therapies.chemotherapy
      ? { chemotherapy: stated(therapies.chemotherapy.value, therapies.chemotherapy.sentence) }
      : {}),
    ...(therapies.radiotherapy
      ? { radiotherapy: stated(therapies.radiotherapy.value, therapies.radiotherapy.sentence) }
      : {}),
    ...(occurrence ? { occurrence: stated(occurrence.value, occurrence.sentence) } : {}),
    ...(size ? { sizeMm: stated(size.sizeMm, size.sentence) } : {}),
    ...(places.site ? { site: stated(places.site.value, places.site.sentence) } : {}),
    ...(places.side ? { side: stated(places.side.value, places.side.sentence) } : {}),
    ...(places.position ? { position: stated(places.position.value, places.position.sentence) } : {}),
    diagnoses: diagnosesIn(sentences).map(({ value, sentence }) => stated(value, sentence)),
  };
};

/** The sentences of a report with their marks, in order. */
export const markReport = (text: string, language: ReportLanguage): readonly MarkedSentence[] =>
  splitSections(text).flatMap((section) =>
    splitSentences(text, section).map((span) =>
      markSentence(text, {
        ...span,
        section: section.kind,
        language: detectLanguage(text.slice(span.start, span.end), language),
      }),
    ),
  );

const stated = <T>(value: T, { text, start, end }: MarkedSentence): Stated<T> => {
  const evidence: Evidence = { sentence: text, start, end };
  return { value, evidence };
};

const bestSize = (
  sentences: readonly MarkedSentence[],
): { sizeMm: readonly number[]; sentence: MarkedSentence } | undefined => {
  let best: { sizeMm: readonly number[]; sentence: MarkedSentence; weight: number } | undefined;
  for (const sentence of sentences) {
    if (sentence.section === "other" || sentence.section === "comparison" || sentence.section === "technique") continue;
    const bonus = sentence.section === "findings" || sentence.section === "impression" ? 0.6 : 0;
    for (const { sizeMm, weight } of sizesIn(sentence)) {
      if (weight < 0) continue;
      const total = weight + bonus;
      if (!best || total > best.weight) best = { sizeMm, sentence, weight: total };
    }
  }
  return best;
};

type Phase = { readonly value: TherapyPhase; readonly sentence: MarkedSentence };

/** What has happened outweighs what is to come, and what is going on outweighs both. */
const order: readonly TherapyPhase[] = ["before", "after", "during"];

const bestPhases = (sentences: readonly MarkedSentence[]): Partial<Record<Therapy, Phase>> => {
  const best: Partial<Record<Therapy, Phase>> = {};
  for (const sentence of sentences) {
    if (sentence.section === "other") continue;
    for (const { therapy, phase } of therapiesIn(sentence)) {
      const known = best[therapy];
      if (known && order.indexOf(known.value) >= order.indexOf(phase)) continue;
      best[therapy] = { value: phase, sentence };
    }
  }
  return best;
};
