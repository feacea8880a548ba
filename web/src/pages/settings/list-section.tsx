/** A list to which is added: its heading with the button, or what to do while there is nothing. */

import type { ReactNode } from "react";
import { EmptyState } from "../../parts/empty-state.tsx";
import styles from "./settings.module.css";

interface ListSectionProps {
  readonly words: { readonly title: string; readonly add: string; readonly none: string; readonly noneHint: string };
  readonly isEmpty: boolean;
  readonly onAdd: () => void;
  /** Between heading and list. */
  readonly note?: ReactNode;
  /** The list. */
  readonly children: ReactNode;
}

export const ListSection = ({ words, isEmpty, onAdd, note, children }: ListSectionProps) => {
  const addButton = (
    <button type="button" data-kind="main" onClick={onAdd}>
      {words.add}
    </button>
  );
  return (
    <section className={styles.section}>
      <div className={styles.bar}>
        <h2>{words.title}</h2>
        {!isEmpty && addButton}
      </div>
      {note}
      {isEmpty ? (
        <EmptyState title={words.none} action={addButton}>
          {words.noneHint}
        </EmptyState>
      ) : (
        children
      )}
    </section>
  );
};
