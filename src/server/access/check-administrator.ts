/** A server that asks for accounts needs somebody who can look after them. */

import { OsteonError } from "../../errors.ts";
import { type Database, hasAdministrator } from "../../store/index.ts";
import type { Door } from "./door.ts";

/** @throws OsteonError `bad-usage` where accounts are asked for and nobody could log in as an administrator */
export const checkAdministrator = async (database: Database, { accounts, singleSignOn }: Door): Promise<void> => {
  if (!accounts || Object.values(singleSignOn?.roles ?? {}).includes("administrator")) return;
  if (await hasAdministrator(database)) return;
  throw new OsteonError(
    "bad-usage",
    "Nobody could look after the accounts: make an administrator first with osteon users add LOGIN --role administrator.",
  );
};
