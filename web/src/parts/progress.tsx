/** How far something is. */

import { useFormats } from "../shell/language.tsx";
import styles from "./progress.module.css";

interface ProgressProps {
  /** What is on its way. */
  readonly label: string;
  /** In [0, 1]; undefined where nobody can tell. */
  readonly share?: number | undefined;
  /** More, such as the loss. */
  readonly note?: string | undefined;
}

export const Progress = ({ label, share, note }: ProgressProps) => {
  const { percent } = useFormats();
  return (
    <div className={styles.progress}>
      <span className={styles.words}>
        <span>{label}</span>
        <span className={styles.share}>{share === undefined ? "" : percent(share)}</span>
      </span>
      <progress aria-label={label} {...(share === undefined ? {} : { value: share, max: 1 })} />
      {note && <span className={styles.note}>{note}</span>}
    </div>
  );
};
