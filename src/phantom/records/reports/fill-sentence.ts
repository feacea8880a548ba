/** Fills the blanks of a sentence in German or English, and tells what the sentence then says. */

import type { ReportLanguage, StatedDiagnosis } from "../../../clinic/reports/report-fields.ts";
import { siteTerm } from "../../../clinic/vocabulary/sites.ts";
import type { Random } from "../../../numeric/random.ts";
import { usualWords } from "../word-choice.ts";
import type { PlainReportFields, ReportFacts, SentencePattern } from "./report-facts.ts";

type Gender = "m" | "f" | "n";

/** German names of sites with the gender that their articles need. */
const germanSites: Readonly<Record<string, readonly (readonly [string, Gender, string])[]>> = {
  femur: [
    ["Femur", "m", "Femurs"],
    ["Oberschenkelknochen", "m", "Oberschenkelknochens"],
  ],
  tibia: [
    ["Tibia", "f", "Tibia"],
    ["Schienbein", "n", "Schienbeins"],
  ],
  fibula: [
    ["Fibula", "f", "Fibula"],
    ["Wadenbein", "n", "Wadenbeins"],
  ],
  humerus: [
    ["Humerus", "m", "Humerus"],
    ["Oberarmknochen", "m", "Oberarmknochens"],
  ],
  radius: [
    ["Radius", "m", "Radius"],
    ["Speiche", "f", "Speiche"],
  ],
  ulna: [
    ["Ulna", "f", "Ulna"],
    ["Elle", "f", "Elle"],
  ],
  clavicle: [
    ["Klavikula", "f", "Klavikula"],
    ["Schlüsselbein", "n", "Schlüsselbeins"],
  ],
  scapula: [
    ["Skapula", "f", "Skapula"],
    ["Schulterblatt", "n", "Schulterblatts"],
  ],
  patella: [
    ["Patella", "f", "Patella"],
    ["Kniescheibe", "f", "Kniescheibe"],
  ],
  ilium: [
    ["Os ilium", "n", "Os ilium"],
    ["Darmbein", "n", "Darmbeins"],
  ],
  ischium: [["Sitzbein", "n", "Sitzbeins"]],
  pubis: [
    ["Os pubis", "n", "Os pubis"],
    ["Schambein", "n", "Schambeins"],
  ],
  acetabulum: [["Azetabulum", "n", "Azetabulums"]],
  hand: [
    ["Hand", "f", "Hand"],
    ["Mittelhand", "f", "Mittelhand"],
  ],
  foot: [
    ["Fuß", "m", "Fußes"],
    ["Mittelfuß", "m", "Mittelfußes"],
  ],
  "upper arm": [["Oberarm", "m", "Oberarms"]],
  forearm: [["Unterarm", "m", "Unterarms"]],
  thigh: [["Oberschenkel", "m", "Oberschenkels"]],
  "lower leg": [["Unterschenkel", "m", "Unterschenkels"]],
  shoulder: [["Schulter", "f", "Schulter"]],
  elbow: [["Ellenbogen", "m", "Ellenbogens"]],
  hip: [["Hüfte", "f", "Hüfte"]],
  knee: [
    ["Knie", "n", "Knies"],
    ["Kniegelenk", "n", "Kniegelenks"],
  ],
  rib: [["Rippe", "f", "Rippe"]],
  spine: [["Wirbelsäule", "f", "Wirbelsäule"]],
  "cervical spine": [
    ["HWS", "f", "HWS"],
    ["Halswirbelsäule", "f", "Halswirbelsäule"],
  ],
  "thoracic spine": [
    ["BWS", "f", "BWS"],
    ["Brustwirbelsäule", "f", "Brustwirbelsäule"],
  ],
  "lumbar spine": [
    ["LWS", "f", "LWS"],
    ["Lendenwirbelsäule", "f", "Lendenwirbelsäule"],
  ],
  sacrum: [
    ["Sakrum", "n", "Sakrums"],
    ["Kreuzbein", "n", "Kreuzbeins"],
  ],
  coccyx: [["Steißbein", "n", "Steißbeins"]],
  pelvis: [["Becken", "n", "Beckens"]],
  "abdominal wall": [["Bauchwand", "f", "Bauchwand"]],
  "thoracic wall": [["Thoraxwand", "f", "Thoraxwand"]],
  sternum: [["Sternum", "n", "Sternums"]],
  dorsum: [["Rücken", "m", "Rückens"]],
  skull: [["Schädel", "m", "Schädels"]],
  mandible: [["Unterkiefer", "m", "Unterkiefers"]],
  "head-neck region": [["Hals", "m", "Halses"]],
};

const englishSites: Readonly<Record<string, string>> = {
  dorsum: "back",
  "head-neck region": "neck",
  "thoracic wall": "chest wall",
  ilium: "iliac bone",
  pubis: "pubic bone",
  skull: "calvaria",
};

const germanPositions: Readonly<Record<string, string>> = {
  epiphyseal: "epiphysär",
  "epi-metaphyseal": "epi-metaphysär",
  metaphyseal: "metaphysär",
  "meta-diaphyseal": "meta-diaphysär",
  diaphyseal: "diaphysär",
};
const germanPlaces: Readonly<Record<string, string>> = {
  epiphyseal: "Epiphyse",
  "epi-metaphyseal": "Epi-Metaphyse",
  metaphyseal: "Metaphyse",
  "meta-diaphyseal": "Meta-Diaphyse",
  diaphyseal: "Diaphyse",
};
const englishPlaces: Readonly<Record<string, string>> = {
  epiphyseal: "epiphysis",
  "epi-metaphyseal": "epi-metaphysis",
  metaphyseal: "metaphysis",
  "meta-diaphyseal": "meta-diaphysis",
  diaphyseal: "diaphysis",
};

const genderOf = (name: string): Gender => {
  if (/(zyste|plasie|tose|matose|ämie|metastase|itis|lation|insel|fektion|position|ssifikation)$/i.test(name))
    return "f";
  if (/(tumor|defekt|abszess|infekt)$/i.test(name)) return "m";
  return "n";
};

/** Adjectives before a German noun in the weak inflection: "aneurysmatischen Knochenzyste". */
const weak = (name: string): string => name.replace(/(?<=^|\s)(?!nicht )([a-zäöüß]{4,}?)(es|er|e)(?=\s)/g, "$1en");

const german = {
  einem: (name: string): string => `${genderOf(name) === "f" ? "einer" : "einem"} ${weak(name)}`,
  ein: (name: string): string => {
    const gender = genderOf(name);
    return gender === "m" ? `einen ${weak(name)}` : `${gender === "f" ? "eine" : "ein"} ${name}`;
  },
};

const english = { ein: (name: string): string => `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}` };

const measure = (sizeMm: readonly number[], language: ReportLanguage, random: Random): string => {
  const inMm = random.chance(0.35);
  const decimal = language === "de" ? "," : ".";
  const parts = sizeMm.map((mm) => (inMm ? String(mm) : (mm / 10).toFixed(1).replace(".", decimal)));
  return `${parts.join(random.pick([" x ", " x ", "x", " × "]))} ${inMm ? "mm" : "cm"}`;
};

type Blanks = Readonly<Record<string, () => string | undefined>>;

const placeBlanks = (facts: ReportFacts, language: ReportLanguage, random: Random): Blanks => {
  const { site, side, position } = facts;
  const paired = site !== undefined && siteTerm(site)!.paired;
  const word = paired ? side : undefined;
  if (language === "en") {
    const name = site && (englishSites[site] ?? site);
    const of = name && `${word === "both" ? "both sides of the " : `the ${word ? `${word} ` : ""}`}${name}`;
    return {
      at: () => of && `in ${of}`,
      of: () => of && `of ${of}`,
      place: () => name && (word ? `${name}, ${word === "both" ? "bilateral" : word}` : name),
      position: () => position,
      zone: () => position && englishPlaces[position],
    };
  }
  const names = site === undefined ? undefined : germanSites[site];
  const [name, gender, genitive] = names ? random.pick(names) : [undefined, "n" as const, undefined];
  const adjective = word === "left" ? "linken " : word === "right" ? "rechten " : "";
  const tail = word === "both" ? " beidseits" : "";
  return {
    at: () => name && `${gender === "f" ? "an der" : "am"} ${adjective}${name}${tail}`,
    of: () => genitive && `${gender === "f" ? "der" : "des"} ${adjective}${genitive}${tail}`,
    place: () => name && (word ? `${name} ${{ left: "links", right: "rechts", both: "beidseits" }[word]}` : name),
    position: () => position && germanPositions[position],
    zone: () => position && germanPlaces[position],
  };
};

/** A sentence with what it says. */
export interface FilledSentence {
  readonly text: string;
  readonly says: Omit<PlainReportFields, "language" | "kind">;
}

/** The sentence with its blanks filled; undefined where the facts lack what it needs. */
export const fillSentence = (
  [text, says = {}]: SentencePattern,
  of: { readonly facts: ReportFacts; readonly language: ReportLanguage },
  random: Random,
): FilledSentence | undefined => {
  const { facts, language } = of;
  for (const therapy of ["surgery", "chemotherapy", "radiotherapy", "occurrence"] as const) {
    if (says[therapy] !== undefined && says[therapy] !== facts[therapy]) return undefined;
  }
  const named = (entity: string | undefined) =>
    entity === undefined ? undefined : random.pick(usualWords(entity, language));
  const grammar = language === "de" ? german : { ...english, einem: english.ein };
  const entity = named(facts.entity);
  const other = named(facts.other);
  const blanks: Blanks = {
    ...placeBlanks(facts, language, random),
    size: () => facts.sizeMm && measure(facts.sizeMm, language, random),
    entity: () => entity,
    einem: () => entity && grammar.einem(entity),
    ein: () => entity && grammar.ein(entity),
    other: () => other,
    otherEinem: () => other && grammar.einem(other),
    otherEin: () => other && grammar.ein(other),
    history: () => named(facts.history),
    year: () => String(facts.year - 3 - random.integer(15)),
  };
  const used = new Set(Array.from(text.matchAll(/\{(\w+)\}/g), ([, blank]) => blank!));
  const values = new Map([...used].map((blank) => [blank, blanks[blank]?.()]));
  if ([...values.values()].includes(undefined)) return undefined;
  const filled = text.replaceAll(/\{(\w+)\}/g, (_, blank: string) => values.get(blank)!);
  const uses = (...names: readonly string[]): boolean => names.some((name) => used.has(name));
  const placed = uses("at", "of", "place");
  const diagnoses: StatedDiagnosis[] = [];
  if (uses("entity", "ein", "einem")) diagnoses.push({ entity: facts.entity!, certainty: says.of ?? "confirmed" });
  if (uses("other", "otherEin", "otherEinem"))
    diagnoses.push({ entity: facts.other, certainty: says.ofOther ?? "differential" });
  if (uses("history")) diagnoses.push({ entity: facts.history, certainty: "confirmed", past: true });
  const sided = placed && facts.side !== undefined && siteTerm(facts.site!)!.paired;
  return {
    text: filled.replace(/^[a-zäöü]/, (letter) => letter.toUpperCase()),
    says: {
      ...(says.surgery ? { surgery: says.surgery } : {}),
      ...(says.chemotherapy ? { chemotherapy: says.chemotherapy } : {}),
      ...(says.radiotherapy ? { radiotherapy: says.radiotherapy } : {}),
      ...(says.occurrence ? { occurrence: says.occurrence } : {}),
      ...(uses("size") ? { sizeMm: facts.sizeMm! } : {}),
      ...(placed ? { site: facts.site! } : {}),
      ...(sided ? { side: facts.side! } : {}),
      ...(uses("position", "zone") ? { position: facts.position! } : {}),
      diagnoses,
    },
  };
};
