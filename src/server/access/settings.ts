/** What administrators set for the whole server, read once and kept in memory: every request may ask. */

import {
  defaultServerSettings,
  type ServerSettings,
  type ServerSettingsChange,
  serverSettings,
} from "../../contract/settings.ts";
import { type Database, readServerSettings, writeServerSettings } from "../../store/index.ts";

export interface Settings {
  current(): ServerSettings;
  change(change: ServerSettingsChange): Promise<ServerSettings>;
}

export const openSettings = async (database: Database): Promise<Settings> => {
  let current = merge(await readServerSettings(database));
  return {
    current: () => current,
    change: async (change) => {
      await writeServerSettings(database, change);
      current = { ...current, ...withoutGaps(change) };
      return current;
    },
  };
};

/** What is kept over the defaults; a value that an older or newer Osteon wrote and this one refuses is the default again. */
const merge = (kept: Readonly<Record<string, unknown>>): ServerSettings => {
  const usable = Object.entries(serverSettings.shape).flatMap(([name, shape]) => {
    const { success, data } = shape.safeParse(kept[name]);
    return success ? [[name, data] as const] : [];
  });
  return { ...defaultServerSettings, ...Object.fromEntries(usable) };
};

const withoutGaps = (change: ServerSettingsChange): Partial<ServerSettings> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
