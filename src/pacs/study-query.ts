/** Which studies are wanted, as a user says it. */

import { OsteonError, shown } from "../errors.ts";
import { type QueryKeyword, type StudyQuery, studyKeys } from "./query.ts";

/** A search in words. */
export interface QueryWords {
  /** Words `Keyword=value`, such as `Modality=CR,DX`. */
  readonly words: readonly string[];
  /** The first and the last day, YYYY-MM-DD or YYYYMMDD. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly StudyInstanceUID?: string | undefined;
}

/**
 * Reads a search.
 *
 * @throws OsteonError `bad-usage`
 * @example
 * parseStudyQuery({ words: ["Modality=CR,DX"], from: "2000-01-01" });
 */
export const parseStudyQuery = ({ words, from, to, StudyInstanceUID }: QueryWords): StudyQuery => {
  const keys: Partial<Record<QueryKeyword, string>> = {};
  let modalities: string[] | undefined;
  for (const word of words) {
    const [, keyword = "", value = ""] = /^\s*(\w+)\s*=(.*)$/s.exec(word) ?? [];
    if (keyword === "Modality") modalities = parseModalities(value);
    else if (isStudyKey(keyword) && value.trim() !== "" && !/[\\\p{Cc}]/u.test(value)) keys[keyword] = value.trim();
    else
      throw new OsteonError(
        "bad-usage",
        `--query ${shown(keyword || word)} cannot be searched for; it is KEYWORD=VALUE with one of Modality, ${studyKeys.join(", ")}.`,
      );
  }
  if (from !== undefined || to !== undefined) {
    const range = [parseDay("--from", from), parseDay("--to", to)];
    if (range[0] && range[1] && range[0] > range[1]) throw new OsteonError("bad-usage", "--from is later than --to.");
    keys.StudyDate = range.join("-");
  }
  if (StudyInstanceUID !== undefined) keys.StudyInstanceUID = StudyInstanceUID;
  return { keys, ...(modalities ? { modalities } : {}) };
};

const isStudyKey = (keyword: string): keyword is (typeof studyKeys)[number] =>
  (studyKeys as readonly string[]).includes(keyword);

const parseModalities = (value: string): string[] => {
  const modalities = value.split(",").map((code) => code.trim().toUpperCase());
  if (modalities.every((code) => /^[A-Z0-9_ ]{1,16}$/.test(code))) return [...new Set(modalities)];
  throw new OsteonError("bad-usage", `${shown(value)} is no list of modalities, such as CR,DX.`);
};

const parseDay = (option: string, text: string | undefined): string => {
  if (text === undefined) return "";
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.valueOf()) || date.getUTCDate() !== Number(day))
    throw new OsteonError("bad-usage", `${option} ${shown(text)} is no day; write it as 2020-12-31.`);
  return `${year}${month}${day}`;
};
