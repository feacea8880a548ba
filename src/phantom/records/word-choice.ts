/** How the people who fill in tables word things: German and English names, abbreviations, habits with dates and numbers. */
import type { CellRule } from "../../clinic/findings.ts";
import type { Treatment } from "../../clinic/records.ts";
import {
  confirmationWords,
  followUpStatusWords,
  malignancyWords,
  occurrenceWords,
  originWords,
  positionWords,
  sexWords,
  sideWords,
  type WordEntry,
} from "../../clinic/vocabulary/clinical-words.ts";
import { entityTerm } from "../../clinic/vocabulary/entities.ts";
import { siteTerm } from "../../clinic/vocabulary/sites.ts";
import type { Random } from "../../numeric/random.ts";
import type { Cell } from "./table-row.ts";

/** A cell whose text is not what the vocabulary writes is noted as a change of spelling. */
const spelled = (text: string, name: string, rule: CellRule): Cell =>
  text === name ? { value: text } : { value: text, rule };

/** Names of special kinds of an entity say more than is true of every case. */
const special =
  /multip|hered|heredit|krankheit|Ollier|Maffucci|atyp|ACT|second|sekund|Jaff|Albright|poly|mono|Dupuy|Reckling|extra|Askin|dediff|mesench|clear cell|Klarzell|klarzell|perioste|parost|peripher|juxta|teleang|low-grade|niedrig|small|kleinzell|surface|subung|malign|metast|syndrome|Syndrom|Baker|intraoss|intraossär|Hygroma|spindle|Spindel|angio|Angio|hibern|Hibern|Sklerom|disease|Morbus|M\. |seroma|Serom|of bone|des Knochens|wirbel|vertebral|Haut|dermato|Dermato|elasto|Elasto|tendon|Sehnen|alveol|embry|mya|biphas/;

const wordsOfEntity = (name: string): readonly string[] => {
  const { synonyms } = entityTerm(name)!;
  const usual = [...synonyms.de, ...synonyms.en].filter((word) => !special.test(word));
  return usual.length > 0 ? usual.slice(0, 8) : [synonyms.de[0] ?? synonyms.en[0] ?? name];
};

const cased = (text: string, random: Random): string => {
  if (text.length < 5 || random.chance(0.9)) return text;
  return random.chance(0.5) ? text.toUpperCase().replaceAll("ß", "SS") : text.toLowerCase();
};

/** An entity in the words of a German clinic. */
export const entityCell = (name: string, random: Random): Cell => {
  const german = entityTerm(name)!.synonyms.de[0] ?? name;
  const word = random.pick([german, name, random.pick(wordsOfEntity(name))], [6, 1, 3]);
  return spelled(cased(word, random), name, "synonym");
};

/** A site in German, Latin or English. */
export const siteCell = (name: string, random: Random): Cell => {
  const { synonyms } = siteTerm(name)!;
  const words = [synonyms.de[0] ?? name, name[0]!.toUpperCase() + name.slice(1), random.pick([...synonyms.de, name])];
  return spelled(cased(random.pick(words, [5, 3, 3]), random), name, "synonym");
};

const fromList =
  <T extends string>(entries: readonly WordEntry<T>[], language: "de" | "en") =>
  (value: T, random: Random): Cell => {
    const entry = entries.find((one) => one.value === value)!;
    const usual = entry[language].filter((word) => !/^\W?\d$|^.$/.test(word) || /^[wmlr]$/.test(word));
    const word = usual.length === 0 ? value : random.pick([usual[0]!, random.pick(usual.slice(0, 5))], [3, 1]);
    return spelled(word, value, "synonym");
  };

export const sexCell = fromList(
  sexWords.map((entry) => (entry.value === "male" ? { ...entry, de: ["männlich", "m", "m"] } : entry)),
  "de",
);
export const sideCell = fromList(sideWords, "de");
export const positionCell = fromList(positionWords, "de");
export const malignancyCell = fromList(malignancyWords, "de");
export const confirmationCell = fromList(confirmationWords, "de");
export const occurrenceCell = fromList(occurrenceWords, "de");
export const originCell = fromList(originWords, "de");
export const statusCell = fromList(followUpStatusWords, "en");

const germanDetails: Readonly<Record<string, readonly string[]>> = {
  curettage: ["Kürettage", "Curettage"],
  "bone graft": ["Spongiosaplastik"],
  cement: ["Zementplombe"],
  "wide resection": ["weite Resektion", "Resektion"],
  "marginal resection": ["marginale Resektion", "Exzision"],
  endoprosthesis: ["Tumorprothese", "Endoprothese"],
  amputation: ["Amputation"],
  "radiofrequency ablation": ["Radiofrequenzablation"],
  "intramedullary nail": ["Marknagelosteosynthese", "Operation"],
  sclerotherapy: ["Sklerosierung"],
  denosumab: ["Denosumab"],
  antibiotics: ["Antibiotika"],
  "steroid injection": ["Kortisoninjektion"],
};
const germanKinds: Readonly<Record<Treatment["kind"], readonly string[]>> = {
  surgery: ["Operation", "OP"],
  chemotherapy: ["Chemotherapie", "Polychemotherapie"],
  radiotherapy: ["Strahlentherapie", "Bestrahlung", "Radiatio"],
  observation: ["Beobachtung", "Verlaufskontrolle", "konservativ"],
  other: ["andere"],
};

/** All treatments of a case in one cell, in their order. */
export const therapyCell = (treatments: readonly Treatment[], random: Random): Cell | undefined => {
  if (treatments.length === 0) return undefined;
  const words = treatments.map(({ kind, detail }) =>
    detail === undefined
      ? random.pick(germanKinds[kind])
      : detail
          .split(" and ")
          .map((part) => random.pick(germanDetails[part] ?? germanKinds[kind]))
          .join(" und "),
  );
  return { value: words.join(random.pick([" + ", ", "], [3, 1])), rule: "synonym" };
};

const months = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember".split("|");

/** A day as Germans write it; now and then as computers do. */
export const dateCell = (date: string, random: Random): Cell => {
  const [year, month, day] = date.split("-") as [string, string, string];
  const texts = [
    `${day}.${month}.${year}`,
    `${Number(day)}.${Number(month)}.${year}`,
    date,
    `${Number(day)}. ${months[Number(month) - 1]} ${year}`,
  ];
  return spelled(random.pick(texts, [80, 10, 6, 4]), date, "date-format");
};

/** Tenths of a centimetre with the comma of German tables. */
export const centimetresCell = (mm: number, random: Random): Cell => {
  const plain = String(mm / 10);
  return spelled(random.chance(0.94) ? plain.replace(".", ",") : plain, plain, "number-format");
};

/** One part of a TNM stage, with or without its letters. */
export const tnmCell = (
  letter: "T" | "N" | "M",
  part: string,
  of: { readonly prefix: string; readonly random: Random },
): Cell => {
  const { prefix, random } = of;
  return spelled(random.pick([`${prefix}${letter}${part}`, `${letter}${part}`, part], [4, 3, 2]), part, "synonym");
};

/** What is written where nothing is known. */
export const placeholderCell = (random: Random): Cell => ({
  value: random.pick(
    ["unbekannt", "k.A.", "keine Angabe", "?", "-", "n/a", "k. A.", "nicht bekannt"],
    [5, 4, 3, 2, 3, 1, 1, 1],
  ),
  rule: "placeholder",
});

/** The names that reports use for an entity: written out, in one language. */
export const usualWords = (name: string, language: "de" | "en"): readonly string[] => {
  const { synonyms } = entityTerm(name)!;
  const plain = (word: string): boolean => word.length > 4 && !special.test(word) && !/^[A-ZÄÖ]{2,}/.test(word);
  if (language === "de") {
    const words = synonyms.de.filter(plain).slice(0, 3);
    return words.length > 0 ? words : [synonyms.de[0] ?? name];
  }
  // within a sentence, names begin small unless they are somebody's
  const small = (word: string): string =>
    /^(Ewing|Paget|Brodie|Codman|Langerhans|Nora|Hodgkin|Baker|B-|T-)/.test(word)
      ? word
      : word[0]!.toLowerCase() + word.slice(1);
  return [name, ...synonyms.en.filter(plain).slice(0, 2)].map(small);
};
