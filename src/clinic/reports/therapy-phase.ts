/** Where a patient stands in surgery, chemotherapy and radiotherapy, by each mention of them. */

import type { Cue } from "./cue-table.ts";
import type { Mark, MarkedSentence } from "./mark-sentence.ts";
import { marksAfter, marksBefore, reaches } from "./reach.ts";
import type { TherapyPhase } from "./report-fields.ts";
import type { Therapy } from "./word-table.ts";

/** A mention of a treatment. */
export interface TherapyMention {
  readonly therapy: Therapy;
  readonly phase: TherapyPhase;
}

const has = (mark: Mark, ...cues: readonly Cue[]): boolean => cues.some((cue) => mark.cues.has(cue));

/** Every mention of a treatment in a sentence whose phase the sentence tells. */
export const therapiesIn = (sentence: MarkedSentence): readonly TherapyMention[] =>
  sentence.marks.flatMap((mark, index) => {
    const { topics } = mark;
    if (topics.has("neutral")) return [];
    if (topics.has("preoperative") || topics.has("postoperative")) return phaseOfExamination(sentence, index);
    if (topics.has("specimen")) return said("surgery", isTurned(sentence, index, "negates") ? undefined : "after");
    if (topics.has("repeated-surgery"))
      return said("surgery", isTurned(sentence, index, "negates") ? undefined : "after");
    if (topics.has("naive")) return said("chemotherapy", "before");
    if (topics.has("implant")) return said("surgery", phaseOfImplant(sentence, index));
    if (topics.has("surgery")) return mentions(sentence, index, ["surgery"]);
    if (topics.has("chemoradiotherapy")) return mentions(sentence, index, ["chemotherapy", "radiotherapy"]);
    if (topics.has("chemotherapy")) return mentions(sentence, index, ["chemotherapy"]);
    if (topics.has("radiotherapy")) return mentions(sentence, index, ["radiotherapy"]);
    return [];
  });

const said = (therapy: Therapy, phase: TherapyPhase | undefined): TherapyMention[] =>
  phase === undefined ? [] : [{ therapy, phase }];

const mentions = (sentence: MarkedSentence, index: number, therapies: readonly Therapy[]): TherapyMention[] => {
  const phase = phaseOf(sentence, index);
  return therapies.flatMap((therapy) => said(therapy, phase));
};

/** "präoperative Aufnahme" says when the examination is; beside a comparison it says when the other one was. */
const phaseOfExamination = (sentence: MarkedSentence, index: number): TherapyMention[] => {
  const mark = sentence.marks[index]!;
  const isBefore = mark.topics.has("preoperative");
  const before = marksBefore(sentence, index);
  if (before.some((entry) => entry.commas === 0 && has(entry.mark, "compares")))
    return isBefore ? said("surgery", "after") : [];
  if (sentence.section === "comparison") return isBefore ? [] : said("surgery", "after");
  if (isTurned(sentence, index, "negates")) return [];
  const isFuture =
    sentence.section === "plan" ||
    before.some((entry) => has(entry.mark, "planned")) ||
    marksAfter(sentence, index).some((entry) => has(entry.mark, "planned-before", "planned"));
  if (!isBefore && isFuture) return [];
  return said("surgery", isBefore ? "before" : "after");
};

const isTurned = (sentence: MarkedSentence, index: number, cue: Cue): boolean =>
  marksBefore(sentence, index).some(
    ({ mark, commas }) =>
      has(mark, cue) &&
      !has(mark, "nothing") &&
      (commas === 0 || cue === "negates") &&
      reaches(sentence, mark, sentence.marks[index]!),
  );

/** An implant that is seen was put in; one that is planned, asked for or denied was not. */
const phaseOfImplant = (sentence: MarkedSentence, index: number): TherapyPhase | undefined => {
  const mark = sentence.marks[index]!;
  const before = marksBefore(sentence, index);
  if (isTurned(sentence, index, "negates")) return undefined;
  if (before.some((entry) => entry.commas === 0 && has(entry.mark, "planned") && !has(entry.mark, "past", "after")))
    return "before";
  if (before.some((entry) => entry.commas === 0 && has(entry.mark, "before"))) return "before";
  const after = marksAfter(sentence, index);
  if (after.some((entry) => has(entry.mark, "planned-before") && !has(entry.mark, "done-before"))) return "before";
  if (sentence.section === "plan") return before.some((entry) => has(entry.mark, "past", "after")) ? "after" : "before";
  return mark.topics.has("neutral") ? undefined : "after";
};

/** A treatment with the words around it. */
interface Setting {
  readonly sentence: MarkedSentence;
  readonly mark: Mark;
  readonly before: ReturnType<typeof marksBefore>;
  readonly after: ReturnType<typeof marksAfter>;
}

/** What is decided of a treatment; without a phase, that the sentence does not tell. */
interface Decision {
  readonly phase?: TherapyPhase;
}

const notTold: Decision = {};

/** What the words around a treatment say of it: the nearest before it first, then those behind it, then where it stands. */
const phaseOf = (sentence: MarkedSentence, index: number): TherapyPhase | undefined => {
  const mark = sentence.marks[index]!;
  const counts = (entry: { readonly mark: Mark }): boolean => !has(entry.mark, "nothing");
  const setting: Setting = {
    sentence,
    mark,
    before: marksBefore(sentence, index).filter(counts),
    after: marksAfter(sentence, index).filter(counts),
  };
  if (setting.after.some((entry) => entry.commas === 0 && has(entry.mark, "declined"))) return undefined;
  if (mark.turn === "planned") return "before";
  return (decideBefore(setting) ?? decideAfter(setting) ?? decideByPlace(setting)).phase;
};

/** "Beginn der Chemotherapie", "Chemotherapieende": which edge of a course is spoken of. */
const edgeOf = ({ mark, before }: Setting): "begin" | "finish" | undefined => {
  if (mark.turn === "begin" || mark.turn === "finish") return mark.turn;
  const near = before.filter((entry) => entry.commas === 0 && mark.from - entry.mark.to <= 3);
  const edge = near.find((entry) => has(entry.mark, "begin", "finish"))?.mark;
  if (!edge) return undefined;
  return has(edge, "begin") ? "begin" : "finish";
};

const decideBefore = (setting: Setting): Decision | undefined => {
  const { sentence, mark, before, after } = setting;
  const edge = edgeOf(setting);
  const isCompared = before.some((entry) => has(entry.mark, "compares") && entry.commas === 0);
  const hasOwnWord = after.some(
    (entry) => entry.commas === 0 && has(entry.mark, "planned-before", "during-before", "done-before"),
  );
  for (const { mark: other, commas } of before) {
    if (commas > 1) break;
    if (has(other, "negates") && reaches(sentence, other, mark)) return decideDenied(setting, other);
    if (commas > 0 && (hasOwnWord || !isChained(sentence, other, mark))) continue;
    if (has(other, "asks", "declined")) return notTold;
    if (has(other, "ago") || (has(other, "before") && isAgo(sentence, other))) return { phase: "after" };
    if (has(other, "before")) return { phase: isCompared ? "after" : edge === "finish" ? "during" : "before" };
    if (has(other, "planned") && !isDone(after)) return { phase: "before" };
    if (has(other, "during") && !has(other, "past") && mark.from - other.to <= 5) return { phase: "during" };
    if (has(other, "past") || (has(other, "after") && !isQuestioned(sentence, other))) {
      // What is to come after something says nothing of when that will be.
      if (sentence.section === "plan" && !has(other, "past")) return notTold;
      if (isBetweenCourses(sentence, before)) return { phase: "during" };
      const isCourse = !mark.topics.has("surgery");
      return { phase: isCourse && (edge === "begin" || isCourseRunning(sentence, other, mark)) ? "during" : "after" };
    }
  }
  return edge === "finish" && mark.turn === undefined ? { phase: "after" } : undefined;
};

/** "noch keine Chemotherapie", "no previous surgery": before it; "keine Chemotherapie" alone: not told. */
const decideDenied = ({ sentence, mark, before, after }: Setting, negation: Mark): Decision => {
  const isEarlier =
    has(negation, "before") ||
    before.some((entry) => has(entry.mark, "past")) ||
    after.some((entry) => has(entry.mark, "done-before", "past")) ||
    /^(?:vor|previous|prior)/.test(sentence.tokens[mark.from]!.text);
  return isEarlier ? { phase: "before" } : notTold;
};

const decideAfter = ({ sentence, mark, after }: Setting): Decision | undefined => {
  const isCourse = !mark.topics.has("surgery");
  for (const { mark: other, commas } of after) {
    if (commas > 1 || (commas > 0 && isTherapy(other))) break;
    if (commas > 0 && !has(other, "planned-before", "during-before", "done-before")) continue;
    if (has(other, "negates") && /^(?:nie|niemals|never)$/.test(sentence.tokens[other.from]!.text))
      return { phase: "before" };
    const isDenied = sentence.tokens
      .slice(mark.to, other.from + 1)
      .some(({ text }) => /^(?:nicht|not|noch|yet)$/.test(text));
    const isToCome = after.some((entry) => has(entry.mark, "planned-before") && entry.commas === commas);
    if (has(other, "planned-before") || (has(other, "planned") && !has(other, "past"))) return { phase: "before" };
    if (has(other, "ago", "finish")) return { phase: isDenied ? "before" : "after" };
    if (has(other, "during-before") && !has(other, "done-before")) return { phase: "during" };
    if (has(other, "done-before", "past")) return { phase: isToCome || isDenied ? "before" : "after" };
    if (has(other, "begin")) {
      if (isToCome) return { phase: "before" };
      if (isCourse) return { phase: isDenied ? "before" : "during" };
    }
  }
  return undefined;
};

const participles =
  /^(?:resezier|exzidier|kurettier|kuerettier|operierte|amputier|resekted|exzised|kuretted|amputated|operated)/;

/** A date behind it, the section, or its own form. */
const decideByPlace = ({ sentence, mark }: Setting): Decision => {
  if (hasYear(sentence, mark)) return { phase: "after" };
  if (sentence.section === "plan") return { phase: "before" };
  if (mark.topics.has("surgery") && participles.test(sentence.tokens[mark.from]!.text)) return { phase: "after" };
  return notTold;
};

const isTherapy = ({ topics }: Mark): boolean =>
  topics.has("surgery") || topics.has("chemotherapy") || topics.has("radiotherapy");

/** "vor 3 Jahren", "vor zwei Wochen": ago, not before. */
const isAgo = ({ tokens }: MarkedSentence, cue: Mark): boolean => {
  const next = tokens[cue.to]?.text ?? "";
  const unit = tokens
    .slice(cue.to, cue.to + 4)
    .some(({ text }) => /^(?:jahr|monat|woche|tag|wochen|jahren|monaten|tagen|jahre|stunden)/.test(text));
  return tokens[cue.to - 1]!.text === "vor" && unit && !/^(?:der|dem|beginn|geplant)/.test(next);
};

/** "Frage nach", "je nach" and "nach Angaben" are not about time. */
const isQuestioned = ({ tokens }: MarkedSentence, cue: Mark): boolean =>
  tokens[cue.from]!.text === "nach" && /^(?:frage|fragen|je|suche|sich)$/.test(tokens[cue.from - 1]?.text ?? "");

const isDone = (after: ReturnType<typeof marksAfter>): boolean =>
  after.some(({ mark, commas }) => commas === 0 && has(mark, "done-before") && !has(mark, "planned-before")) &&
  !after.some(({ mark }) => has(mark, "planned-before"));

/** Whether treatments are named in a row, so that the word before the first holds for all: "Z. n. Resektion, Chemotherapie und". */
const isChained = ({ tokens, markOf }: MarkedSentence, cue: Mark, mark: Mark): boolean => {
  let since = 0;
  for (let i = cue.to; i < mark.from; i++) {
    const text = tokens[i]!.text;
    if (text === ",") since = 0;
    else {
      since++;
      const other = markOf[i];
      if (other && (isTherapy(other) || has(other, "and"))) since = 0;
    }
    if (since > 6) return false;
  }
  return true;
};

/** "nach 2 von 6 Zyklen", "nach dem 3. Zyklus", "after the second of six cycles": the course is running. */
const isCourseRunning = ({ tokens }: MarkedSentence, cue: Mark, mark: Mark): boolean => {
  const words = tokens.slice(cue.to, Math.min(tokens.length, mark.to + 5)).map(({ text }) => text);
  const cycle = words.findIndex(
    (text) =>
      /^(?:zykl|kurs|zykle|blok|zyklus|kourse|zycle)/.test(text) || /^(?:chemotherapiezykl|chemozykl)/.test(text),
  );
  if (cycle < 0) return false;
  const around = words.slice(Math.max(0, cycle - 5), cycle + 4).join(" ");
  return (
    /\b(?:\d+|zwei|drei|vier|fuenf|two|three|four|five|first|second|third) (?:von|of|\/) (?:\d+|geplanten|planned|vier|sechs|six|four|five|acht)/.test(
      around,
    ) ||
    /\b(?:dem|the) (?:\d+|ersten|zweiten|dritten|vierten|first|second|third|fourth|2nd|1st|3rd|4th)\b/.test(around) ||
    /\d (?:\/) ?\d/.test(around)
  );
};

/** "Zwischenstaging nach 3 Zyklen", "interim MRI after chemotherapy": more is to come. */
const isBetweenCourses = ({ tokens }: MarkedSentence, before: ReturnType<typeof marksBefore>): boolean =>
  before.some(({ mark }) => has(mark, "during") && /^(?:zwischen[sk]|interim|mid)/.test(tokens[mark.from]!.text));

/** A year or date right after a treatment says that it was. */
const hasYear = ({ tokens }: MarkedSentence, mark: Mark): boolean => {
  for (let i = mark.to; i < Math.min(tokens.length, mark.to + 6); i++) {
    const { text } = tokens[i]!;
    if (/^(?:19|20)\d\d$/.test(text)) return true;
    if (text === "," || text === ";") return false;
  }
  const before = tokens.slice(Math.max(0, mark.from - 3), mark.from).map(({ text }) => text);
  return before.some((text, i) => /^(?:19|20)\d\d$/.test(text) && i === before.length - 1);
};
