/** Light, dark, or as the system says; kept in this browser. Reading rooms are dark, so dark is the default. */

import { useLayoutEffect, useState } from "react";

export const themes = ["dark", "light", "system"] as const;
export type Theme = (typeof themes)[number];

const key = "osteon.theme";

const isTheme = (word: string | null): word is Theme => themes.some((theme) => theme === word);

export const useTheme = (): readonly [Theme, (theme: Theme) => void] => {
  const [theme, setTheme] = useState<Theme>(() => {
    const kept = localStorage.getItem(key);
    return isTheme(kept) ? kept : "dark";
  });
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(key, theme);
  }, [theme]);
  return [theme, setTheme];
};
