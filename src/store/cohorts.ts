/** Cohorts that were built, and the splits of them: written down, so that every experiment uses the same. */

import type { Cohort } from "../clinic/cohorts/build-cohort.ts";
import type { Split, SplitPlan } from "../clinic/splits/make-split.ts";
import { OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";

/** A cohort as it was built. */
export interface StoredCohort extends Cohort {
  readonly builtAt: Date;
}

/** A split of a cohort. */
export interface StoredSplit {
  /** Unique among the cohort's splits. */
  readonly name: string;
  readonly cohort: string;
  readonly plan: SplitPlan;
  /** What was kept in proportion, such as `entity`. */
  readonly stratifiedBy: string;
  readonly split: Split;
}

/**
 * Writes a cohort down; an earlier one of the same name is replaced, and its splits go with it where its members changed.
 *
 * @returns the names of the splits that went
 */
export const writeCohort = (database: Database, cohort: Cohort, { at }: { at: Date }): Promise<string[]> =>
  database.transaction().execute(async (transaction) => {
    const { name } = cohort.definition;
    const earlier = await transaction
      .selectFrom("cohorts")
      .select("members")
      .where("name", "=", name)
      .executeTakeFirst();
    const patients = (members: Cohort["members"]): string => JSON.stringify(members.map(({ patient }) => patient));
    const isChanged = earlier && patients(JSON.parse(earlier.members)) !== patients(cohort.members);
    const gone = isChanged
      ? await transaction.deleteFrom("splits").where("cohort", "=", name).returning("name").execute()
      : [];
    const row = {
      definition: JSON.stringify(cohort.definition),
      start: JSON.stringify(cohort.start),
      flow: JSON.stringify(cohort.flow),
      members: JSON.stringify(cohort.members),
      excluded: JSON.stringify(cohort.excluded),
      built_at: at,
    };
    await transaction
      .insertInto("cohorts")
      .values({ name, ...row })
      .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
      .execute();
    return gone.map((split) => split.name).sort();
  });

/** @throws OsteonError `not-found` when no cohort has this name */
export const readCohort = async (database: Database, name: string): Promise<StoredCohort> => {
  const row = await database.selectFrom("cohorts").selectAll().where("name", "=", name).executeTakeFirst();
  if (!row) {
    throw new OsteonError("not-found", `There is no cohort "${name}"; \`osteon cohort list\` names those there are.`, {
      name,
    });
  }
  return {
    definition: JSON.parse(row.definition),
    start: JSON.parse(row.start),
    flow: JSON.parse(row.flow),
    members: JSON.parse(row.members),
    excluded: JSON.parse(row.excluded),
    builtAt: row.built_at,
  };
};

/** Names, titles and sizes, by name. */
export const listCohorts = async (
  database: Database,
): Promise<{ name: string; title: string; patients: number; builtAt: Date }[]> => {
  const rows = await database.selectFrom("cohorts").selectAll().orderBy("name").execute();
  return rows.map((row) => ({
    name: row.name,
    title: (JSON.parse(row.definition) as Cohort["definition"]).title,
    patients: (JSON.parse(row.members) as Cohort["members"]).length,
    builtAt: row.built_at,
  }));
};

/** Writes a split down; an earlier one of the same cohort and name is replaced. */
export const writeSplit = async (database: Database, { name, cohort, ...rest }: StoredSplit): Promise<void> => {
  const row = { plan: JSON.stringify(rest.plan), stratified_by: rest.stratifiedBy, split: JSON.stringify(rest.split) };
  await database
    .insertInto("splits")
    .values({ cohort, name, ...row })
    .onConflict((conflict) => conflict.columns(["cohort", "name"]).doUpdateSet(row))
    .execute();
};

/** The splits of a cohort, by name. */
export const listSplits = async (database: Database, cohort: string): Promise<StoredSplit[]> => {
  const rows = await database.selectFrom("splits").selectAll().where("cohort", "=", cohort).orderBy("name").execute();
  return rows.map((row) => ({
    name: row.name,
    cohort: row.cohort,
    plan: JSON.parse(row.plan),
    stratifiedBy: row.stratified_by,
    split: JSON.parse(row.split),
  }));
};
