/** The centres that this one knows, by the fingerprints of their keys. */

import type { Selectable, Updateable } from "kysely";
import { OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";
import type { CentresTable } from "./schema.ts";

/** A centre as it was added by an administrator. */
export interface StoredCentre {
  /** The fingerprint of its key. */
  readonly id: string;
  /** Ed25519, 32 bytes in base64. */
  readonly publicKey: string;
  readonly name: string;
  readonly address: string;
  readonly contact: string;
  /** Who vouches for its TLS certificate, in PEM; null for the authorities that the machine knows. */
  readonly authority: string | null;
  readonly mayAsk: boolean;
  readonly isAsked: boolean;
  readonly addedAt: Date;
  /** Since when its questions are refused until an administrator has looked; null where they are not. */
  readonly pausedAt: Date | null;
}

/** What may change of a centre; its key may not, because that would be another centre. */
export type CentreChange = {
  readonly [Part in "name" | "address" | "contact" | "authority" | "mayAsk" | "isAsked"]?:
    | StoredCentre[Part]
    | undefined;
} & { readonly pausedAt?: null };

/** Every centre, by name. */
export const listCentres = async (database: Database): Promise<StoredCentre[]> =>
  (await database.selectFrom("centres").selectAll().orderBy("name").orderBy("id").execute()).map(fromRow);

/** Undefined where there is none of this key. */
export const findCentre = async (database: Database, id: string): Promise<StoredCentre | undefined> => {
  const row = await database.selectFrom("centres").selectAll().where("id", "=", id).executeTakeFirst();
  return row && fromRow(row);
};

/** @throws OsteonError `not-found` */
export const getCentre = async (database: Database, id: string): Promise<StoredCentre> => {
  const found = await findCentre(database, id);
  if (!found) throw noSuchCentre();
  return found;
};

/** @throws OsteonError `conflict` where it is known already */
export const addCentre = async (database: Database, centre: StoredCentre): Promise<void> => {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto("centres")
    .values({
      id: centre.id,
      public_key: centre.publicKey,
      added_at: centre.addedAt,
      paused_at: centre.pausedAt,
      ...toColumns(centre),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) throw new OsteonError("conflict", "This centre is known already.");
};

/** @throws OsteonError `not-found` */
export const changeCentre = async (database: Database, id: string, change: CentreChange): Promise<StoredCentre> => {
  const columns: Updateable<CentresTable> = {
    ...toColumns(change),
    ...(change.pausedAt === undefined ? {} : { paused_at: change.pausedAt }),
  };
  if (Object.keys(columns).length === 0) return getCentre(database, id);
  const row = await database.updateTable("centres").set(columns).where("id", "=", id).returningAll().executeTakeFirst();
  if (!row) throw noSuchCentre();
  return fromRow(row);
};

/** Refuses its questions until an administrator lets it ask again; one that is paused already stays so since then. */
export const pauseCentre = async (database: Database, id: string, at: Date): Promise<void> => {
  await database
    .updateTable("centres")
    .set({ paused_at: at })
    .where("id", "=", id)
    .where("paused_at", "is", null)
    .execute();
};

/** @throws OsteonError `not-found` */
export const removeCentre = async (database: Database, id: string): Promise<void> => {
  const { numDeletedRows } = await database.deleteFrom("centres").where("id", "=", id).executeTakeFirst();
  if (numDeletedRows === 0n) throw noSuchCentre();
};

const noSuchCentre = (): OsteonError => new OsteonError("not-found", "There is no such centre, or no longer.");

type Columns = Pick<Selectable<CentresTable>, "name" | "address" | "contact" | "authority" | "may_ask" | "is_asked">;

/** What is given, under the names of its columns. */
const toColumns = <Given extends Omit<CentreChange, "pausedAt">>({
  name,
  address,
  contact,
  authority,
  mayAsk,
  isAsked,
}: Given): Given extends StoredCentre ? Columns : Partial<Columns> => {
  const all = { name, address, contact, authority, may_ask: mayAsk, is_asked: isAsked };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Given extends StoredCentre ? Columns : Partial<Columns>;
};

const fromRow = (row: Selectable<CentresTable>): StoredCentre => ({
  id: row.id,
  publicKey: row.public_key,
  name: row.name,
  address: row.address,
  contact: row.contact,
  authority: row.authority,
  mayAsk: row.may_ask,
  isAsked: row.is_asked,
  addedAt: row.added_at,
  pausedAt: row.paused_at,
});
