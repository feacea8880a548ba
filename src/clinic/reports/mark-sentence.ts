/** What the words of one sentence are about: tumours, sites, treatments, and the words that turn them. */

import { type Cue, cueTable } from "./cue-table.ts";
import { PhraseTable } from "./phrase-table.ts";
import type { ReportLanguage } from "./report-fields.ts";
import type { SectionKind } from "./sections.ts";
import type { Span } from "./sentences.ts";
import { isMark, type Token, tokenise } from "./tokens.ts";
import { type Meaning, meaningsOfWord, type PositionPart, vocabularyPhrases } from "./vocabulary-words.ts";
import { type Topic, wordTable } from "./word-table.ts";

/** Something that a sentence names, or a word that turns it. */
export interface Mark {
  /** First token, and one past the last. */
  readonly from: number;
  readonly to: number;
  readonly entity?: string;
  readonly site?: string;
  readonly positions: readonly PositionPart[];
  readonly topics: ReadonlySet<Topic>;
  readonly cues: ReadonlySet<Cue>;
  /** What the last part of a compound says of the first: "Enchondromverdacht". */
  readonly turn?: Meaning["turn"];
}

/** A sentence with its words understood one by one. */
export interface MarkedSentence extends Span {
  readonly text: string;
  readonly section: SectionKind;
  readonly language: ReportLanguage;
  readonly tokens: readonly Token[];
  readonly marks: readonly Mark[];
  /** The mark that holds each token. */
  readonly markOf: readonly (Mark | undefined)[];
}

interface Listed {
  readonly topic?: Topic;
  readonly cue?: Cue;
}

/** Phrases may mean several things: each has the list of them. */
const listed = new PhraseTable<Listed[]>();
const values = new Map<string, Listed[]>();
const list = (phrases: { readonly de: string; readonly en: string }, meaning: Listed): void => {
  for (const phrase of new Set([...phrases.de.split("|"), ...phrases.en.split("|")])) {
    if (phrase === "") continue;
    const known = values.get(phrase) ?? [];
    if (known.length === 0) {
      values.set(phrase, known);
      listed.add(phrase, known);
    }
    known.push(meaning);
  }
};
for (const [topic, phrases] of Object.entries(wordTable)) list(phrases, { topic: topic as Topic });
for (const [cue, phrases] of Object.entries(cueTable)) list(phrases, { cue: cue as Cue });
// A phrase that is listed exactly keeps what its beginning says of it as well.
for (const [phrase, meanings] of values) {
  for (const [other, more] of values) {
    if (!other.endsWith("*") || other === phrase || phrase.includes(" ") || other.includes(" ")) continue;
    if (phrase.replace(/\*$/, "").startsWith(other.slice(0, -1)))
      meanings.push(...more.filter((m) => !meanings.includes(m)));
  }
}

const none: ReadonlySet<never> = new Set();

/** Finds the marks of a sentence, longest phrase first. */
export const markSentence = (
  text: string,
  { start, end, section, language }: Span & { readonly section: SectionKind; readonly language: ReportLanguage },
): MarkedSentence => {
  const sentence = text.slice(start, end);
  const tokens = tokenise(sentence, start);
  const marks: Mark[] = [];
  const markOf: (Mark | undefined)[] = new Array(tokens.length).fill(undefined);
  for (let i = 0; i < tokens.length; ) {
    const mark = markAt(tokens, i, language);
    if (mark) {
      marks.push(mark);
      markOf.fill(mark, mark.from, mark.to);
    }
    i = mark?.to ?? i + 1;
  }
  return { start, end, text: sentence, section, language, tokens, marks, markOf };
};

/** `re` and `li` are sides in German only. */
const sideFits = (topic: Topic, { text }: Token, language: ReportLanguage): boolean =>
  (topic !== "left" && topic !== "right") ||
  text.length > 2 ||
  language === (text === "lt" || text === "rt" ? "en" : "de");

const markAt = (tokens: readonly Token[], from: number, language: ReportLanguage): Mark | undefined => {
  const token = tokens[from]!;
  if (isPositionPrefix(tokens, from))
    return makeMark({ from, to: from + 1 }, [{ positions: [token.text as PositionPart] }], []);
  const entry = listed.find(tokens, from);
  const named = capitalsFit(vocabularyPhrases.find(tokens, from), tokens, from);
  const word = isMark(token) ? undefined : wordAt(tokens, from);
  const to = Math.max(entry?.to ?? 0, named?.to ?? 0, word?.to ?? 0);
  if (to === 0) return undefined;
  const meanings: Meaning[] = [];
  // What the vocabulary names is told by its own words; a word table's phrase of the same length only adds to it.
  if (named?.to === to) meanings.push(named.value);
  else if (word?.to === to && entry?.to !== to) meanings.push(...word.meanings);
  else if (word?.to === to)
    meanings.push(...word.meanings.filter(({ entity, site }) => entity !== undefined || site !== undefined));
  const values = (entry?.to === to ? entry.value : []).filter(
    ({ topic }) => topic === undefined || sideFits(topic, token, language),
  );
  if (meanings.length === 0 && values.length === 0) return undefined;
  return makeMark({ from, to }, meanings, values);
};

/** "epi-/metaphysär", "meta- und diaphysär", "meta/diaphyseal": a prefix that lends its noun from the next word. */
const isPositionPrefix = (tokens: readonly Token[], at: number): boolean => {
  const { text, hyphened } = tokens[at]!;
  if (text !== "epi" && text !== "meta" && text !== "dia") return false;
  return (hyphened && !tokens[at + 1]?.tied) || tokens[at + 1]?.text === "/";
};

const makeMark = (place: Pick<Mark, "from" | "to">, meanings: readonly Meaning[], values: readonly Listed[]): Mark => {
  const topics = new Set<Topic>();
  const cues = new Set<Cue>();
  for (const { topic, cue } of values) {
    // What denies evidence denies what follows just as well.
    if (cue === "lacks-evidence") cues.add("negates");
    if (topic) topics.add(topic);
    if (cue) cues.add(cue);
  }
  for (const { topic } of meanings) if (topic) topics.add(topic);
  const entity = meanings.findLast((meaning) => meaning.entity !== undefined)?.entity;
  const site = meanings.find((meaning) => meaning.site !== undefined)?.site;
  const turn = meanings.findLast((meaning) => meaning.turn !== undefined)?.turn;
  return {
    ...place,
    positions: [...new Set(meanings.flatMap(({ positions }) => positions ?? []))],
    topics: topics.size > 0 ? topics : none,
    cues: cues.size > 0 ? cues : none,
    ...(entity === undefined ? {} : { entity }),
    ...(site === undefined ? {} : { site }),
    ...(turn === undefined ? {} : { turn }),
  };
};

/** Abbreviations count in capitals only: "OS" may be a tumour, "os" is a bone. */
const capitalsFit = (
  found: { value: Meaning; to: number } | undefined,
  tokens: readonly Token[],
  from: number,
): { value: Meaning; to: number } | undefined => {
  if (!found?.value.inCapitals) return found;
  const { raw } = tokens[from]!;
  if (raw !== raw.toUpperCase() || /^\d/.test(tokens[from - 1]?.text ?? "")) return undefined;
  // Where everything is in capitals, they say nothing.
  const around = tokens.slice(Math.max(0, from - 4), found.to + 4).filter((token) => /\p{L}{2}/u.test(token.raw));
  return around.length === 1 || around.some((token) => /\p{Ll}/u.test(token.raw)) ? found : undefined;
};

/** A single word, or words tied by hyphens that are one in the vocabulary. */
const wordAt = (tokens: readonly Token[], from: number): { meanings: readonly Meaning[]; to: number } | undefined => {
  let joined = tokens[from]!.text;
  let best = named(meaningsOfWord(joined), from + 1);
  for (let to = from + 1; to < Math.min(tokens.length, from + 4) && tokens[to]!.tied; to++) {
    joined += tokens[to]!.text;
    if (joined.length > 60) break;
    const longer = named(meaningsOfWord(joined), to + 1);
    if (longer && (!best || longer.meanings.some(({ entity }) => entity !== undefined))) best = longer;
  }
  return best;
};

const named = (meanings: readonly Meaning[], to: number): { meanings: readonly Meaning[]; to: number } | undefined =>
  meanings.some((meaning) => Object.keys(meaning).length > 0) ? { meanings, to } : undefined;
