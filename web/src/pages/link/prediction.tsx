/** The diagnoses that cannot be ruled out, how often that is right, and by whom it is known. */

import type { LinkAnswer, PredictionSet } from "../../../../src/contract/queries.ts";
import { useReason } from "../../parts/reasons.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./prediction.module.css";
import { shortOfAll } from "./short-of-all.ts";
import { useLabelName } from "./use-label-name.ts";
import { linkWords } from "./words.ts";

export const Prediction = ({ answer: { prediction, predictionProblem, past } }: { answer: LinkAnswer }) => {
  const words = useWords(linkWords).prediction;
  const reasonOf = useReason();
  const { percent } = useFormats();
  const labelName = useLabelName();
  if (!prediction) {
    return predictionProblem && <p className={styles.basis}>{reasonOf(predictionProblem)}</p>;
  }
  const { labels, among, coverage } = prediction;
  const isEverything = labels.length === among;
  return (
    <section className={styles.prediction}>
      <h3>{isEverything ? words.everything(percent(coverage)) : words.title(percent(coverage))}</h3>
      <ul className={styles.labels} data-everything={isEverything}>
        {labels.map(({ label, support }) => (
          <li key={label}>
            {labelName(label)} <span className={styles.support}>{percent(shortOfAll(support))}</span>
          </li>
        ))}
      </ul>
      <p className={styles.basis}>
        <Basis prediction={prediction} isOfEvaluation={past?.basis === "evaluation"} />
      </p>
    </section>
  );
};

const Basis = ({ prediction, isOfEvaluation }: { prediction: PredictionSet; isOfEvaluation: boolean }) => {
  const words = useWords(linkWords).prediction;
  const { number, percent } = useFormats();
  const labelName = useLabelName();
  const { coverage, byLabel, patients, measured, apart } = prediction;
  const [low, high] = measured.interval;
  const sentences = [
    byLabel
      ? words.byLabel(percent(coverage), apart.map(labelName).join(", "))
      : words.overall(percent(coverage), number(patients)),
    words.measured(
      percent(shortOfAll(measured.share)),
      `${percent(low)}–${percent(shortOfAll(high))}`,
      number(measured.meanLabels, 1),
    ),
    ...(isOfEvaluation ? [words.ofEvaluation] : []),
  ];
  return sentences.join(" ");
};
