/** Regions as they are searched, named and remembered. */

import type { AtlasRegion } from "../../../../src/contract/atlas.ts";
import { type Language, useLanguage, useWords } from "../../shell/language.tsx";
import { atlasWords } from "./words.ts";

/** The label of clusters that are left out. */
export const discard = "discard";

/** A region's name in a language. */
export const regionName = ({ name, de }: AtlasRegion, language: Language): string => (language === "de" ? de : name);

/** What a label is called: a region in the user's language, or that it is discarded. */
export const useLabelName = (regions: readonly AtlasRegion[]): ((label: string) => string) => {
  const { discarded } = useWords(atlasWords);
  const { language } = useLanguage();
  return (label) => {
    const region = regions.find(({ name }) => name === label);
    return label === discard ? discarded : region ? regionName(region, language) : label;
  };
};

/** Small letters without accents and signs; "Fuß" is "fuss". */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/[^\p{Letter}\p{Number}]/gu, "");

/** How well a region fits what was typed; smaller is better, undefined where it does not. */
const rankOf = (region: AtlasRegion, typed: string, language: Language): number | undefined => {
  const own = [regionName(region, language)];
  const other = [region.name, region.de, ...region.synonyms];
  const starts = (names: readonly string[]): boolean => names.some((name) => fold(name).startsWith(typed));
  const startsAWord = (names: readonly string[]): boolean =>
    names.some((name) => name.split(/[\s-]+/).some((word) => fold(word).startsWith(typed)));
  const tests = [
    fold(region.code) === typed,
    own.some((name) => fold(name) === typed),
    starts(own),
    startsAWord(own),
    starts(other),
    startsAWord(other),
    [...own, ...other].some((name) => fold(name).includes(typed)),
  ];
  const rank = tests.indexOf(true);
  return rank === -1 ? undefined : rank;
};

/** The regions that fit what was typed, the best first; all of them where nothing was. */
export const searchRegions = (
  regions: readonly AtlasRegion[],
  typed: string,
  language: Language,
): readonly AtlasRegion[] => {
  const folded = fold(typed);
  const sorted = regions.toSorted((a, b) => regionName(a, language).localeCompare(regionName(b, language), language));
  if (folded === "") return typed === "" ? sorted : [];
  return sorted
    .flatMap((region) => {
      const rank = rankOf(region, folded, language);
      return rank === undefined ? [] : [{ region, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ region }) => region);
};

/** The keys 1 to 9 and the labels that they give. */
export type Slots = readonly string[];

const mostSlots = 9;

/** A label that was given, on a key: the one that it has; the next free one; or the one whose label was not given for longest. */
export const rememberLabel = (slots: Slots, given: readonly string[], label: string): Slots => {
  if (slots.includes(label)) return slots;
  if (slots.length < mostSlots) return [...slots, label];
  const oldest = slots.toSorted((a, b) => given.lastIndexOf(a) - given.lastIndexOf(b))[0];
  return slots.map((slot) => (slot === oldest ? label : slot));
};
