/** The frame around every page: the pages' names, language and appearance, the disclaimer. */

import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { languages, useLanguage, useWords } from "./language.tsx";
import styles from "./layout.module.css";
import { themes, useTheme } from "./theme.ts";
import { shellWords } from "./words.ts";

const pages = ["link", "archive", "atlas", "cohort", "runs", "review", "settings"] as const;

export const Layout = ({ children }: { children: ReactNode }) => {
  const words = useWords(shellWords);
  const { language, choose } = useLanguage();
  const [theme, setTheme] = useTheme();
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {words.skip}
      </a>
      <header className={styles.bar}>
        <span className={styles.name}>Osteon</span>
        <nav aria-label={words.navigation} className={styles.pages}>
          {pages.map((page) => (
            <NavLink key={page} to={`/${page}`}>
              {words.pages[page]}
            </NavLink>
          ))}
        </nav>
        <select
          aria-label={words.language}
          value={language}
          onChange={({ target }) => choose(target.value === "de" ? "de" : "en")}
        >
          {languages.map((one) => (
            <option key={one} value={one}>
              {one.toUpperCase()}
            </option>
          ))}
        </select>
        <select
          aria-label={words.theme}
          value={theme}
          onChange={({ target }) => setTheme(themes.find((one) => one === target.value) ?? "dark")}
        >
          {themes.map((one) => (
            <option key={one} value={one}>
              {words.themes[one]}
            </option>
          ))}
        </select>
      </header>
      <main id="content" tabIndex={-1} className={styles.content}>
        {children}
      </main>
      <footer className={styles.foot}>{words.disclaimer}</footer>
    </div>
  );
};
