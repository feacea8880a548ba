/**
 * How far a word that turns a statement reaches: to the end of its clause, across the commas of a list, but not across a
 * noun of its own. "Kein Rezidiv des Osteosarkoms" denies the recurrence, not the osteosarcoma.
 */

import type { Cue } from "./cue-table.ts";
import type { Mark, MarkedSentence } from "./mark-sentence.ts";
import type { Token } from "./tokens.ts";

/** How many words a cue reaches at most. */
const longestReach = 24;

const has = (mark: Mark, cue: Cue): boolean => mark.cues.has(cue);

/** Marks of the same clause before a mark, the nearest first, with the commas between. Brackets that closed are passed over. */
export const marksBefore = (
  sentence: MarkedSentence,
  index: number,
): { readonly mark: Mark; readonly commas: number }[] => {
  const { marks, tokens } = sentence;
  const found: { mark: Mark; commas: number }[] = [];
  let commas = 0;
  let depth = 0;
  let next = index - 1;
  const from = marks[index]!.from;
  for (let at = from - 1; at >= 0 && from - at <= longestReach; at--) {
    const { text } = tokens[at]!;
    if (text === ")") depth++;
    else if (text === "(") depth = Math.max(0, depth - 1);
    while (next >= 0 && marks[next]!.from > at) next--;
    if (depth > 0) continue;
    if (text === ";" || isDash(text)) break;
    if (text === ",") commas++;
    const mark = marks[next];
    if (mark && mark.to - 1 === at) {
      if (has(mark, "stops") && !isTurning(mark)) break;
      found.push({ mark, commas });
      at = mark.from;
      next--;
    }
  }
  return found;
};

/** Marks of the same clause after a mark, the nearest first. */
export const marksAfter = (
  sentence: MarkedSentence,
  index: number,
): { readonly mark: Mark; readonly commas: number }[] => {
  const { marks, tokens } = sentence;
  const found: { mark: Mark; commas: number }[] = [];
  let commas = 0;
  let depth = 0;
  let next = index + 1;
  const to = marks[index]!.to;
  for (let at = to; at < tokens.length && at - to <= longestReach; at++) {
    const { text } = tokens[at]!;
    if (text === "(") depth++;
    else if (text === ")") {
      if (depth === 0) continue;
      depth--;
    }
    while (next < marks.length && marks[next]!.from < at) next++;
    if (text === ";" || isDash(text)) break;
    if (depth > 0) continue;
    if (text === ",") commas++;
    const mark = marks[next];
    if (mark && mark.from === at) {
      if (has(mark, "stops") && !isTurning(mark) && !goesOn(tokens[mark.to])) break;
      found.push({ mark, commas });
      at = mark.to - 1;
      next++;
    }
  }
  return found;
};

const isDash = (text: string): boolean => text === "–" || text === "—" || text === "-" || text === "|";

/** "Was considered but is excluded": a verb at once behind the word speaks on of the same thing. */
const goesOn = (next: Token | undefined): boolean =>
  next !== undefined &&
  /^(?:is|are|was|were|has|have|kan|kannot|kould|ist|sind|wurde|wurden|konnte|konnten)$/.test(next.text);

/** Words that end a clause in one use and turn a statement in another, such as "dagegen", count as turning. */
const isTurning = (mark: Mark): boolean => has(mark, "negates") || has(mark, "during") || has(mark, "against");

/**
 * Whether a cue's statement is about the mark itself, and not about another noun that the mark only belongs to: between
 * them, after the last "oder", there is no preposition or genitive behind a noun that carries meaning.
 */
export const reaches = (sentence: MarkedSentence, cue: Mark, target: Mark): boolean => {
  const { tokens, markOf } = sentence;
  let start = cue.to;
  for (let i = cue.to; i < target.from; i++) {
    const mark = markOf[i];
    if (mark && (has(mark, "or") || has(mark, "and")) && !mark.entity) start = i + 1;
    else if (tokens[i]!.text === "," || tokens[i]!.text === "/") start = i + 1;
  }
  let noun = false;
  for (let i = start; i < target.from; i++) {
    const token = tokens[i]!;
    const mark = markOf[i];
    const isPreposition = mark !== undefined && has(mark, "of");
    if (isPreposition) {
      if (noun) return false;
      continue;
    }
    if (mark && (has(mark, "light") || mark.entity !== undefined || isTurner(mark))) continue;
    if (!/\p{L}/u.test(token.text)) continue;
    if (isNoun(token, sentence, mark)) noun = true;
  }
  return true;
};

const isTurner = (mark: Mark): boolean =>
  ["suspects", "confirms", "differs", "negates", "asks", "suspects-before"].some((cue) => mark.cues.has(cue as Cue));

/** German nouns have a capital; English ones are told by a preposition that follows, so every word of weight counts. */
const isNoun = (token: Token, { language }: MarkedSentence, mark: Mark | undefined): boolean => {
  if (mark && (mark.topics.has("recurrence") || mark.topics.has("metastasis"))) return true;
  if (language === "de") return /^\p{Lu}/u.test(token.raw);
  return token.text.length > 2 && !/(?:ly|ous|ic|al|ive|ar)$/.test(token.text);
};

/** Whether the commas between a cue and its target are those of one list: an "oder" stands behind the last of them. */
export const isOneList = (sentence: MarkedSentence, cue: Mark, target: Mark, allowAnd: boolean): boolean => {
  const { tokens, markOf } = sentence;
  const [low, high] = cue.from < target.from ? [cue.to, target.from] : [target.to, cue.from];
  let lastComma = -1;
  let longest = 0;
  let since = 0;
  for (let i = low; i < high; i++) {
    if (tokens[i]!.text === ",") {
      lastComma = i;
      longest = Math.max(longest, since);
      since = 0;
    } else since++;
  }
  if (lastComma < 0) return true;
  if (longest > 6) return false;
  const end = Math.min(tokens.length, target.from < cue.from ? cue.from : target.to + 8);
  for (let i = low; i < end; i++) {
    const mark = markOf[i];
    if (mark?.from !== i) continue;
    if (mark.from > target.to && (has(mark, "stops") || has(mark, "negates"))) break;
    const isConnector = has(mark, "or") || (allowAnd && has(mark, "and"));
    if (isConnector && (mark.from > lastComma - 1 || mark.from > target.to)) return true;
  }
  return false;
};
