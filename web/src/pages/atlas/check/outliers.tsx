/** Radiographs of labelled clusters that look like another label's: each, or all of a cluster, is told apart or left. */

import type { MisplacedImage } from "../../../../../src/contract/atlas-guide.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { DoubtTiles } from "./doubt-tiles.tsx";
import styles from "./outliers.module.css";
import { useDecisions } from "./use-decisions.ts";
import { checkWords } from "./words.ts";

interface OutliersProps {
  readonly clustering: string;
  readonly outliers: readonly MisplacedImage[];
  readonly nameOf: (label: string) => string;
  readonly onOpen: (cluster: number) => void;
}

export const Outliers = ({ clustering, outliers, nameOf, onOpen }: OutliersProps) => {
  const words = useWords(checkWords);
  const { number, percent } = useFormats();
  const decisions = useDecisions(clustering);
  if (outliers.length === 0) return <EmptyState title={words.noOutliers}>{words.noOutliersText}</EmptyState>;
  const doubts = outliers.map(({ image, cluster, given, looksLike }) => ({
    image,
    cluster,
    given: given.label,
    looksLike: looksLike.label,
    evidence: words.shares(percent(given.share), percent(looksLike.share)),
  }));
  return (
    <div className={styles.outliers}>
      <p>{words.outliersNote}</p>
      <DoubtTiles
        title={words.sections.outliers(number(outliers.length))}
        doubts={doubts}
        nameOf={nameOf}
        decisions={decisions}
        onOpen={onOpen}
      />
    </div>
  );
};
