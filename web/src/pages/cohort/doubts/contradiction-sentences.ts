/** The sentences of contradictions in German: the server says them in English (src/clinic/tables). */

/** How what a sentence names is called in German. */
export interface GermanNames {
  readonly entity: (name: string) => string;
  readonly site: (name: string) => string;
  /** Any closed word: a side, a position, a malignancy, a sex. */
  readonly word: (name: string) => string;
}

type Sentence = (parts: readonly string[], names: GermanNames) => string;

/** `2016-05-12` as `12.05.2016`; of a date that is known in part, what is known. */
const date = (iso: string): string => iso.split("-").reverse().join(".");

const fields: Readonly<Record<string, string>> = {
  "the sex": "das Geschlecht",
  "the date of birth": "das Geburtsdatum",
  "the date of death": "das Sterbedatum",
  "the final diagnosis": "die endgültige Diagnose",
};

const dated = /^\d{4}(-\d\d){0,2}$/;

/** A value of unknown kind. */
const value = (text: string, { entity, site, word }: GermanNames): string =>
  dated.test(text) ? date(text) : site(entity(word(text)));

const sentences: readonly (readonly [RegExp, Sentence])[] = [
  [
    /^(.+) is ([a-z]+(?: or [a-z]+)*), and the table calls it (.+)\.$/,
    ([name, possible, said], { entity, word }) =>
      `${entity(name!)} ist ${possible!.split(" or ").map(word).join(" oder ")}, in der Tabelle steht ${word(said!)}.`,
  ],
  [
    /^The ICD-10 code (\S+) is not one of (.+)\.$/,
    ([code, name], { entity }) => `Der ICD-10-Code ${code} gehört nicht zu ${entity(name!)}.`,
  ],
  [
    /^The morphology (\S+) is not one of (.+)\.$/,
    ([code, name], { entity }) => `Die Morphologie ${code} gehört nicht zu ${entity(name!)}.`,
  ],
  [
    /^(.+) is benign, and the table gives it a TNM stage\.$/,
    ([name], { entity }) => `${entity(name!)} ist benigne, in der Tabelle steht ein TNM-Stadium.`,
  ],
  [
    /^The (.+) has no sides, and the table says "(.*)"\.$/,
    ([name, side], { site, word }) => `${site(name!)}: ohne Seite, in der Tabelle steht „${word(side!)}“.`,
  ],
  [
    /^The (.+) is no tubular bone, and the table says "(.*)"\.$/,
    ([name, position], { site, word }) =>
      `${site(name!)}: kein Röhrenknochen, in der Tabelle steht „${word(position!)}“.`,
  ],
  [
    /^The site is said to be on the side "(.*)", and the side to be "(.*)"\.$/,
    ([first, second], { word }) =>
      `Die Lokalisation nennt die Seite „${word(first!)}“, die Seite ist „${word(second!)}“.`,
  ],
  [
    /^The diagnosis of (\S+) lies before the birth on (\S+)\.$/,
    ([diagnosed, born]) => `Die Diagnose vom ${date(diagnosed!)} liegt vor der Geburt am ${date(born!)}.`,
  ],
  [
    /^An age of (\S+) does not fit the birth on (\S+) and the diagnosis on (\S+)\.$/,
    ([age, born, diagnosed]) =>
      `Das Alter ${age!.replace(".", ",")} passt nicht zur Geburt am ${date(born!)} und zur Diagnose am ${date(diagnosed!)}.`,
  ],
  [
    /^A treatment began on (\S+), before the diagnosis on (\S+)\.$/,
    ([began, diagnosed]) => `Eine Therapie begann am ${date(began!)}, vor der Diagnose am ${date(diagnosed!)}.`,
  ],
  [
    /^A follow-up on (\S+) lies before the diagnosis on (\S+)\.$/,
    ([visit, diagnosed]) => `Eine Nachsorge am ${date(visit!)} liegt vor der Diagnose am ${date(diagnosed!)}.`,
  ],
  [
    /^The death on (\S+) lies before the diagnosis on (\S+)\.$/,
    ([died, diagnosed]) => `Der Tod am ${date(died!)} liegt vor der Diagnose am ${date(diagnosed!)}.`,
  ],
  [
    /^The death on (\S+) lies before the treatment on (\S+)\.$/,
    ([died, began]) => `Der Tod am ${date(died!)} liegt vor der Therapie am ${date(began!)}.`,
  ],
  [
    /^A follow-up on (\S+) lies after the death on (\S+)\.$/,
    ([visit, died]) => `Eine Nachsorge am ${date(visit!)} liegt nach dem Tod am ${date(died!)}.`,
  ],
  [
    /^The rows give (.+) as "(.*)" and as "(.*)"\.$/,
    ([field, before, now], names) =>
      `Die Zeilen nennen für ${fields[field!] ?? `„${field}“`} „${value(before!, names)}“ und „${value(now!, names)}“.`,
  ],
  [
    /^The case (.+) stands under the patients (.+) and (.+)\.$/,
    ([of, first, second]) => `Der Fall ${of} steht bei den Patienten ${first} und ${second}.`,
  ],
  [
    /^The patients (.+) and (.+) have the same names and date of birth\.$/,
    ([first, second]) => `Die Patienten ${first} und ${second} haben dieselben Namen und dasselbe Geburtsdatum.`,
  ],
];

/** Undefined for a sentence that a newer server says. */
export const germanContradiction = (detail: string, names: GermanNames): string | undefined => {
  for (const [pattern, sentence] of sentences) {
    const found = pattern.exec(detail);
    if (found) return sentence(found.slice(1), names);
  }
  return undefined;
};
