/** The diagnoses that a report names, each once, with the certainty that the report ends on. */

import { certaintyOf, type Judgement } from "./certainty-of.ts";
import type { MarkedSentence } from "./mark-sentence.ts";
import type { Certainty, StatedDiagnosis } from "./report-fields.ts";
import type { SectionKind } from "./sections.ts";

/** A diagnosis and the sentence that decided on its certainty. */
export interface FoundDiagnosis {
  readonly value: StatedDiagnosis;
  readonly sentence: MarkedSentence;
}

interface Mention extends Judgement {
  readonly sentence: MarkedSentence;
}

/** What a section's word weighs: the impression's is the last. */
const rank: Readonly<Record<SectionKind, number>> = {
  other: -1,
  comparison: 0,
  technique: 0,
  question: 1,
  clinical: 1,
  title: 1,
  plan: 1,
  findings: 2,
  impression: 3,
};
const strength: Readonly<Record<Certainty, number>> = { confirmed: 3, excluded: 2, suspected: 1, differential: 0 };

/** The diagnoses in the order in which the report first names them. */
export const diagnosesIn = (sentences: readonly MarkedSentence[]): FoundDiagnosis[] => {
  const mentions = new Map<string, Mention[]>();
  for (const sentence of sentences) {
    if (sentence.section === "other") continue;
    sentence.marks.forEach((mark, index) => {
      if (mark.entity === undefined || mark.topics.has("neutral")) return;
      const judgement = certaintyOf(sentence, index);
      if (judgement.foreign) return;
      const list = mentions.get(mark.entity) ?? [];
      mentions.set(mark.entity, list);
      list.push({ sentence, ...inItsSection(ofItsRecurrence(judgement, sentence, index), sentence) });
    });
  }
  return [...mentions].map(([entity, list]) => {
    const { certainty, sentence, past } = decide(list);
    return { value: { entity, certainty, ...(past ? { past: true as const } : {}) }, sentence };
  });
};

/** "Kein Osteosarkomrezidiv", "no recurrent enchondroma": the recurrence is denied, and the tumour was there. */
const ofItsRecurrence = (judgement: Judgement, { marks }: MarkedSentence, index: number): Judgement => {
  const mark = marks[index]!;
  const before = marks[index - 1];
  const isRecurrence = mark.turn === "recurrence" || (before?.topics.has("recurrence") && before.to === mark.from);
  if (!isRecurrence || judgement.certainty !== "excluded") return judgement;
  return { ...judgement, certainty: "confirmed", explicit: false, past: true };
};

/** A name alone under "Fragestellung" is asked. */
const inItsSection = (judgement: Judgement, { section }: MarkedSentence): Judgement =>
  section === "question" && !judgement.explicit && !judgement.past
    ? { ...judgement, certainty: "suspected", explicit: true, asked: true }
    : judgement;

const decide = (mentions: readonly Mention[]): Mention => {
  // What was proven stays proven, wherever it is said.
  const proven = mentions.find(({ certainty, explicit }) => certainty === "confirmed" && explicit);
  const weight = ({ sentence, certainty, explicit, asked }: Mention): number =>
    (asked ? 0 : 100 * rank[sentence.section]) + (explicit ? 10 : 0) + strength[certainty];
  let best = mentions[0]!;
  for (const mention of mentions) if (weight(mention) > weight(best)) best = mention;
  if (proven && best.certainty !== "excluded") return proven;
  return best;
};
