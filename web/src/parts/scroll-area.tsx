/** A table that may be wider than the page: it scrolls sideways, by keyboard as well. */

import type { ReactNode } from "react";
import styles from "./scroll-area.module.css";

export const ScrollArea = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways
  <section className={styles.area} aria-label={label} tabIndex={0}>
    {children}
  </section>
);
