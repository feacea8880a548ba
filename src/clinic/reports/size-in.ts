/** Sizes in running text: one to three extents in mm or cm, decimal commas, ranges, "bis zu", each as a tumour's or not. */

import type { Mark, MarkedSentence } from "./mark-sentence.ts";

/** A size as a sentence gives it. */
export interface FoundSize {
  /** The largest first, one to three. */
  readonly sizeMm: readonly number[];
  /** How well the sentence shows that it is the tumour's: higher is better; negative where it is something else's. */
  readonly weight: number;
}

/** A number, the end of its range, and its unit: "3,4", "12-15 mm", "2 bis 3 cm". */
const lengthPattern =
  /(?<=^|[^\p{L}\p{N}.,]|[^\d][.,]|[\dmM][x×*X])(\d{1,4}(?:[.,]\d{1,3})?)(?:[ \u00a0]?(?:-|–|—|bis(?: zu)?|to)[ \u00a0]?(\d{1,4}(?:[.,]\d{1,3})?))?[ \u00a0-]{0,8}(?:(mm|cm|millimeter|zentimeter|millimet(?:re|er)s?|centimet(?:re|er)s?)(?![\p{L}\p{N}²³^]))?/giu;
/** What stands between two extents of one thing. */
const times = /^(?:[ \u00a0]?\([\p{L} .-]{1,24}\))?[ \u00a0]{0,2}(?:x|×|\*|mal|by|auf)[ \u00a0]{0,2}$/iu;

/** "5 cm long and 3 cm wide". */
const along = /^ ?(?:long|lang|hoch|high|breit|wide|in length|in der länge)?,? (?:and|und) $/i;
const across = /^ ?(?:long|lang|wide|breit|tief|deep|dick|thick|high|hoch|in width|in depth|across)/i;

const inWords: Readonly<Record<string, string>> = {
  ein: "1",
  eine: "1",
  einen: "1",
  zwei: "2",
  drei: "3",
  vier: "4",
  fünf: "5",
  sechs: "6",
  sieben: "7",
  acht: "8",
  neun: "9",
  zehn: "10",
  elf: "11",
  zwölf: "12",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
  eleven: "11",
  twelve: "12",
};
const wordPattern = new RegExp(
  `(?<![\\p{L}])(${Object.keys(inWords).join("|")})(?=[ \\u00a0-]{1,2}(?:cm|mm|zentimeter|millimeter|cent|mill))`,
  "giu",
);

/** What shows, before or after, that a length is no tumour's extent. */
const otherBefore =
  /(?:abstand|distanz|entfernung|schichtdicke|schnittdicke|dicke von|sicherheitsabstand|resektionsr[aä]nd\w*|absetzungsr[aä]nd\w*|beinlängen\w*|verkürzung|verlängerung|dislokation|versatz|spalt|schaftdurchmesser|slice thickness|thickness of|distance|margins? (?:of|is|measures?)|(?:resection|surgical|excision) margins?|clearance|leg length|shortening|displacement|gap|interval of|lymphknoten|lymph nodes?|rundherd\w*|nodules?|fistel|hautschnitt|inzision|incision|länge des (?:resektats|präparats)|specimen (?:measur\w+|of)|knorpelkappe|cartilage cap|randsaum|kortikalis\w*|cortex|septum|septen|septa|resektat (?:von|misst)|gewebe\w*|schraube\w*|nagel|screws?|nail|prothese\w*|erguss\w*|effusion)[^,;]{0,40}$/i;
/** "Die Kappe misst 9 mm und die Läsion ...": what stands before belongs to the other. */
const anotherThing = /^.*\b(?:und|and) (?:der|die|das|the) /is;
const otherAfter =
  /^(?: {0,2}(?:margin|resection margin|clear)|[ ,]{0,2}(?:oberhalb|unterhalb|proximal|distal|kranial|kaudal|lateral|medial|dorsal|ventral|abstand|entfernt|vom|von der|von dem|vor dem|above|below|away|from|proximal to|distal to|beneath|deep to|slices?|schichten|schicht|schichtdicke|sections?|verkürzung|shortening|displacement|dislokation|screws?|schraube|pro jahr|per year|sicherheitsabstand|in der tiefe|messend\w* (?:lymph|resektat|präparat|gewebe)))/i;
const earlierBefore =
  /(?:zuvor|vormals|ehemals|vorher|früher|initial|voruntersuchung\w*|voraufnahme\w*|vorbefund\w*|ausgangsbefund|damals|previously|formerly|earlier|prior|initially|from|compared (?:to|with)|versus|vs\.?|statt|anstelle von|gegenüber|before)[^.;]{0,24}$/i;
const earlierAfter =
  /^(?: ?(?:auf|to) ?\d|[^,;.()]{0,24}(?:zuvor|in der voruntersuchung|previously|before|earlier|on the prior|voraufnahme|vormals|im vorbefund))/i;
const extentAround =
  /(?:größe|grösse|groß|große|großer|großes|großen|durchmesser|messend|misst|mißt|ausdehnung|ausgedehnt|länge|längs|maximal|max\.|bis zu|ca\.|diameter|measur|size|sized|extent|extending over|large|across|in length|dimension|greatest|maximum|maximal|up to|approx)/i;

/** The sizes that a sentence gives. A sentence has a bounded length, so the patterns do bounded work. */
export const sizesIn = (sentence: MarkedSentence): readonly FoundSize[] => {
  if (!/(?:\d|[a-zü])[ \u00a0-]{0,3}(?:mm|cm|millim|zentim|centim)/i.test(sentence.text)) return [];
  const text = sentence.text.replaceAll(wordPattern, (word) => inWords[word.toLowerCase()]!.padEnd(word.length, " "));
  const found: FoundSize[] = [];
  for (const { start, end, lengths } of chains(text)) {
    const unitAfter = lengths.findLast(({ unit }) => unit !== undefined)?.unit;
    if (unitAfter === undefined || lengths.length > 3) continue;
    const extents = lengths.map(({ value, unit }) => toMm(value, unit ?? unitAfter));
    if (extents.some((mm) => !(mm > 0 && mm <= 1_000))) continue;
    // "from 20 to 26 mm": the end of a growth is the size now.
    const before = text
      .slice(Math.max(0, start - 70), start)
      .replace(lengths[0]!.isUpper ? /(?:from|von) $/i : /$^/, "");
    const after = text.slice(end, end + 50);
    const near = nearness(sentence, start, end);
    found.push({
      sizeMm: extents.toSorted((x, y) => y - x),
      weight: weightOf({ before, after, extents: extents.length, near }),
    });
  }
  return found;
};

interface Length {
  readonly value: string;
  readonly unit: string | undefined;
  /** The end of a range. */
  readonly isUpper: boolean;
}

/** Lengths that belong together: "3,4 x 2,1 x 5 cm", "3 cm x 2 cm". */
const chains = (text: string): { start: number; end: number; lengths: Length[] }[] => {
  const found: { start: number; end: number; lengths: Length[] }[] = [];
  for (const match of text.matchAll(lengthPattern)) {
    const [all, value, upper, unit] = match;
    const length: Length = { value: upper ?? value!, unit, isUpper: upper !== undefined };
    const end = match.index + all.length;
    const last = found.at(-1);
    const between = last ? text.slice(last.end, match.index) : "";
    // "von 4,2 cm auf 5,6 cm" grew, "4 auf 3 cm" has two extents.
    const isGrowth = /auf/i.test(between) && last?.lengths.at(-1)?.unit !== undefined;
    const isWidth = along.test(between) && across.test(text.slice(end, end + 12));
    if (last && !isGrowth && (times.test(between) || isWidth)) {
      last.lengths.push(length);
      last.end = end;
    } else found.push({ start: match.index, end, lengths: [length] });
  }
  return found;
};

const toMm = (value: string, unitName: string): number => {
  const factor = /^(?:cm|z|c)/i.test(unitName) ? 10 : 1;
  return Math.round(Number(value.replace(",", ".")) * factor * 100) / 100;
};

const weightOf = ({
  before,
  after,
  extents,
  near,
}: {
  before: string;
  after: string;
  extents: number;
  near: number;
}): number => {
  if (otherBefore.test(before.replace(anotherThing, "")) || otherAfter.test(after)) return -1;
  if (earlierBefore.test(before) || earlierAfter.test(after)) return -0.5;
  const stated = extentAround.test(before.slice(-32)) || extentAround.test(after.slice(0, 28)) ? 1 : 0;
  return near + stated + (extents > 1 ? 1 : 0);
};

/** 2 where a tumour or lesion stands in the sentence nearer than anything else that is measured; -2 beside a metastasis. */
const nearness = (sentence: MarkedSentence, start: number, end: number): number => {
  let best = { distance: 200, value: 0 };
  for (const mark of sentence.marks) {
    const value = relevanceOf(mark);
    if (value === 0) continue;
    const from = sentence.tokens[mark.from]!.start - sentence.start;
    const to = sentence.tokens[mark.to - 1]!.end - sentence.start;
    const distance = to <= start ? start - to : from >= end ? from - end : 0;
    if (distance < best.distance) best = { distance, value };
  }
  return best.value;
};

const relevanceOf = (mark: Mark): number => {
  if (mark.topics.has("metastasis")) return -3;
  if (mark.entity !== undefined || mark.topics.has("lesion") || mark.topics.has("recurrence")) return 2;
  return 0;
};
