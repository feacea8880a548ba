/** What can be done with the selected radiographs. */

import { useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { ExportButton } from "./archive-bar.tsx";
import { everything } from "./archive-data.ts";
import type { ArchiveOrder } from "./archive-names.ts";
import styles from "./selection-bar.module.css";
import { archiveWords } from "./words.ts";

interface SelectionBarProps {
  readonly ids: readonly string[];
  readonly order: ArchiveOrder;
  readonly onCompare: () => void;
  readonly onOnly: () => void;
  readonly onClear: () => void;
}

/** How many fit side by side. */
const mostCompared = 6;

export const SelectionBar = ({ ids, order, onCompare, onOnly, onClear }: SelectionBarProps) => {
  const words = useWords(archiveWords);
  const mayExport = useMay("researcher");
  return (
    <div className={styles.bar}>
      <strong role="status">{words.selection.count(ids.length)}</strong>
      <button type="button" disabled={ids.length < 2 || ids.length > mostCompared} onClick={onCompare}>
        {words.selection.compare}
      </button>
      <button type="button" onClick={onOnly}>
        {words.selection.only}
      </button>
      {mayExport && (
        <ExportButton filter={{ ...everything, images: [...ids] }} order={order} words={words.exportSelected} />
      )}
      <button type="button" onClick={onClear}>
        {words.selection.clear}
      </button>
    </div>
  );
};
