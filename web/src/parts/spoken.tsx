/** Words for who hears the page instead of seeing it. */

import type { ReactNode } from "react";
import styles from "./spoken.module.css";

interface SpokenProps {
  readonly children: ReactNode;
  /** Whether a change is read out. */
  readonly live?: boolean;
}

export const Spoken = ({ children, live = false }: SpokenProps) => (
  <span className={styles.spoken} {...(live ? { role: "status" } : {})}>
    {children}
  </span>
);
