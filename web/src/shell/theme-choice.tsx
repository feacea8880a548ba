/** Dark, light or as the system, chosen in the frame and in the settings. */

import type { ComponentProps } from "react";
import { useWords } from "./language.tsx";
import { themes, useTheme } from "./theme.ts";
import { shellWords } from "./words.ts";

/** Under a label. */
export const ThemeSelect = (attributes: ComponentProps<"select">) => {
  const words = useWords(shellWords);
  const [theme, setTheme] = useTheme();
  return (
    <select
      {...attributes}
      value={theme}
      onChange={({ target }) => setTheme(themes.find((one) => one === target.value) ?? "dark")}
    >
      {themes.map((one) => (
        <option key={one} value={one}>
          {words.themes[one]}
        </option>
      ))}
    </select>
  );
};

/** Where there is no place for a label. */
export const ThemeChoice = () => {
  const words = useWords(shellWords);
  return <ThemeSelect aria-label={words.theme} />;
};
