/** The frame around every page: the pages' names, the jobs, language and appearance, the disclaimer. */

import { type ReactNode, Suspense } from "react";
import { NavLink, useLocation, useNavigate } from "react-router";
import { Arrival } from "./arrival.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import { JobsIndicator } from "./jobs-indicator.tsx";
import { useWords } from "./language.tsx";
import { LanguageChoice } from "./language-choice.tsx";
import styles from "./layout.module.css";
import { PersonMenu } from "./person-menu.tsx";
import { useSession } from "./session.tsx";
import { useShortcuts, useShortcutsOverlay } from "./shortcuts.tsx";
import { ThemeChoice } from "./theme-choice.tsx";
import { shellWords } from "./words.ts";

/** The pages, with the key that follows "g" to go there. */
const pages = { link: "l", archive: "a", atlas: "t", cohort: "c", runs: "r", review: "d", settings: "s" } as const;
type PageName = keyof typeof pages;

const names = Object.keys(pages) as PageName[];

export const Layout = ({ children }: { children: ReactNode }) => {
  const words = useWords(shellWords);
  const { pathname } = useLocation();
  const { centre } = useSession();
  const current = names.find((name) => pathname.split("/")[1] === name);
  useNavigationKeys();
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {words.skip}
      </a>
      <header className={styles.bar}>
        <span className={styles.name}>Osteon</span>
        {centre !== "" && (
          <span className={styles.centre} title={centre}>
            {centre}
          </span>
        )}
        <nav aria-label={words.navigation} className={styles.pages}>
          {names.map((page) => (
            <NavLink key={page} to={`/${page}`}>
              {words.pages[page]}
            </NavLink>
          ))}
        </nav>
        <JobsIndicator />
        <Choices />
        <PersonMenu />
      </header>
      <ConnectionBanner />
      <main id="content" tabIndex={-1} className={styles.content}>
        <ErrorBoundary page={pathname}>
          <Suspense fallback={<p className={styles.coming}>{words.coming}</p>}>
            {children}
            <Arrival page={pathname} title={current ? words.pages[current] : ""} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <footer className={styles.foot}>{words.disclaimer}</footer>
    </div>
  );
};

const useNavigationKeys = (): void => {
  const words = useWords(shellWords);
  const navigate = useNavigate();
  const openOverlay = useShortcutsOverlay();
  useShortcuts(words.everywhere, [
    ...names.map((name) => ({
      keys: `g ${pages[name]}`,
      does: words.goTo(words.pages[name]),
      run: () => void navigate(`/${name}`),
    })),
    { keys: "?", does: words.shortcuts, run: openOverlay },
  ]);
};

/** Language and appearance, and the way to the shortcuts for who does not know their key. */
const Choices = () => {
  const words = useWords(shellWords);
  const openOverlay = useShortcutsOverlay();
  return (
    <>
      <button type="button" aria-label={words.shortcuts} title={words.shortcuts} onClick={openOverlay}>
        ?
      </button>
      <LanguageChoice />
      <ThemeChoice />
    </>
  );
};
