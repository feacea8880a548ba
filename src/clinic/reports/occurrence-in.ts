/** Whether a report speaks of a first tumour or of one that has come back. */

import { certaintyOf } from "./certainty-of.ts";
import type { MarkedSentence } from "./mark-sentence.ts";

/** The statement and its sentence. */
export interface FoundOccurrence {
  readonly value: "primary" | "recurrent";
  readonly sentence: MarkedSentence;
}

/** The best statement; a recurrence outweighs the words about the first tumour that stand beside it. */
export const occurrenceIn = (sentences: readonly MarkedSentence[]): FoundOccurrence | undefined => {
  let recurrent: { sentence: MarkedSentence; weight: number } | undefined;
  let primary: { sentence: MarkedSentence; weight: number } | undefined;
  let denied = false;
  for (const sentence of sentences) {
    if (sentence.section === "other") continue;
    const weight = sentence.section === "impression" ? 3 : sentence.section === "findings" ? 2 : 1;
    sentence.marks.forEach((mark, index) => {
      const { topics, turn } = mark;
      if (topics.has("neutral")) return;
      if (topics.has("recurrence") || turn === "recurrence") {
        const { certainty, asked, foreign, past, explicit } = certaintyOf(sentence, index);
        if (foreign) return;
        if (certainty === "excluded") {
          denied ||= weight > 1;
          return;
        }
        if (asked || sentence.section === "question" || (sentence.section === "plan" && !explicit)) return;
        const value = weight + (past ? 2 : 0);
        if (!recurrent || value > recurrent.weight) recurrent = { sentence, weight: value };
      } else if (topics.has("primary") && isAboutTumour(sentence, index)) {
        const { certainty, asked, foreign } = certaintyOf(sentence, index);
        if (foreign || asked || certainty === "excluded") return;
        if (!primary || weight > primary.weight) primary = { sentence, weight };
      }
    });
  }
  if (recurrent && !(denied && recurrent.weight <= 1)) return { value: "recurrent", sentence: recurrent.sentence };
  return primary && { value: "primary", sentence: primary.sentence };
};

/** "primär operative Therapie" and "unbekannter Primärtumor" say nothing of the occurrence; "primäres Osteosarkom" does. */
const isAboutTumour = ({ tokens, marks, markOf }: MarkedSentence, index: number): boolean => {
  const mark = marks[index]!;
  const around = tokens.slice(Math.max(0, mark.from - 3), mark.to + 3);
  if (around.some(({ text }) => /^(?:unbekannt|unknown|kup|unklare|okult|oku?lt)/.test(text))) return false;
  const word = tokens[mark.from]!.text;
  if (!/^prim(?:er|ary)/.test(word) || /^primer(?:tumor|lesion|manifest|diagnos)/.test(word)) return true;
  if (mark.entity !== undefined) return true;
  for (let i = mark.to; i < Math.min(tokens.length, mark.to + 4); i++) {
    const other = markOf[i];
    if (other && (other.entity !== undefined || other.topics.has("lesion"))) return true;
    // The comma right behind it is one between adjectives: "primary, untreated sarcoma".
    if (/^[;:]$/.test(tokens[i]!.text) || (tokens[i]!.text === "," && i > mark.to)) return false;
  }
  return false;
};
