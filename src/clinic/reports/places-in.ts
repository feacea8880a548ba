/**
 * Where the tumour is: of all the sites, sides and positions that a report names, those that stand nearest to the words for
 * the tumour, and not those of incidental findings, metastases or comparisons.
 */

import { sites as studySites } from "../sites.ts";
import { siteTerms } from "../vocabulary/sites.ts";
import { certaintyOf } from "./certainty-of.ts";
import type { Mark, MarkedSentence } from "./mark-sentence.ts";
import { marksBefore } from "./reach.ts";
import type { SectionKind } from "./sections.ts";
import type { PositionPart } from "./vocabulary-words.ts";

/** A value with the sentence that says it. */
export interface Placed<T> {
  readonly value: T;
  readonly sentence: MarkedSentence;
}

/** What a report says of the tumour's place. */
export interface Places {
  readonly site?: Placed<string>;
  readonly side?: Placed<"left" | "right" | "both">;
  readonly position?: Placed<string>;
}

const weightOfSection: Readonly<Record<SectionKind, number>> = {
  title: 1,
  clinical: 1.5,
  question: 1.5,
  comparison: 0,
  technique: 0.8,
  findings: 2.5,
  impression: 3,
  plan: 0.6,
  other: -20,
};

/** Sites that are more than a region: the study's bones, and what lies within a larger site. */
const bones: ReadonlySet<string> = new Set([
  ...studySites.map(({ site }) => site),
  ...siteTerms.filter(({ within }) => within !== undefined).map(({ name }) => name),
]);

/** Something else than the tumour that a site may belong to. */
const isElsewhere = (mark: Mark): boolean =>
  mark.topics.has("metastasis") ||
  mark.topics.has("side-of") ||
  mark.cues.has("aside") ||
  mark.cues.has("elsewhere") ||
  mark.cues.has("family");

const unremarkable =
  /^(?:unauff|regelrecht|regelgerecht|altersentsprechend|unremarkable|normal|intakt|unveraendert|reizlos|glatt|frei|unverletzt|spared|verschont|ausgespart|respektiert|preserved|uninvolved|respekted)/;

interface Candidate<T> extends Placed<T> {
  readonly mark: Mark;
  readonly weight: number;
}

/** Finds the place of the tumour in the sentences of a report. */
export const placesIn = (sentences: readonly MarkedSentence[]): Places => {
  const candidates: Candidate<string>[] = [];
  const sides: Candidate<"left" | "right" | "both">[] = [];
  const positions: Candidate<readonly PositionPart[]>[] = [];
  for (const sentence of sentences) {
    if (
      !sentence.marks.some(
        ({ site, positions: parts, topics }) => site !== undefined || parts.length > 0 || isSide(topics),
      )
    )
      continue;
    const tumours = tumourMarks(sentence);
    for (const mark of sentence.marks) {
      const weight = (): number => weightOfSection[sentence.section] + closeness(sentence, mark, tumours);
      if (mark.site !== undefined) {
        const isBone = bones.has(mark.site) ? 0.6 : 0;
        const isWhole = mark.positions.length > 0 ? 1 : 0;
        candidates.push({
          value: mark.site,
          sentence,
          mark,
          weight: weight() + isBone + isWhole - impliedBy(sentence, mark),
        });
      }
      if (isSide(mark.topics)) {
        const value = mark.topics.has("both") ? "both" : mark.topics.has("left") ? "left" : "right";
        sides.push({ value, sentence, mark, weight: weight() });
      }
      if (mark.positions.length > 0 && !isDenied(sentence, mark)) {
        positions.push({ value: mark.positions, sentence, mark, weight: weight() });
      }
    }
  }
  const site = best(candidates);
  const side = site ? bestSide(sides, site) : best(sides.filter(isOfTumour));
  const position = site ? bestPosition(positions, site) : best(positions);
  return {
    ...(site ? { site: { value: site.value, sentence: site.sentence } } : {}),
    ...(side ? { side: { value: side.value, sentence: side.sentence } } : {}),
    ...(position ? positionOf(position, positions) : {}),
  };
};

const isSide = (topics: ReadonlySet<string>): boolean =>
  topics.has("left") || topics.has("right") || topics.has("both");

/** Without a site, a side counts beside a word for the tumour or where the examination and its reason are named. */
const isOfTumour = ({ sentence: { section }, weight }: Candidate<unknown>): boolean =>
  section === "title" || section === "clinical" || section === "question" || weight > weightOfSection[section];

const best = <T>(candidates: readonly Candidate<T>[], least = -4): Candidate<T> | undefined => {
  let first: Candidate<T> | undefined;
  for (const candidate of candidates)
    if (candidate.weight > least && (!first || candidate.weight > first.weight)) first = candidate;
  return first;
};

/** The words for the tumour itself in a sentence: what is not ruled out, and lesions in general. */
const tumourMarks = (sentence: MarkedSentence): { mark: Mark; strength: number }[] => {
  const found: { mark: Mark; strength: number }[] = [];
  sentence.marks.forEach((mark, index) => {
    const isEntity = mark.entity !== undefined;
    const isOther =
      mark.topics.has("lesion") ||
      mark.topics.has("recurrence") ||
      mark.turn === "recurrence" ||
      mark.topics.has("surgery");
    if (!isEntity && !isOther) return;
    if (certaintyOf(sentence, index).certainty === "excluded") return;
    if (marksBefore(sentence, index).some((entry) => entry.mark.cues.has("aside"))) return;
    found.push({ mark, strength: isEntity ? 5 : mark.topics.has("surgery") ? 2.5 : 4 });
  });
  return found;
};

/** How near the tumour is: up to 5, less with every word and comma between; below 0 where something else is nearer. */
const closeness = (
  sentence: MarkedSentence,
  mark: Mark,
  tumours: readonly { mark: Mark; strength: number }[],
): number => {
  let near = 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (const { mark: tumour, strength } of tumours) {
    const gap = gapOf(sentence, mark, tumour) + behind(sentence, mark, tumour);
    near = Math.max(near, strength - 0.2 * gap);
    nearest = Math.min(nearest, gap);
  }
  let away = 0;
  const window = 14;
  const { tokens, markOf } = sentence;
  for (let i = Math.max(0, mark.from - window); i < Math.min(tokens.length, mark.to + window); i++) {
    const other = markOf[i];
    const isPlain = unremarkable.test(tokens[i]!.text);
    if (!isPlain && !(other && other.from === i && isElsewhere(other))) continue;
    const place = other ?? { from: i, to: i + 1 };
    const gap = gapOf(sentence, mark, place) + (isPlain ? 0 : behind(sentence, mark, place));
    if (gap < nearest && gap < (isPlain ? 4 : 9)) away = Math.max(away, isPlain ? 5 : 7);
  }
  return near - away;
};

/** A site belongs rather to the noun before it; "bei" and "with" lead on to another: "Metastase der Wirbelsäule bei Sarkom". */
const behind = ({ tokens }: MarkedSentence, mark: Mark, noun: Pick<Mark, "from">): number => {
  if (noun.from < mark.to) return 0;
  const leadsOn = tokens
    .slice(mark.to, Math.min(noun.from, mark.to + 6))
    .some(({ text }) => /^(?:bei|with|mit)$/.test(text));
  return leadsOn ? 4 : 1;
};

/** Words between two marks; a comma counts for four, a semicolon or bracket for six. */
const gapOf = ({ tokens }: MarkedSentence, a: Pick<Mark, "from" | "to">, b: Pick<Mark, "from" | "to">): number => {
  const from = Math.min(a.to, b.to);
  const to = Math.max(a.from, b.from);
  let gap = 0;
  for (let i = from; i < to && gap < 60; i++) {
    const { text } = tokens[i]!;
    gap += text === "," ? 4 : text === ";" || text === "(" || text === ")" || text === "–" ? 6 : 1;
  }
  return gap;
};

/** A site that an implant or a metastasis carries in its own word, or that only names a direction. */
const impliedBy = (sentence: MarkedSentence, mark: Mark): number => {
  if (mark.topics.has("metastasis")) return 8;
  if (mark.topics.has("implant")) return 2;
  const next = sentence.markOf[mark.to];
  if (next && (next.topics.has("implant") || isElsewhere(next))) return next.topics.has("implant") ? 2 : 6;
  return 0;
};

/** The side that stands with the site; one that stands with another site or in another sentence counts less. */
const bestSide = (
  sides: readonly Candidate<"left" | "right" | "both">[],
  site: Candidate<string>,
): Candidate<"left" | "right" | "both"> | undefined =>
  best(
    sides.map((candidate) => {
      const { sentence, mark } = candidate;
      const nearest = nearestSite(sentence, mark);
      let bonus = 0;
      if (nearest && nearest.gap <= 5) bonus += nearest.site === site.value ? 3 : bones.has(nearest.site) ? -6 : -0.5;
      if (sentence === site.sentence) bonus += 4 - 0.25 * gapOf(sentence, mark, site.mark);
      if (candidate.value === "both") bonus -= 2;
      return { ...candidate, weight: candidate.weight + bonus };
    }),
    0,
  );

const nearestSite = (sentence: MarkedSentence, mark: Mark): { site: string; gap: number } | undefined => {
  let found: { site: string; gap: number } | undefined;
  for (let i = Math.max(0, mark.from - 8); i < Math.min(sentence.tokens.length, mark.to + 8); i++) {
    const other = sentence.markOf[i];
    if (other?.site === undefined) continue;
    const gap = gapOf(sentence, mark, other);
    if (!found || gap < found.gap) found = { site: other.site, gap };
  }
  return found;
};

const bestPosition = (
  positions: readonly Candidate<readonly PositionPart[]>[],
  site: Candidate<string>,
): Candidate<readonly PositionPart[]> | undefined =>
  best(
    positions.map((candidate) => {
      const nearest = nearestSite(candidate.sentence, candidate.mark);
      const isOthers =
        nearest !== undefined && nearest.site !== site.value && nearest.gap <= 4 && bones.has(nearest.site);
      const bonus = (candidate.sentence === site.sentence ? 2 : 0) - (isOthers ? 4 : 0);
      return { ...candidate, weight: candidate.weight + bonus };
    }),
  );

/** Adjoining parts that the same sentence names beside the best one belong to it: "metaphysär mit Ausdehnung in die Diaphyse". */
const positionOf = (
  chosen: Candidate<readonly PositionPart[]>,
  all: readonly Candidate<readonly PositionPart[]>[],
): Pick<Places, "position"> => {
  const parts = new Set<PositionPart>(chosen.value);
  for (const other of all) {
    if (other.sentence !== chosen.sentence || other.weight < chosen.weight - 4) continue;
    if (gapOf(chosen.sentence, chosen.mark, other.mark) > 9) continue;
    for (const part of other.value) if (parts.size < 2 || parts.has(part)) parts.add(part);
  }
  const name = nameOf(parts) ?? nameOf(new Set(chosen.value));
  return name === undefined ? {} : { position: { value: name, sentence: chosen.sentence } };
};

const nameOf = (parts: ReadonlySet<PositionPart>): string | undefined => {
  if (parts.size === 1) return { epi: "epiphyseal", meta: "metaphyseal", dia: "diaphyseal" }[[...parts][0]!];
  if (parts.size !== 2 || !parts.has("meta")) return undefined;
  return parts.has("epi") ? "epi-metaphyseal" : "meta-diaphyseal";
};

const sparing =
  /^(?:nicht|ohne|kein|keine|not|without|no|sparing|spared|spares|bis|up|respekt|abutting|reaching|intakt|verschont|ausgespart|aussparung|freie|frei)/;

/** "ohne Beteiligung der Epiphyse", "bis an die Epiphyse", "the epiphysis is spared". */
const isDenied = (sentence: MarkedSentence, mark: Mark): boolean => {
  const { tokens } = sentence;
  let isJoined = false;
  for (let i = mark.from - 1; i >= Math.max(0, mark.from - 5); i--) {
    const { text } = tokens[i]!;
    if (text === "," || text === ";") break;
    isJoined ||= text === "und" || text === "and";
    // "überschreitet die Fuge nicht und reicht von der Metaphyse ...": what "not" belongs to is over.
    if (isJoined && (text === "nicht" || text === "not")) break;
    if (text === "bis" || text === "up") {
      if (/^(?:an|zur|zum|to|nahe|knapp)$/.test(tokens[i + 1]?.text ?? "")) return true;
      continue;
    }
    if (sparing.test(text)) return true;
  }
  for (let i = mark.to; i < Math.min(tokens.length, mark.to + 5); i++) {
    const { text } = tokens[i]!;
    if (text === "," || text === ";" || text === "und" || text === "and") break;
    if (unremarkable.test(text) || /^(?:nicht|not|ausgespart|uninvolved)$/.test(text)) return true;
  }
  return false;
};
