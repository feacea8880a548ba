/** Earlier and later pages of a long list. */

import { useFormats, useWords, type Words } from "../shell/language.tsx";
import styles from "./pager.module.css";

interface PagerWords {
  readonly pages: string;
  readonly range: (from: string, to: string, total: string) => string;
  readonly earlier: string;
  readonly later: string;
}

const words: Words<PagerWords> = {
  en: {
    pages: "Pages of the list",
    range: (from, to, total) => `${from} to ${to} of ${total}`,
    earlier: "Back",
    later: "Next",
  },
  de: {
    pages: "Seiten der Liste",
    range: (from, to, total) => `${from} bis ${to} von ${total}`,
    earlier: "Zurück",
    later: "Weiter",
  },
};

interface PagerProps {
  readonly offset: number;
  readonly size: number;
  readonly total: number;
  readonly onOffset: (offset: number) => void;
}

/** Nothing where all is on one page. */
export const Pager = ({ offset, size, total, onOffset }: PagerProps) => {
  const { pages, range, earlier, later } = useWords(words);
  const { number } = useFormats();
  if (total <= size) return null;
  return (
    <nav aria-label={pages} className={styles.pager}>
      <button type="button" disabled={offset === 0} onClick={() => onOffset(Math.max(offset - size, 0))}>
        {earlier}
      </button>
      <span role="status">{range(number(offset + 1), number(Math.min(offset + size, total)), number(total))}</span>
      <button type="button" disabled={offset + size >= total} onClick={() => onOffset(offset + size)}>
        {later}
      </button>
    </nav>
  );
};
