/** What is suggested for the cluster at hand: why it is worth a look, and the label that one key accepts. */

import type { NextCluster } from "../../../../src/contract/atlas-guide.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { Keys } from "../../shell/shortcuts-overlay.tsx";
import styles from "./suggestion.module.css";
import { atlasWords } from "./words.ts";

interface SuggestionProps {
  readonly next: NextCluster;
  /** The proposed label as it is shown. */
  readonly name: string | undefined;
  readonly onAccept: (label: string) => void;
}

export const Suggestion = ({ next: { why, proposed, expectedGain }, name, onAccept }: SuggestionProps) => {
  const words = useWords(atlasWords).suggestion;
  const { number, percent } = useFormats();
  return (
    <section className={styles.suggestion} aria-label={words.title}>
      <p>
        {words.why[why]}
        {expectedGain >= 0.5 && <span> · {words.gain(number(expectedGain))}</span>}
      </p>
      {proposed && name !== undefined && (
        <button type="button" onClick={() => onAccept(proposed.label)}>
          <span>
            {words.proposed} <strong>{name}</strong> ({percent(proposed.share)})
          </span>
          <Keys keys="Space" />
        </button>
      )}
    </section>
  );
};
