/**
 * The vocabulary as words to be found in running text: phrases of several words, single words with their endings, and the
 * parts of German compounds such as "Femurmetaphyse", "Enchondromverdacht" and "Chondrosarkomrezidiv".
 */

import { entityTerms } from "../vocabulary/entities.ts";
import { siteTerms } from "../vocabulary/sites.ts";
import { PhraseTable } from "./phrase-table.ts";
import { foldWord, type Token, tokenise } from "./tokens.ts";
import type { Topic } from "./word-table.ts";

/** What a word or a part of one means. */
export interface Meaning {
  readonly entity?: string;
  readonly site?: string;
  readonly topic?: Topic;
  /** What a compound's last part says of its first. */
  readonly turn?: "suspects" | "asks" | "recurrence" | "begin" | "finish" | "planned";
  readonly positions?: readonly PositionPart[];
  /** An abbreviation, which counts only in capitals. */
  readonly inCapitals?: boolean;
}

/** The parts of a long bone. */
export type PositionPart = "epi" | "meta" | "dia";

/** Bones as adjectives, and parts of bones that reports name instead of the bone; to the vocabulary's sites. */
const furtherSites: Readonly<Record<string, string>> = {
  femur:
    "femoral|femoraler|femorale|femoralen|femoral neck|femoral head|femoral condyle|trochanter|trochanter major|greater trochanter|lesser trochanter|schenkelhals|femurkondyle|femurkondylus|hüftkopf|pertrochantär|subtrochantär|supracondylar femur|intertrochanteric|oberschenkelknochen|femurs|femora",
  tibia:
    "tibial|tibialer|tibiale|tibialen|tibial plateau|tibiaplateau|tibiakopf|schienbein|schienbeinkopf|schienbeins|schienbeinknochen|pilon tibiale|tibiae|shin bone|shinbone",
  fibula: "fibular|fibulaköpfchen|wadenbein|wadenbeinköpfchen|wadenbeins|fibular head|fibulae",
  humerus: "humeral|humerale|humeralen|humeral head|humeruskopf|oberarmkopf|oberarmknochen|humeri|tuberculum majus",
  radius: "radial head|radiusköpfchen|speiche|distaler radius|radii",
  ulna: "olecranon|elle|ulnae",
  pelvis: "becken|hemipelvis|beckenhälfte|acetabulum|azetabulum|acetabular|pelvic|hüftpfanne|beckenkamm",
  ilium:
    "iliac|iliac bone|iliac wing|darmbein|beckenschaufel|darmbeinschaufel|os ilium|os ileum|iliac crest|supraacetabular ilium",
  pubis: "pubic|pubic bone|schambein|os pubis|pubic ramus|schambeinast|symphyse",
  ischium: "ischial|ischial tuberosity|sitzbein|os ischii|sitzbeinast",
  sacrum: "sacral|kreuzbein|os sacrum|sakrum|sakral",
  scapula: "scapular|schulterblatt|schulterblatts|glenoid|acromion",
  clavicle: "clavicular|schlüsselbein|clavicula|klavikula|collar bone",
  patella: "patellar|kniescheibe|kneecap",
  hand: "metacarpal|metacarpale|metacarpals|mittelhandknochen|mittelhand|fingerphalanx|grundphalanx des fingers|finger|daumen|thumb|ring finger|index finger|little finger|middle finger|phalanx of the hand|scaphoid|carpal|handwurzel|handwurzelknochen|zeigefinger|mittelfinger|ringfinger|kleinfinger|os metacarpale|mhk",
  foot: "metatarsal|metatarsale|metatarsals|mittelfußknochen|mittelfuß|calcaneus|kalkaneus|calcaneal|fersenbein|heel|heel bone|talus|zehe|großzehe|toe|great toe|hallux|tarsal|fußwurzel|os metatarsale|os cuboideum|navicular|sprungbein",
  spine:
    "vertebra|vertebral|vertebral body|wirbelkörper|wirbelsäule|wirbel|lendenwirbel|brustwirbel|halswirbel|lendenwirbelkörper|brustwirbelkörper|halswirbelkörper|lumbar vertebra|thoracic vertebra|lwk|bwk|hwk|lws|bws|hws",
};

/** Other parts of German compounds, with what they mean; nothing where they only fill. */
const compoundParts: readonly (readonly [string, Meaning])[] = [
  ...split("tumor|läsion|herd|raumforderung|osteolyse|geschwulst").map((word) => [word, { topic: "lesion" }] as const),
  ...split("rezidiv|lokalrezidiv").map((word) => [word, { turn: "recurrence" }] as const),
  ...split("metastase|metastasierung|filialisierung").map((word) => [word, { topic: "metastasis" }] as const),
  ...split("verdacht|verdachtsdiagnose|verdächtig").map((word) => [word, { turn: "suspects" }] as const),
  ...split("ausschluss|ausschluß").map((word) => [word, { turn: "asks" }] as const),
  ...split("resektion|operation|kürettage|curettage|amputation|exstirpation|exzision|abtragung|entfernung").map(
    (word) => [word, { topic: "surgery" }] as const,
  ),
  ...split("prothese|endoprothese|implantat|nagel|platte|osteosynthese|zement|plombe").map(
    (word) => [word, { topic: "implant" }] as const,
  ),
  ...split("resektat|resektionspräparat|operationspräparat").map((word) => [word, { topic: "specimen" }] as const),
  ...split("chemotherapie|polychemotherapie").map((word) => [word, { topic: "chemotherapy" }] as const),
  ...split("bestrahlung|strahlentherapie|radiotherapie").map((word) => [word, { topic: "radiotherapy" }] as const),
  ...split("radiochemotherapie").map((word) => [word, { topic: "chemoradiotherapy" }] as const),
  ...split("beginn|einleitung").map((word) => [word, { turn: "begin" }] as const),
  ...split("ende|abschluss").map((word) => [word, { turn: "finish" }] as const),
  ...split("planung").map((word) => [word, { turn: "planned" }] as const),
  ...split("epiphys").map((word) => [word, { positions: ["epi"] }] as const),
  ...split("metaphys").map((word) => [word, { positions: ["meta"] }] as const),
  ...split("diaphys|schaft|schaftmitte|shaft|midshaft").map((word) => [word, { positions: ["dia"] }] as const),
  ...split("epimetaphys|metaepiphys").map((word) => [word, { positions: ["epi", "meta"] }] as const),
  ...split("metadiaphys|diametaphys").map((word) => [word, { positions: ["meta", "dia"] }] as const),
  ...split(
    "bereich|region|kopf|köpfchen|hals|kondyle|kondylus|condylus|knochen|gelenk|nah|seite|basis|spitze|kante|kanal|mitte|drittel|viertel|hälfte|artig|ähnlich|typisch|patient|diagnose|befund|bildung|wachstum|anteil|komponente|" +
      "infiltration|erkrankung|manifestation|therapie|behandlung|nachsorge|kontrolle|verlauf|aufnahme|röntgen|serie|rest|primär|weichteil|spontan|distal|proximal|mittel|beuge|innen|außen|lateral|medial|körper|bogen|fortsatz|phalanx|wurzel|" +
      "rücken|sohle|teller|grube|höhe|ebene|gewebe|zellen|zone|stelle|partie|spongiosa|kortikalis|markraum|mark|schmerz|schmerzen|schwellung|links|rechts|low|grade|high|semi|total|modular|mega|transplantat|stumpf|versorgung|wechsel|implantation|neo|adjuvant|zyklus|zyklen|block|schema",
  ).map((word) => [word, {}] as const),
];

/** What may stand between two parts, and behind the last. */
const links = ["", "s", "es", "n", "en", "er", "e", "o", "ens"];
const endings = new Set(
  "|s|es|e|en|n|er|em|ern|ens|se|sen|a|as|ata|is|eal|ere|eren|erer|eres|erem|er|ers|al|ale|alen|aler|ales|ige|iger|igen|iges|ierter|iertes|ierte|ierten|ung|ungen|fall|falls|isch|ische|ischer|ischen|isches|atös|atöse|atösen|atöser|ose"
    .split("|")
    .map((e) => e),
);
const longestPart = 28;
const shortestEntity = 5;

const parts = new Map<string, Meaning>();
const phrases = new PhraseTable<Meaning>();
/** Entities by their names with one letter left out, for spellings that are one letter off; null where two would fit. */
const nearNames = new Map<string, string | null>();

/** The phrases of entities and sites. */
export const vocabularyPhrases: PhraseTable<Meaning> = phrases;

for (const [part, meaning] of compoundParts) parts.set(foldWord(part), meaning);
/** Sites whose words say in running text where something points, or what was examined besides. */
const vague = new Set(split("head|neck|back|Kopf|Hals|abdomen|abdominal|chest|thorax|WS|WK"));
for (const { name, synonyms } of siteTerms) {
  for (const word of [name, ...synonyms.en, ...synonyms.de].filter((synonym) => !vague.has(synonym))) {
    addWord(word, { site: name, ...(/shaft|schaft/i.test(word) ? { positions: ["dia"] } : {}) });
  }
}
// Vertebrae by their number; of the thoracic ones in English those alone that are no stage of a tumour ("T4").
for (let number = 1; number <= 12; number++) {
  const words = [`th ${number}`, `th${number}`, `bwk${number}`, ...(number > 4 ? [`t${number}`] : [])];
  for (const word of words) phrases.add(word, { site: "thoracic spine" });
  if (number <= 5) phrases.add(`lwk${number}`, { site: "lumbar spine" });
  if (number <= 7) phrases.add(`hwk${number}`, { site: "cervical spine" });
}
const siteNames = new Set(siteTerms.map(({ name }) => name));
for (const [site, words] of Object.entries(furtherSites)) {
  if (siteNames.has(site)) for (const word of split(words)) addWord(word, { site }, { only: true });
}
for (const { name, synonyms } of entityTerms) {
  for (const word of [name, ...synonyms.en, ...synonyms.de]) addWord(word, { entity: name });
}

/** Takes a word of the vocabulary; with `only`, where none of the same spelling is there yet. */
function addWord(word: string, meaning: Meaning, { only = false } = {}): void {
  const tokens = tokenise(word).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  if (tokens.length === 0) return;
  const isAbbreviation = /^\p{Lu}{2,5}$/u.test(word);
  const known = isAbbreviation ? { ...meaning, inCapitals: true } : meaning;
  const joined = tokens.map(({ text }) => text).join("");
  if (only && (parts.has(joined) || phrases.find(tokens, 0)?.to === tokens.length)) return;
  if (tokens.length > 1 || joined.length < 4 || isAbbreviation) {
    for (const phrase of isAbbreviation ? [joined] : inflected(tokens)) phrases.add(phrase, known);
  }
  if (isAbbreviation || joined.length < (meaning.entity === undefined ? 4 : shortestEntity)) return;
  if (tokens.length === 1 || word.includes("-")) {
    parts.set(joined, meaning);
    if (meaning.entity !== undefined) addNearNames(joined, meaning.entity);
  }
}

/** A phrase with the endings of its adjectives ("fibröse/fibröser/fibrösen Dysplasie") and of its last noun. */
function inflected(tokens: readonly Token[]): string[] {
  const words = tokens.slice(0, -1).map(({ text, raw }) => {
    const stem = text.replace(/(?:es|er|en|em|e)$/, "");
    return stem !== text && stem.length >= 5 && /^\p{Ll}/u.test(raw) ? `${stem}*` : text;
  });
  const last = tokens.at(-1)!.text;
  const forms =
    last.length < 3 || /\d/.test(last)
      ? [last]
      : [last, ...["s", "es", "e", "en", "n", "a", "ata"].map((e) => last + e)];
  return forms.map((form) => [...words, form].join(" "));
}

function addNearNames(word: string, entity: string): void {
  if (word.length < 9) return;
  for (const near of [word, ...withoutOneLetter(word)]) {
    const other = nearNames.get(near);
    nearNames.set(near, other === undefined || other === entity ? entity : null);
  }
}

function withoutOneLetter(word: string): string[] {
  return Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1));
}

function split(words: string): string[] {
  return words.split("|");
}

/** The meanings of a word's parts in order, where parts, links and ending make up the whole word; cached. */
export const meaningsOfWord = (word: string): readonly Meaning[] => {
  const cached = cache.get(word);
  if (cached) return cached;
  const meanings = partsOf(word) ?? headOf(word) ?? misspelt(word) ?? [];
  if (cache.size >= mostCached) cache.clear();
  cache.set(word, meanings);
  return meanings;
};

const cache = new Map<string, readonly Meaning[]>();
const mostCached = 20_000;

/** Fewest parts first, by dynamic programming over the letters. */
const partsOf = (word: string): readonly Meaning[] | undefined => {
  if (word.length < 4) return parts.has(word) ? [parts.get(word)!] : undefined;
  interface Way {
    readonly count: number;
    readonly from: number;
    readonly meaning?: Meaning;
  }
  const ways: (Way | undefined)[] = new Array(word.length + 1);
  ways[0] = { count: 0, from: -1 };
  let best: { at: number; count: number } | undefined;
  for (let at = 0; at < word.length; at++) {
    const way = ways[at];
    if (!way) continue;
    for (let to = at + 3; to <= Math.min(word.length, at + longestPart); to++) {
      const meaning = parts.get(word.slice(at, to));
      if (!meaning) continue;
      const count = way.count + 1;
      if (endings.has(word.slice(to)) && (!best || count < best.count || (count === best.count && to > best.at)))
        best = { at: to, count };
      for (const link of links) {
        const next = to + link.length;
        if (next >= word.length || !word.startsWith(link, to)) continue;
        if (!ways[next] || ways[next].count > count) ways[next] = { count, from: at, meaning };
      }
      const end = ways[to];
      if (best?.at === to && best.count === count && (!end || end.count >= count))
        ways[to] = { count, from: at, meaning };
    }
  }
  if (!best) return undefined;
  const meanings: Meaning[] = [];
  for (let way = ways[best.at]; way?.meaning; way = ways[way.from]) meanings.unshift(way.meaning);
  return meanings;
};

/** The head of a German compound is its end: an unknown first part before a long known name leaves the name. */
const headOf = (word: string): readonly Meaning[] | undefined => {
  for (let from = 2; from <= word.length - 8; from++) {
    for (const ending of ["", "s", "e", "en", "es", "a"]) {
      if (!word.endsWith(ending)) continue;
      const meaning = parts.get(word.slice(from, word.length - ending.length));
      if (meaning?.entity !== undefined && word.length - ending.length - from >= 8) return [meaning];
    }
  }
  return undefined;
};

/** A tumour's name with one letter too many, too few or wrong. */
const misspelt = (word: string): readonly Meaning[] | undefined => {
  if (word.length < 9 || !/(?:om|oma|ome|oms|omas|zyste|zysten|tumor|tumors|tumoren|osis|ose)$/.test(word))
    return undefined;
  const entity =
    nearNames.get(word) ??
    withoutOneLetter(word)
      .map((near) => nearNames.get(near))
      .find((name) => name != null);
  return entity == null ? undefined : [{ entity }];
};
