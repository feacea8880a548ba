/** How certain a sentence is of something it names. */

import type { Cue } from "./cue-table.ts";
import type { Mark, MarkedSentence } from "./mark-sentence.ts";
import { isOneList, marksAfter, marksBefore, reaches } from "./reach.ts";
import type { Certainty } from "./report-fields.ts";

/** A judgement on one mark of a sentence. */
export interface Judgement {
  readonly certainty: Certainty;
  /** Whether a word says so; a bare mention counts as confirmed, and gives way to any word about the same thing. */
  readonly explicit: boolean;
  /** Asked, not said: "Frage nach Rezidiv", "Osteosarkom?". */
  readonly asked: boolean;
  /** Of somebody else, such as the mother. */
  readonly foreign: boolean;
  /** In the past: "Z. n. Osteosarkom". */
  readonly past: boolean;
}

type Before = { readonly certainty: Certainty; readonly asked?: boolean };

const has = (mark: Mark, ...cues: readonly Cue[]): boolean => cues.some((cue) => mark.cues.has(cue));

/** Judges the mark at an index of a sentence's marks. */
export const certaintyOf = (sentence: MarkedSentence, index: number): Judgement => {
  const mark = sentence.marks[index]!;
  const before = marksBefore(sentence, index);
  const foreign = before.some((entry) => has(entry.mark, "family"));
  const past = before.some((entry) => has(entry.mark, "past") && entry.commas === 0);
  const judge = (certainty: Certainty, explicit: boolean, asked = false): Judgement => ({
    certainty,
    explicit,
    asked,
    foreign,
    past,
  });
  const spoken = spokenFor(sentence, mark);
  if (spoken) return judge(spoken, true);
  const said = saidBefore(sentence, index, before);
  const added = saidAfter(sentence, index);
  if (mark.turn === "suspects")
    return said?.certainty === "excluded" ? judge("excluded", true) : judge(added?.certainty ?? "suspected", true);
  if (mark.turn === "asks") return judge("suspected", true, true);
  if (added?.certainty === "confirmed" && said?.certainty !== "excluded") return judge("confirmed", true);
  if (said?.certainty === "excluded" && added?.certainty !== "suspected")
    return judge("excluded", true, isAsked(sentence, mark));
  // "Differentialdiagnostisch ist an ein Sarkom zu denken": what is thought of is one of several.
  if (said?.certainty === "differential" && added?.certainty === "suspected") return judge("differential", true);
  if (added && added.certainty !== "confirmed")
    return judge(added.certainty, true, said?.asked === true || isAsked(sentence, mark));
  if (said) return judge(said.certainty, true, said.asked === true || isAsked(sentence, mark));
  if (isAsked(sentence, mark)) return judge("suspected", true, true);
  if (isListedUnderDifferential(sentence)) return judge("differential", true);
  if (isAmongOthers(sentence, index)) return judge("differential", true);
  if (leadsDifferential(sentence, index)) return judge("suspected", true);
  return judge("confirmed", false);
};

/** "Für ein Osteosarkom sprechen ...", "gegen ein Osteosarkom spricht ...": the verb stands behind. */
const spokenFor = ({ tokens }: MarkedSentence, mark: Mark): Certainty | undefined => {
  const verb = tokens.slice(mark.to, mark.to + 8).some(({ text }) => /^spr(?:icht|echen|ach|aechen|achen)$/.test(text));
  if (!verb) return undefined;
  const preposition = tokens
    .slice(Math.max(0, mark.from - 4), mark.from)
    .findLast(({ text }) => /^(?:fuer|gegen)$/.test(text))?.text;
  if (preposition === undefined) return undefined;
  return preposition === "fuer" ? "suspected" : "excluded";
};

/** What the words before a mark make of it: the nearest that reaches it, itself turned by a negation before it. */
const saidBefore = (
  sentence: MarkedSentence,
  index: number,
  before: ReturnType<typeof marksBefore>,
): Before | undefined => {
  const target = sentence.marks[index]!;
  for (const [i, { mark, commas }] of before.entries()) {
    if (mark.entity !== undefined && mark.turn === undefined) continue;
    if (!reaches(sentence, mark, target) && !(has(mark, "differs") && isBetween(sentence, mark, target))) continue;
    const crosses = (allowAnd: boolean): boolean => commas === 0 || isOneList(sentence, mark, target, allowAnd);
    if (has(mark, "nothing")) continue;
    if (has(mark, "not-excludes") && crosses(true)) return { certainty: "suspected" };
    if (has(mark, "argues-against") && crosses(false) && arguesAgainst(sentence, mark, index))
      return { certainty: "excluded" };
    if (has(mark, "unlikely") && crosses(false)) return { certainty: "excluded" };
    if (has(mark, "asks") && crosses(true)) {
      const isDenied = before.slice(i + 1).some((entry) => entry.commas === commas && has(entry.mark, "negates"));
      if (!isDenied && isWhether(sentence, mark) && isAmongOthers(sentence, index))
        return { certainty: "differential" };
      if (!isDenied) return { certainty: "suspected", asked: true };
    }
    if (has(mark, "excludes") && crosses(false) && !isAuxiliary(sentence, mark)) {
      if (sentence.section === "question" || sentence.section === "clinical" || isPurpose(sentence, mark))
        return { certainty: "suspected", asked: true };
      return { certainty: isNegated(sentence, before.slice(i + 1), mark) ? "suspected" : "excluded" };
    }
    if (has(mark, "negates") && crosses(false)) return { certainty: "excluded" };
    if (has(mark, "differs")) return { certainty: "differential" };
    if (has(mark, "suspects") && crosses(true)) {
      if (isNegated(sentence, before.slice(i + 1), mark)) return { certainty: "excluded" };
      return { certainty: "suspected" };
    }
    if (has(mark, "confirms") && crosses(true)) {
      if (isNegated(sentence, before.slice(i + 1), mark)) return { certainty: "excluded" };
      const hedge = before
        .slice(i + 1)
        .find((entry) => entry.commas === commas && has(entry.mark, "suspects", "differs"));
      const isOthers = hedge && before.some(({ mark: other }) => isNamedBetween(other, hedge.mark, mark));
      if (hedge && !isOthers && reaches(sentence, hedge.mark, target))
        return { certainty: has(hedge.mark, "differs") ? "differential" : "suspected" };
      return { certainty: "confirmed" };
    }
  }
  return undefined;
};

/** "Ob ein A oder ein B vorliegt": not a question to anybody, but what is left open. */
const isWhether = ({ tokens, section }: MarkedSentence, { from }: Mark): boolean =>
  section !== "question" && section !== "clinical" && /^(?:ob|whether)$/.test(tokens[from]!.text);

/** "Fraglich Metastase bei bekanntem Karzinom": the doubt has a name of its own. */
const isNamedBetween = (other: Mark, hedge: Mark, confirmation: Mark): boolean =>
  other.entity !== undefined && other.from >= hedge.to && other.to <= confirmation.from;

/** "The differential lies between A and B". */
const isBetween = ({ tokens }: MarkedSentence, mark: Mark, target: Mark): boolean =>
  tokens.slice(mark.to, target.from).some(({ text }) => text === "between" || text === "zwischen");

/** Whether a negation before a cue denies the cue: "kein Verdacht auf", "no lesion suspicious for". */
const isNegated = (sentence: MarkedSentence, before: ReturnType<typeof marksBefore>, cue: Mark): boolean =>
  before.some(
    ({ mark }) =>
      has(mark, "negates") &&
      reaches(sentence, mark, cue) &&
      (noComma(sentence, mark, cue) || isOneList(sentence, mark, cue, false)),
  );

const noComma = ({ tokens }: MarkedSentence, a: Mark, b: Mark): boolean =>
  !tokens.slice(a.to, b.from).some(({ text }) => text === ",");

/** "Ausschluss Osteosarkom" alone and "zum sicheren Ausschluss" say what an examination is for. */
const isPurpose = ({ tokens, section }: MarkedSentence, mark: Mark): boolean => {
  const isNounOrOrder = /^(?:ausschlus|exklude$|rule)/.test(tokens[mark.from]!.text);
  const isMeant = tokens.slice(Math.max(0, mark.from - 2), mark.from).some(({ text }) => /^(?:zum|zur|to)$/.test(text));
  return isNounOrOrder && (isMeant || (section === "title" && mark.from === 0));
};

/** "ist/ausgeschlossen" before a noun belongs to what stood before it, unless the verb governs what follows ("excludes"). */
const isAuxiliary = ({ tokens }: MarkedSentence, mark: Mark): boolean => {
  const last = tokens[mark.to - 1]!.text;
  return (
    /^(?:ausgeschlossen|exkluded|out)$/.test(last) &&
    /^(?:ist|sind|is|are|was|were|been|be|wurde)$/.test(tokens[mark.from - 1]?.text ?? "")
  );
};

/** "gegen ein Osteosarkom" alone says nothing: it needs its verb. */
const arguesAgainst = (sentence: MarkedSentence, mark: Mark, index: number): boolean => {
  const words = sentence.tokens.slice(Math.max(0, mark.from - 8), sentence.marks[index]!.to + 10);
  return words.some(({ text }) => /^(?:sprich|sprech|sprach|argu|speak|evidenze|mitigat|militat)/.test(text));
};

const auxiliaries =
  /^(?:ist|sind|war|waren|wird|wurde|werden|kann|koennen|konnte|konnten|koennte|muss|muessen|sollte|sollten|duerfte|darf|bleibt|erscheint|scheint|gilt|laesst|lesst|liegt|kommt|hat|haben|is|are|was|were|be|been|being|kan|kannot|kould|should|must|has|have|had|remains|remain|seems|appears|may|might|kann't|stellt)$/;

/** What the words after a mark make of it. */
const saidAfter = (sentence: MarkedSentence, index: number): { readonly certainty: Certainty } | undefined => {
  const { tokens, marks } = sentence;
  const target = marks[index]!;
  const after = marksAfter(sentence, index);
  for (const { mark, commas } of after) {
    const turning = has(
      mark,
      "negates-before",
      "suspects-before",
      "confirms-before",
      "confirms",
      "differs-before",
      "excludes",
      "not-excludes",
      "unlikely",
      "doubts",
    );
    if (
      !turning &&
      has(mark, "lacks-evidence") &&
      commas === 0 &&
      endsClause(sentence, mark) &&
      isSought(sentence, target)
    ) {
      return { certainty: "excluded" };
    }
    if (!turning) {
      // A new noun phrase with its own turning word begins.
      if (has(mark, "negates", "differs", "asks") && !isVerbal(sentence, target, mark)) {
        if (commas > 0 || has(mark, "differs", "asks")) return undefined;
      }
      continue;
    }
    if (commas > 0 && !isParenthetic(sentence, target, mark) && !isOneList(sentence, mark, target, true)) continue;
    if (!endsClause(sentence, mark) && !isVerbal(sentence, target, mark)) continue;
    if (belongsToAnother(sentence, target, mark)) continue;
    if (has(mark, "not-excludes")) return { certainty: "suspected" };
    if (has(mark, "excludes")) {
      const between = tokens.slice(target.to, mark.from);
      const isDoubleNegation =
        between.some(({ text }) => /^(?:nicht|not|kannot|never|kaum|shwer|schwer|no)$/.test(text)) ||
        /^not$/.test(tokens[mark.from - 1]?.text ?? "");
      const isToDo =
        /^(?:to|muss|must|sollte|should)$/.test(tokens[mark.from - 2]?.text ?? "") &&
        /^be$/.test(tokens[mark.from - 1]?.text ?? "");
      if (isDoubleNegation || isToDo) return { certainty: "suspected" };
      return { certainty: "excluded" };
    }
    if (has(mark, "negates-before", "unlikely")) return { certainty: "excluded" };
    const isDenied = [
      ...tokens.slice(Math.max(0, target.from - 4), target.from),
      ...tokens.slice(Math.max(target.to, mark.from - 3), mark.from),
    ].some(({ text }) => /^(?:nicht|not|never|kaum)$/.test(text));
    if (has(mark, "confirms-before", "confirms")) return { certainty: isDenied ? "excluded" : "confirmed" };
    if (has(mark, "differs-before")) return { certainty: "differential" };
    return { certainty: isDenied ? "excluded" : "suspected" };
  }
  return undefined;
};

/** "Für ein Sarkom gibt es keine Hinweise": what evidence would be for. */
const isSought = ({ tokens }: MarkedSentence, target: Mark): boolean =>
  tokens
    .slice(Math.max(0, target.from - 4), target.from)
    .some(({ text }) => /^(?:fuer|auf|eines|einer|of|for)$/.test(text));

/** Words that may follow the last word of a statement without belonging to a noun of their own. */
const closing =
  /^(?:[,;)?:–—|]|und|and|aber|but|werden|wird|wurde|ist|sind|worden|sein|by|on|durch|in|at|this|based|given|als|bei|aufgrund|due|oder|or|hat|with|zu|from|histologi.*|bioptis.*|radiologi.*)$/;

/** Whether nothing but particles follows in the clause. */
const endsClause = ({ tokens }: MarkedSentence, mark: Mark): boolean => {
  const next = tokens[mark.to];
  return next === undefined || closing.test(next.text);
};

/** Whether a verb stands between a mark and the word that turns it. */
const isVerbal = ({ tokens }: MarkedSentence, target: Mark, mark: Mark): boolean => {
  const first = tokens[mark.from]!.text;
  if (auxiliaries.test(first)) return true;
  return (
    tokens.slice(target.to, mark.from).some(({ text }) => auxiliaries.test(text)) ||
    auxiliaries.test(tokens[target.from - 1]?.text ?? "")
  );
};

/** ", unwahrscheinlich" and ", nicht auszuschließen": a comma and at once the word. */
const isParenthetic = ({ tokens }: MarkedSentence, target: Mark, mark: Mark): boolean =>
  mark.from - target.to <= 2 && tokens[target.to]?.text === ",";

/** "Enchondrom ohne Nachweis einer Fraktur": another noun with a preposition of its own stands between and takes the word. */
const belongsToAnother = (sentence: MarkedSentence, target: Mark, mark: Mark): boolean => {
  const { tokens } = sentence;
  const between = tokens.slice(target.to, mark.from);
  const own = between.findLastIndex(
    ({ text }, i) =>
      /^(?:ohne|mit|without|with|eine|kein|keine|no)$/.test(text) &&
      !/^(?:letzt|sicher|ausreichend|hinreichend|absolut|zertain|konfid|komplet|full|hoher|high)/.test(
        between[i + 1]?.text ?? "",
      ),
  );
  if (own < 0) return false;
  const verb = between.findIndex(({ text }) => auxiliaries.test(text));
  return verb < 0 || verb > between.length || own > verb;
};

/** Whether a question mark closes the clause that holds a mark, or the sentence. */
const isAsked = ({ tokens }: MarkedSentence, mark: Mark): boolean => {
  for (let i = mark.to; i < tokens.length; i++) {
    const { text } = tokens[i]!;
    if (text === "?") return true;
    if (text === ";") return false;
  }
  return false;
};

/** "Osteosarkom oder Ewing-Sarkom": two tumours joined by "or" are each one of several. */
const isAmongOthers = (sentence: MarkedSentence, index: number): boolean => {
  const { marks } = sentence;
  const target = marks[index]!;
  if (target.entity === undefined) return false;
  const beside = [marks[index - 1], marks[index + 1]];
  if (beside.some((mark) => mark && has(mark, "or") && has(mark, "differs") && gapBetween(mark, target) <= 1))
    return true;
  const joined = (step: 1 | -1): boolean => {
    let seen = false;
    for (let i = index + step; i >= 0 && i < marks.length; i += step) {
      const mark = marks[i]!;
      const gap = step > 0 ? mark.from - marks[i - 1]!.to : marks[i + 1]!.from - mark.to;
      if (gap > 4) return false;
      if (has(mark, "or") || (has(mark, "differs") && mark.cues.has("or"))) seen = true;
      else if (mark.entity !== undefined) return seen && mark.entity !== target.entity;
      else if (has(mark, "stops", "negates")) return false;
    }
    return false;
  };
  return joined(1) || joined(-1);
};

/** "Differentialdiagnosen: A; B; C". */
const isListedUnderDifferential = ({ marks: [first], tokens }: MarkedSentence): boolean =>
  first !== undefined && has(first, "differs") && first.from <= 1 && tokens[first.to]?.text === ":";

const gapBetween = (a: Mark, b: Mark): number => Math.max(a.from - b.to, b.from - a.to);

/** "Enchondrom, DD Chondrosarkom": where others are named beside it, a bare first name is no more than suspected. */
const leadsDifferential = (sentence: MarkedSentence, index: number): boolean =>
  sentence.marks
    .slice(index + 1)
    .some(
      (mark, i, rest) =>
        has(mark, "differs") && !mark.cues.has("or") && rest.slice(i + 1).some(({ entity }) => entity !== undefined),
    );
