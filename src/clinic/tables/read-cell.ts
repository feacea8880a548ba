/** Reads one cell as what its column's field says it is. */
import type { CellRule } from "../findings.ts";
import type { PartialDate } from "../records.ts";
import * as lists from "../vocabulary/clinical-words.ts";
import { findEntity } from "../vocabulary/find-entity.ts";
import { findSite } from "../vocabulary/find-site.ts";
import { wordFinder } from "../vocabulary/find-word.ts";
import type { CellReading } from "./cell-reading.ts";
import type { ColumnMapping } from "./mapping.ts";
import { isPlaceholder, isPlaceholderNumber, saysNotDone } from "./placeholders.ts";
import { readGrade, readIcd10, readMorphology, readTnm, readTnmPart, readTopography } from "./read-codes.ts";
import { readDate } from "./read-date.ts";
import { readAge, readLength, readNumber } from "./read-number.ts";
import type { RowValues } from "./row-values.ts";
import { tableFields } from "./table-fields.ts";

/** What is known of a column and its table. */
export interface CellContext extends Pick<ColumnMapping, "dateOrder" | "decimal" | "unit"> {
  /** The day the table was taken. */
  readonly asOf: PartialDate;
}

/** What a cell says of its row, and what was done to read it. */
export interface CellValues {
  readonly values: RowValues;
  /** What was taken, as one text; absent where nothing was. */
  readonly taken?: string;
  readonly rules: readonly CellRule[];
}

const findSex = wordFinder(lists.sexWords);
const findSide = wordFinder(lists.sideWords);
const findPosition = wordFinder(lists.positionWords);
const findMalignancy = wordFinder(lists.malignancyWords);
const findConfirmation = wordFinder(lists.confirmationWords);
const findOccurrence = wordFinder(lists.occurrenceWords);
const findStatus = wordFinder(lists.followUpStatusWords);
const findOrigin = wordFinder(lists.originWords);
const findTreatment = wordFinder(lists.treatmentWords);

/** Longer texts are prose or hostile; nothing is looked for in them. */
const longestCell = 500;

type Field = NonNullable<ColumnMapping["field"]>;

/** Reads a cell that is not empty. */
export const readCell = (field: Field, text: string, context: CellContext): CellValues => {
  const { kind } = tableFields[field];
  if (kind === "person") return { values: {}, rules: isPlaceholder(text) ? ["placeholder"] : [] };
  if (saysNothing(kind, text)) return { values: {}, rules: ["placeholder"] };
  if (text.length > longestCell) return { values: {}, rules: [tooLong(kind)] };
  switch (kind) {
    case "identifier":
      return one(field, readIdentifier(text));
    case "entity": {
      const reading = one(field, readEntity(text, field === "preliminaryEntity"));
      const isUnread = field === "finalEntity" && reading.taken === undefined;
      return isUnread ? { ...reading, values: { finalUnread: true } } : reading;
    }
    case "site":
      return readSite(text);
    case "sex":
      return one("sex", inList(findSex, text, "unknown-sex"));
    case "side":
      return one("side", inList(findSide, text, "unknown-word"));
    case "position":
      return one("position", inList(findPosition, text, "unknown-word"));
    case "malignancy":
      return one("malignancy", inList(findMalignancy, text, "unknown-word"));
    case "confirmation":
      return one("confirmation", inList(findConfirmation, text, "unknown-word"));
    case "occurrence":
      return one("occurrence", inList(findOccurrence, text, "unknown-word"));
    case "status":
      return one("status", inList(findStatus, text, "unknown-word"));
    case "origin":
      return one("origin", inList(findOrigin, text, "unknown-word"));
    case "therapy":
      return readTherapy(text);
    case "date": {
      const reading = readDate(text, { asOf: context.asOf, ...(context.dateOrder && { order: context.dateOrder }) });
      const values = one(field, reading);
      const isGuess = field === "birthDate" && reading.rules.includes("two-digit-year");
      return isGuess ? { ...values, values: { ...values.values, birthCenturyGuessed: true } } : values;
    }
    case "age":
      return one("ageYears", readAge(text, numberFormat(context)));
    case "months":
      return one("months", readMonths(text, context));
    case "length":
      return one("tumourSizeMm", readLength(text, context.unit ?? "cm", numberFormat(context)));
    case "grade":
      return one("grade", readGrade(text));
    case "icd10":
      return one("icd10", readIcd10(text));
    case "morphology":
      return one("icdO3Morphology", readMorphology(text));
    case "topography":
      return one("icdO3Topography", readTopography(text));
    case "tnm": {
      const { value, rules } = readTnm(text);
      if (value === undefined) return { values: {}, rules };
      const { prefix, ...parts } = value;
      return { values: { ...parts, ...(prefix && { tnmPrefix: prefix }) }, taken: JSON.stringify(parts), rules };
    }
    case "tnm-part": {
      const { value, rules } = readTnmPart(text, field as "t" | "n" | "m");
      if (value === undefined) return { values: {}, rules };
      const prefix = value.prefix === undefined ? {} : { tnmPrefix: value.prefix };
      return { values: { [field]: value.part, ...prefix }, taken: value.part, rules };
    }
  }
};

const saysNothing = (kind: (typeof tableFields)[Field]["kind"], text: string): boolean => {
  if (kind === "tnm-part" && /^x$/i.test(text)) return false;
  if (kind === "therapy" && findTreatment(text) !== undefined) return false;
  const isNumber = kind === "age" || kind === "months" || kind === "length";
  if (kind !== "entity" && kind !== "site" && /^t\.?b\.?[cda]\.?$/i.test(text)) return true;
  if (exact.has(kind) && saysNotDone(text)) return true;
  return isPlaceholder(text) || (isNumber && isPlaceholderNumber(text)) || (kind === "grade" && /^g?x$/i.test(text));
};

/** What holds no prose. */
const exact: ReadonlySet<string> = new Set([
  "date",
  "age",
  "months",
  "length",
  "grade",
  "icd10",
  "morphology",
  "topography",
  "tnm",
  "tnm-part",
]);

const tooLong = (kind: (typeof tableFields)[Field]["kind"]): CellRule => {
  if (kind === "entity") return "unknown-entity";
  if (kind === "site") return "unknown-site";
  if (kind === "sex") return "unknown-sex";
  if (kind === "date") return "unreadable-date";
  if (kind === "tnm" || kind === "tnm-part") return "invalid-tnm";
  if (kind === "icd10" || kind === "morphology" || kind === "topography") return "invalid-icd-code";
  return ["age", "months", "length", "grade"].includes(kind) ? "unreadable-number" : "unknown-word";
};

const numberFormat = ({ decimal }: CellContext) => (decimal === undefined ? {} : { decimal });

const one = (name: Field | keyof RowValues, { value, rules }: CellReading<string | number>): CellValues =>
  value === undefined ? { values: {}, rules } : { values: { [name]: value }, taken: String(value), rules };

interface ListMatch {
  readonly value: string;
  readonly how: "name" | "synonym";
}

/** A word with a question mark behind it is a guess of whoever wrote it. */
const inList = (
  find: (text: string) => ListMatch | undefined,
  text: string,
  unknown: CellRule,
): CellReading<string> => {
  const reading = fromList(find(text) ?? find(withoutRemark(text)), unknown);
  const isGuess = reading.value !== undefined && text.includes("?");
  return isGuess ? { ...reading, rules: ["approximate-value", ...reading.rules] } : reading;
};

/** A cell without what stands about its word: "extern (Hausarzt)", "Tumorboard vom 12.3.", "1. Rezidiv", "distale Metaphyse". */
const withoutRemark = (text: string): string =>
  text
    .replace(/\s*\([^)]*\)$/, "")
    .replace(/\s+(?:vom|am|of|on)\s+[\d./-]+$/, "")
    .replace(/^\d+\.\s+/, "")
    .replace(directions, " ")
    .trim();

const fromList = (match: ListMatch | undefined, unknown: CellRule): CellReading<string> =>
  match === undefined ? { rules: [unknown] } : { value: match.value, rules: match.how === "name" ? [] : ["synonym"] };

/** Spreadsheets turn numbers of patients into decimals. */
const readIdentifier = (text: string): CellReading<string> => {
  const value = text.replace(/^(\d+)[.,]0+$/, "$1");
  return { value, rules: value === text ? [] : ["number-format"] };
};

const readMonths = (text: string, context: CellContext): CellReading<number> => {
  const bare = text.replace(/\s*(?:monate?n?|months?|mon\.?|mo\.?)\s*$/i, "");
  const reading = readNumber(bare, numberFormat(context));
  if (reading.value === undefined) return reading;
  if (reading.value < 0 || reading.value > 1440) return { rules: ["unreadable-number"] };
  return reading.rules.length > 0 || bare === text ? reading : { value: reading.value, rules: ["number-format"] };
};

/** Words that put a diagnosis in doubt, and words that say nothing of which it is. */
const suspicion =
  /^(?:v\.?\s*a\.?|verd\.?(?:\s+auf)?|verdacht\s+auf|dringender verdacht auf|am ehesten|fraglich(?:es|er|e)?|mögliches|möglich|suspected|suspicion of|probable|probably|possible|likely|query|dd|\?)[\s:]*(?=.)/i;
const history = /^(?:z\.?\s*n\.?|zustand nach|bek\.?|bekanntes|known|history of|st\.?\s*p\.?)\s+(?=.)/i;
const gradeBehind = /[\s,]+(?:g\s?[1-4]|grad\s?[1-4i]+|grade\s?[1-4i]+|high[- ]grade|low[- ]grade)\s*$/i;

/** A suspicion is nothing to doubt in a column of suspicions. */
const readEntity = (text: string, isSuspicion: boolean): CellReading<string> => {
  if (excluded.test(text)) return { rules: ["unknown-entity"] };
  const direct = findBeforeRemark(text) ?? findEntity(text);
  if (direct !== undefined && direct.how !== "misspelt") {
    const spelling: readonly CellRule[] = direct.how === "name" ? [] : ["synonym"];
    const isGuess = !isSuspicion && guessed.test(text);
    return { value: direct.term.name, rules: isGuess ? ["approximate-value", ...spelling] : spelling };
  }
  const isDoubted = !isSuspicion && (suspicion.test(text) || /\?$/.test(text));
  const bare = text
    .replace(suspicion, "")
    .replace(history, "")
    .replace(/\s*\?+$/, "")
    .replace(gradeBehind, "");
  const match = (bare === text ? direct : findEntity(bare)) ?? findQualified(bare);
  if (match === undefined) return { rules: ["unknown-entity"] };
  const spelling: CellRule = match.how === "misspelt" ? "misspelt-entity" : "synonym";
  return { value: match.term.name, rules: isDoubted ? ["approximate-value", spelling] : [spelling] };
};

/** Adjectives that say more of an entity and not which it is. */
const qualifiers =
  /^(?:(?:(?:hoch|niedrig)?malign|benign|bösartig|gutartig|konventionell|klassisch|typisch|osteoblastisch|chondroblastisch|fibroblastisch|teleangiektatisch|kleinzellig|hochgradig|niedriggradig|hochdifferenziert|gutdifferenziert|entdifferenziert|dedifferenziert|primär|sekundär|rezidiviert|rezidivierend|bekannt|ausgedehnt|groß|klein|solitär|multipl|zentral|peripher|intramedullär|intraossär)(?:e[rsnm]?)?|conventional|classic|classical|typical|osteoblastic|chondroblastic|fibroblastic|telangiectatic|small[- ]cell|high[- ]grade|low[- ]grade|malignant|primary|secondary|recurrent|known|large|small|solitary|multiple|central|peripheral|intramedullary|intraosseous)[\s,]+(?=\p{Letter})/iu;

/** What is named and is not there. */
const excluded = /ausgeschl|ausschluss|excluded|ruled out|(?:^|\s)(?:kein|keine|keinen|no evidence of)\s/i;
const guessed = /(?:^|[\s(,])(?:fraglich\p{Letter}*|suspected|questionable|verdacht)(?=$|[\s),])/iu;

/** Words behind which another entity is meant, or none. */
const opposite =
  /\?|(?:^|[\s(])(?:kein\p{Letter}*|nicht|ausgeschl\p{Letter}*|dd|vs\.?|versus|oder|or|no|not|excluded|statt|fraglich\p{Letter}*|post|nach|mit|with|und|and)(?=$|[\s.,)])/iu;

/** The entity at the beginning of a cell that goes on with a remark: "Enchondrom (Dig. II)", "Ewing-Sarkom des Beckens". */
const findBeforeRemark = (text: string): ReturnType<typeof findEntity> => {
  const whole = findEntity(text);
  if (whole !== undefined && whole.how !== "misspelt") return whole;
  const parts = /^([^,(;]+?)\s*(?:[,(;]|\s(?=(?:des|der|im|am|of|in|dig\.?|nos|o\.?n\.?a\.?)(?:\s|$)))(.*)$/i.exec(
    text,
  );
  if (parts === null || opposite.test(parts[2]!)) return undefined;
  const match = findEntity(parts[1]!);
  const words = parts[2]!.split(/[\s,;()]+/).filter((word) => word.length > 2);
  const isOther = words
    .map(findEntity)
    .some((other) => other && other.how !== "misspelt" && other.term !== match?.term);
  return match === undefined || match.how === "misspelt" || isOther ? undefined : { ...match, how: "synonym" };
};

/** The entity without the adjectives before it: only one that the vocabulary knows letter for letter. */
const findQualified = (text: string): ReturnType<typeof findEntity> => {
  let rest = text.trim();
  for (let sign = qualifiers.exec(rest); sign !== null; sign = qualifiers.exec(rest)) {
    rest = rest.slice(sign[0].length);
    const match = findEntity(rest);
    if (match !== undefined && match.how !== "misspelt") return match;
  }
  return undefined;
};

const sideIn =
  /(?:^|[\s,([])(links|rechts|beidseits|beidseitig|li\.?|re\.?|left|right|bilateral|linke[rsn]?|rechte[rsn]?|bds\.?|l\.|r\.)(?=$|[\s,)\]])/i;
const directions =
  /(?:^|[\s,])(distale[rsn]?|proximale[rsn]?|distal|proximal|mediale[rsn]?|laterale[rsn]?|ventrale[rsn]?|dorsale[rsn]?|mid|dist\.?|prox\.?)(?=$|[\s,])/gi;

/** Which vertebra, rib or ray: "BWK 9", "LWK3/4", "5. Rippe", "Os metacarpale III". */
const counted =
  /^\d{1,2}(?:\.|st|nd|rd|th)\s*(?=\p{Letter})|[\s.-]*(?:\d{1,2}|\b[IVX]{1,4})(?:\s*[/-]\s*(?:\d{1,2}|[IVX]{1,4}))?\.?$/gu;

/** Vertebrae by letter and number, one or neighbours: "Th 12", "L4/5", "C2". */
const spineSegments: readonly (readonly [RegExp, string])[] = [
  [/^(?:C|HW)\s?[1-7](?:\s?[/-]\s?C?[1-7])?$/i, "cervical spine"],
  [/^(?:Th|BW)\s?(?:1[0-2]|[1-9])(?:\s?[/-]\s?(?:Th)?(?:1[0-2]|[1-9]))?$/i, "thoracic spine"],
  // T1 to T4 are stages as well.
  [/^T\s?(?:1[0-2]|[5-9])(?:\s?[/-]\s?T?(?:1[0-2]|[6-9]))?$/i, "thoracic spine"],
  [/^(?:L|LW)\s?[1-5](?:\s?[/-]\s?L?[1-5])?$/i, "lumbar spine"],
  [/^S\s?[1-5](?:\s?[/-]\s?S?[1-5])?$/i, "sacrum"],
];
/** Parts of a bone, said beside its name. */
const partsOfBone =
  /(?:^|[\s,])(?:(?:epi|meta|dia)(?:physe|physär|physis|physeal)|schaft|shaft|(?:distale|proximale)\s+(?:epi|meta|dia)physe)(?=$|[\s,])/gi;

/** The site, and the side where the cell says it too. */
const readSite = (text: string): CellValues => {
  const vertebra = spineSegments.find(([pattern]) => pattern.test(text.trim()));
  if (vertebra !== undefined) return one("site", { value: vertebra[1], rules: ["synonym"] });
  const direct = findSite(text);
  const sideWord = sideIn.exec(text)?.[1];
  if (direct !== undefined && direct.how !== "misspelt" && sideWord === undefined) {
    return one("site", { value: direct.term.name, rules: direct.how === "name" ? [] : ["synonym"] });
  }
  const side = sideWord === undefined ? undefined : findSide(sideWord.replace(/^(link|recht)e[rsn]?$/i, "$1s"))?.value;
  const bare = text
    .replace(sideIn, " ")
    .replace(partsOfBone, " ")
    .replace(directions, " ")
    .replace(/[\s,()[\]]+/g, " ")
    .trim()
    .replace(counted, "");
  const match = bare === text || bare === "" ? direct : (findSite(bare) ?? direct);
  if (match === undefined) return { values: {}, rules: ["unknown-site"] };
  const reading = one("site", {
    value: match.term.name,
    rules: [match.how === "misspelt" ? "misspelt-site" : "synonym"],
  });
  return side === undefined ? reading : { ...reading, values: { ...reading.values, sideOfSite: side } };
};

const treatmentStems: readonly (readonly [RegExp, string])[] = [
  [/chemo/i, "chemotherapy"],
  [/strahl|radiat|radioth|protonen|proton/i, "radiotherapy"],
  [
    /resekt|resect|kürett|cürett|curett|amput|prothes|prosth|exzis|excis|exstirp|operat|ablation|abtrag|surg|osteosynth|plombe|hemipelv|spongiosaplast|exartik|nail|plate/i,
    "surgery",
  ],
  [/beobacht|kontroll|observ|surveill|konservativ|conservat|abwart/i, "observation"],
  [/skleros|scleros|denosumab|embolis|biphosph|bisphosph|injekt|inject|antibiot/i, "other"],
];

/** The kinds of treatment that a cell lists; the words are kept beside them. */
const readTherapy = (text: string): CellValues => {
  const whole = findTreatment(text);
  if (whole !== undefined) {
    const rules: readonly CellRule[] = whole.how === "name" ? [] : ["synonym"];
    return { values: { therapies: [whole.value], therapyDetail: text }, taken: whole.value, rules };
  }
  const pieces = text.split(/\s*(?:[,;+&/|]|\bund\b|\band\b|\bthen\b|\bdann\b|\bgefolgt von\b|\bfollowed by\b)\s*/i);
  const kinds = pieces.flatMap((piece) => {
    const kind = findTreatment(piece)?.value ?? treatmentStems.find(([stem]) => stem.test(piece))?.[1];
    return kind === undefined ? [] : [kind];
  });
  const therapies = [...new Set(kinds)];
  if (therapies.length === 0) return { values: {}, rules: ["unknown-word"] };
  return { values: { therapies, therapyDetail: text }, taken: therapies.join(", "), rules: ["synonym"] };
};
