/** The terms towards other centres as administrators set them, kept beside the server's settings. */

import { type CentrePolicy, type CentrePolicyChange, centrePolicy } from "../../contract/centres.ts";
import { type Database, readServerSettings, writeServerSettings } from "../../store/index.ts";
import { defaultPolicy } from "../../systems/centres/index.ts";

const name = "centrePolicy";

/** The policy; a part that an older or newer Osteon wrote and this one refuses is the default again. */
export const readPolicy = async (database: Database): Promise<CentrePolicy> => {
  const kept = (await readServerSettings(database))[name];
  const entries = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
  const usable = entries.filter(([part, value]) => {
    const shape = centrePolicy.shape[part as keyof CentrePolicy];
    return shape?.safeParse(value).success;
  });
  return { ...defaultPolicy, entities: null, ...Object.fromEntries(usable) };
};

export const changePolicy = async (database: Database, change: CentrePolicyChange): Promise<CentrePolicy> => {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const next = { ...(await readPolicy(database)), ...Object.fromEntries(given) };
  await writeServerSettings(database, { [name]: next });
  return next;
};
