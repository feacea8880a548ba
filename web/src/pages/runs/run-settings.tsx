/** What a run was told, what it worked on, and what it left behind. */

import type { RunDetail } from "../../../../src/contract/runs.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./figures.module.css";
import { runWords } from "./words.ts";

export const RunSettings = ({ run: { settings, data, artefacts } }: { run: RunDetail }) => {
  const words = useWords(runWords).settings;
  const { number } = useFormats();
  return (
    <div className={styles.figures}>
      <section className={styles.part}>
        <h2>{words.title}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.value}</th>
            </tr>
          </thead>
          <tbody>
            {settings.map(({ name, value }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className={styles.part}>
        <h2>{words.data}</h2>
        {data.radiographs !== null && (
          <p>{words.learned(number(data.radiographs), data.patients === null ? "?" : number(data.patients))}</p>
        )}
        {data.testRadiographs !== null && data.testPatients !== null && (
          <p>{words.tested(number(data.testRadiographs), number(data.testPatients))}</p>
        )}
        <p className={styles.hint}>
          {words.fingerprint}: {data.fingerprint.slice(0, 16)}
        </p>
        {artefacts.length > 0 && (
          <>
            <h2>{words.artefacts}</h2>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.file}</th>
                  <th scope="col">{words.size}</th>
                </tr>
              </thead>
              <tbody>
                {artefacts.map(({ name, bytes }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td className={styles.number}>{number(bytes / 2 ** 20, 1)} MiB</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </section>
    </div>
  );
};
