/** Whether the page is dark now, whoever decided it: for pictures that do not know the page's colours. */

import { useSyncExternalStore } from "react";
import { useTheme } from "../shell/theme.ts";

const query = window.matchMedia("(prefers-color-scheme: light)");

const subscribe = (listener: () => void): (() => void) => {
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
};

export const useIsDark = (): boolean => {
  const [theme] = useTheme();
  const systemIsLight = useSyncExternalStore(subscribe, () => query.matches);
  return theme === "dark" || (theme === "system" && !systemIsLight);
};
