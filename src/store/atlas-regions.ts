/** Regions that a centre added to the published 28. */

import { discard } from "../clinic/atlas/fold-actions.ts";
import { foldTerm } from "../clinic/vocabulary/fold-term.ts";
import { type RegionTerm, regionTerms } from "../clinic/vocabulary/regions.ts";
import { OsteonError, shown } from "../errors.ts";
import type { Database } from "./database.ts";

/** What an added region is told; without a German name, the name stands for it. */
export interface NewRegion {
  readonly name: string;
  readonly de?: string;
}

/** The added regions, by name. */
export const listAddedRegions = async (database: Database): Promise<RegionTerm[]> => {
  const rows = await database.selectFrom("atlas_regions").selectAll().orderBy("name").execute();
  return rows.map(({ name, code, de }) => ({ name, code, de, synonyms: [] }));
};

/** All regions: the published ones, then the added ones. */
export const listRegions = async (database: Database): Promise<RegionTerm[]> => [
  ...regionTerms,
  ...(await listAddedRegions(database)),
];

/**
 * Adds a region; its code is drawn from the letters of its name.
 *
 * @throws OsteonError `bad-input` where there is one of this name, in either language, or the name is no name
 */
export const addRegion = (
  database: Database,
  { name, de = name }: NewRegion,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<RegionTerm> =>
  database.transaction().execute(async (transaction) => {
    const all = await listRegions(transaction);
    for (const word of [name, de]) {
      const [folded = ""] = foldTerm(word);
      if (folded === "" || folded === discard || word !== word.trim())
        throw new OsteonError("bad-input", `${shown(word)} cannot be the name of a region.`);
      const twin = all.find((region) => wordsOf(region).includes(folded));
      if (twin) throw new OsteonError("bad-input", `${shown(word)} is the region ${shown(twin.name)} already.`);
    }
    const region = { name, de, code: codeFor(name, new Set(all.map(({ code }) => code))) };
    await transaction
      .insertInto("atlas_regions")
      .values({ ...region, added_by: by, added_at: at })
      .execute();
    return { ...region, synonyms: [] };
  });

const wordsOf = ({ name, code, de, synonyms }: RegionTerm): readonly string[] =>
  [name, code, de, ...synonyms].flatMap(foldTerm);

/** The first letter of the name and the next of its letters that gives a code which no region has; then any two letters. */
const codeFor = (name: string, taken: ReadonlySet<string>): string => {
  const alphabet = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const [first = "X", ...rest] = [...(foldTerm(name)[0] ?? "").toUpperCase()].filter((letter) =>
    alphabet.includes(letter),
  );
  const codes = [first, ...alphabet].flatMap((one) => [...rest, ...alphabet].map((other) => `${one}${other}`));
  return codes.find((code) => !taken.has(code))!;
};
