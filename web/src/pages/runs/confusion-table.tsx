/** Who was taken for what: a table whose cells are shaded by their share of the row, and lead to their radiographs. */

import { useId } from "react";
import type { RunConfusion, RunDetail } from "../../../../src/contract/runs.ts";
import { ScrollArea } from "../../parts/scroll-area.tsx";
import { Spoken } from "../../parts/spoken.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./confusion-table.module.css";
import type { OutcomeChoice } from "./queries.ts";
import { useRunNames } from "./run-names.ts";
import { runWords } from "./words.ts";

interface ConfusionTableProps {
  readonly confusion: RunConfusion;
  readonly vote: RunDetail["vote"];
  readonly onShow: ((choice: OutcomeChoice) => void) | undefined;
}

/** With more labels the cells hold their counts alone. */
const mostRoomy = 12;

/** The strongest shade, in per cent of the accent: letters stay readable on it. */
const strongest = 45;

export const ConfusionTable = ({ confusion: { labels, counts, undecided }, vote, onShow }: ConfusionTableProps) => {
  const words = useWords(runWords).confusion;
  const names = useRunNames();
  const { percent } = useFormats();
  const explanation = useId();
  const isDense = labels.length > mostRoomy;
  const hasUndecided = undecided.some((count) => count > 0);
  const cellOf = (row: number, column: number) => {
    const count = counts[row]![column]!;
    const all = counts[row]!.reduce((sum, each) => sum + each, 0) + undecided[row]!;
    const share = all === 0 ? 0 : count / all;
    const [truth, voted] = [labels[row]!, labels[column]!];
    const shown = (
      <>
        <strong>{count}</strong> {!isDense && <span>{percent(share)}</span>}
      </>
    );
    return (
      <td
        key={voted}
        data-right={row === column}
        title={isDense ? `${names.label(truth)} → ${names.label(voted)}: ${count} (${percent(share)})` : undefined}
        style={{ background: `color-mix(in srgb, var(--accent) ${Math.round(share * strongest)}%, var(--paper))` }}
      >
        {count === 0 ? (
          <span className={styles.zero}>0</span>
        ) : onShow ? (
          <button type="button" onClick={() => onShow({ label: truth, voted })}>
            {shown} <Spoken>{(vote ? words.cell : words.atlasCell)(names.label(truth), names.label(voted))}</Spoken>
          </button>
        ) : (
          shown
        )}
      </td>
    );
  };
  return (
    <section className={styles.confusion}>
      <h2>{words.title}</h2>
      <p id={explanation} className={styles.explanation}>
        {vote ? words.caption(vote.k) : words.atlasCaption}
      </p>
      <ScrollArea label={words.title}>
        <table
          className={styles.matrix}
          data-dense={isDense || undefined}
          aria-label={words.title}
          aria-describedby={explanation}
        >
          <thead>
            <tr>
              <td className={styles.corner}>
                <span>{words.truth} ↓</span> <span>{vote ? words.voted : words.taken} →</span>
              </td>
              {labels.map((label) => (
                <th key={label} scope="col">
                  <span className={styles.upright}>{names.label(label)}</span>
                </th>
              ))}
              {hasUndecided && (
                <th scope="col">
                  <span className={styles.upright}>{words.undecided}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {labels.map((label, row) => (
              <tr key={label}>
                <th scope="row">{names.label(label)}</th>
                {labels.map((_, column) => cellOf(row, column))}
                {hasUndecided && <td>{undecided[row]}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </section>
  );
};
