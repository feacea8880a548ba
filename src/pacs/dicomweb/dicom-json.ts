/** The DICOM JSON model (PS3.18 annex F), as far as answers to queries need it. */

import { type QueryAnswer, queryAttributes } from "../query.ts";

/** A data set in JSON: attributes by their tag in hexadecimal. */
export type DicomJson = Readonly<Record<string, { readonly vr?: string; readonly Value?: readonly unknown[] }>>;

/** A tag as JSON and URLs write it. */
export const tagHex = (tag: number): string => tag.toString(16).toUpperCase().padStart(8, "0");

const textOf = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  const name = (value as { Alphabetic?: unknown } | null)?.Alphabetic;
  return typeof name === "string" ? name : "";
};

/** The values of an attribute as text; none where it is absent, empty or of a wrong kind. */
export const jsonTexts = (dataSet: DicomJson, tag: number): string[] => {
  const values = dataSet[tagHex(tag)]?.Value;
  return Array.isArray(values) ? values.map(textOf) : [];
};

/** The items of a sequence. */
export const jsonItems = (dataSet: DicomJson, tag: number): DicomJson[] => {
  const values = dataSet[tagHex(tag)]?.Value;
  return Array.isArray(values) ? values.filter(isDataSet) : [];
};

const isDataSet = (value: unknown): value is DicomJson =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The data sets of a JSON text, undefined where it is no list of objects.
 *
 * @example
 * parseDicomJson('[{"00080060":{"vr":"CS","Value":["CR"]}}]');
 */
export const parseDicomJson = (text: string): DicomJson[] | undefined => {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed.every(isDataSet) ? parsed : undefined;
    return isDataSet(parsed) ? [parsed] : undefined;
  } catch {
    return undefined;
  }
};

/** What an answer to a query says, by keyword, as from C-FIND. */
export const answerOf = (dataSet: DicomJson): QueryAnswer =>
  Object.fromEntries(
    Object.entries(queryAttributes)
      .map(([keyword, [tag]]) => [keyword, jsonTexts(dataSet, tag).join("\\")])
      .filter(([, value]) => value !== ""),
  ) as QueryAnswer;
