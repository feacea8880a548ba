/** The rows that a doubt is about, each as a column: what was read of each cell, and what the doubted ones say. */

import type { DoubtRow } from "../../../../../src/contract/doubts.ts";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { doubtWords } from "./doubt-words.ts";
import styles from "./doubts.module.css";

interface DoubtRowsProps {
  readonly rows: readonly DoubtRow[];
  /** The heading of the column that is doubted. */
  readonly doubted: string | undefined;
}

export const DoubtRows = ({ rows, doubted }: DoubtRowsProps) => {
  const words = useWords(doubtWords);
  const { number } = useFormats();
  return (
    <>
      {[...Map.groupBy(rows, ({ table }) => table)].map(([table, own]) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways
        <section key={table} className={styles.scroll} aria-label={words.rowsOf(table)} tabIndex={0}>
          <table>
            <caption>{words.rowsOf(table)}</caption>
            <thead>
              <tr>
                <th scope="col">{words.column}</th>
                {own.map(({ line }) => (
                  <th scope="col" key={line}>
                    {words.line(number(line))}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {(own[0]?.cells ?? []).map(({ column, field }, position) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: headings may be alike
                <tr key={position} data-doubted={column === doubted}>
                  <th scope="row">
                    {column || words.wholeRow}
                    {column === doubted && <span className={styles.mark}> {words.doubtedMark}</span>}
                  </th>
                  {own.map(({ line, cells }) => {
                    const cell = cells[position];
                    return (
                      <td key={line}>
                        {cell?.original != null && (
                          <>
                            <q>{cell.original}</q> →{" "}
                          </>
                        )}
                        {cell?.value ?? (field === null && column !== "" ? words.notRead : "–")}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
};
