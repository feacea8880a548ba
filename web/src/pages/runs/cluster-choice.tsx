/** The test runs by which the number of clusters was chosen. */

import type { ClusterCandidate } from "../../../../src/contract/runs.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { clusterWords } from "./cluster-words.ts";
import styles from "./figures.module.css";

export const ClusterChoice = ({ candidates }: { readonly candidates: readonly ClusterCandidate[] }) => {
  const words = useWords(clusterWords);
  const { number } = useFormats();
  const [first] = candidates;
  if (!first) return null;
  return (
    <section className={styles.part}>
      <h2>{words.choice}</h2>
      <p className={styles.hint}>{words.choiceNote[first.what]}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.clusters}</th>
            <th scope="col">{words.score}</th>
            <th scope="col">{words.nmi}</th>
            <th scope="col">{words.ami}</th>
            <th scope="col">{words.spread}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {candidates.map(({ clusters, score, nmi, ami, sizes: [smallest, , median, , largest], chosen }) => (
            <tr key={clusters}>
              <th scope="row">{number(clusters)}</th>
              <td className={styles.number}>{number(score, 3)}</td>
              <td className={styles.number}>{number(nmi, 3)}</td>
              <td className={styles.number}>{number(ami, 3)}</td>
              <td className={styles.number}>{[smallest, median, largest].map((size) => number(size)).join(", ")}</td>
              <td>{chosen && <strong>{words.chosen}</strong>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
