/** Light, dark, or as the system says; kept in this browser. Reading rooms are dark, so dark is the default. */

import { useSyncExternalStore } from "react";

export const themes = ["dark", "light", "system"] as const;
export type Theme = (typeof themes)[number];

const key = "osteon.theme";

const isTheme = (word: string | null): word is Theme => themes.some((theme) => theme === word);

const firstTheme = (): Theme => {
  const kept = localStorage.getItem(key);
  return isTheme(kept) ? kept : "dark";
};

let current = firstTheme();
document.documentElement.dataset.theme = current;

const listeners = new Set<() => void>();

const choose = (theme: Theme): void => {
  current = theme;
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(key, theme);
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The theme, the same everywhere on the page. */
export const useTheme = (): readonly [Theme, (theme: Theme) => void] => [
  useSyncExternalStore(subscribe, () => current),
  choose,
];
