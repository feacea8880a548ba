/** Who this centre is to others: the fingerprint that is read out, and the card that is sent. */

import { useState } from "react";
import type { CentreCard } from "../../../../src/contract/centres.ts";
import { Field } from "../../parts/field.tsx";
import { useWords } from "../../shell/language.tsx";
import { centresWords } from "./centres-words.ts";
import styles from "./settings.module.css";

interface CentreCardViewProps {
  /** Null as long as something is missing. */
  readonly card: CentreCard | null;
  readonly fingerprint: string;
}

export const CentreCardView = ({ card, fingerprint }: CentreCardViewProps) => {
  const words = useWords(centresWords).own;
  const [isCopied, setCopied] = useState(false);
  const text = card && JSON.stringify(card, null, 2);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text!);
    setCopied(true);
  };
  return (
    <section className={styles.section}>
      <h2>{words.title}</h2>
      <div>
        <h3 className={styles.minor}>{words.fingerprint}</h3>
        <p className={`${styles.plain} ${styles.hash}`}>{inGroups(fingerprint)}</p>
        <p className={`${styles.plain} ${styles.soft}`}>{words.fingerprintHint}</p>
      </div>
      {text === null ? (
        <p className={styles.plain}>{words.incomplete}</p>
      ) : (
        <>
          <Field label={words.card} hint={words.cardHint}>
            <textarea readOnly rows={7} spellCheck={false} className={styles.hash} value={text} />
          </Field>
          <div className={styles.row}>
            <button type="button" onClick={copy}>
              {words.copy}
            </button>
            {isCopied && (
              <span role="status" className={styles.done}>
                {words.copied}
              </span>
            )}
          </div>
        </>
      )}
    </section>
  );
};

/** Ten groups of four digits, as people read them out. */
export const inGroups = (fingerprint: string): string => fingerprint.match(/.{1,4}/g)!.join(" ");
