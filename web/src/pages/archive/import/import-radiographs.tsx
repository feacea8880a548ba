/** Radiographs into the archive, with a table of what is known of them. */

import { useState } from "react";
import { Field } from "../../../parts/field.tsx";
import { useWords } from "../../../shell/language.tsx";
import { FileChoice } from "./file-choice.tsx";
import styles from "./import.module.css";
import { ImportCourse } from "./import-course.tsx";
import { useImport } from "./use-import.ts";
import { importWords } from "./words.ts";

type Origin = "internal" | "external";

export const ImportRadiographs = () => {
  const words = useWords(importWords);
  const course = useImport();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [labels, setLabels] = useState<File>();
  const [origin, setOrigin] = useState<Origin>("internal");
  const [splits, setSplits] = useState(false);
  const start = (): void =>
    course.run(labels ? [...files, labels] : files, (uploads) => ({
      kind: "import-radiographs",
      settings: {
        uploads: uploads.slice(0, files.length),
        labels: uploads[files.length] ?? null,
        origin,
        splitExposures: splits,
      },
    }));
  if (course.state !== "idle") {
    return (
      <div className={styles.form}>
        <ImportCourse course={course} />
        {course.state === "ended" && (
          <button
            type="button"
            onClick={() => {
              setFiles([]);
              course.reset();
            }}
          >
            {words.again}
          </button>
        )}
      </div>
    );
  }
  return (
    <div className={styles.form}>
      <FileChoice files={files} onFiles={setFiles} hint={words.radiographs.hint} many />
      <Field label={words.radiographs.labels} hint={words.radiographs.labelsHint}>
        <input
          type="file"
          accept=".csv,.tsv,.txt"
          onChange={({ target }) => setLabels(target.files?.[0] ?? undefined)}
        />
      </Field>
      <Field label={words.radiographs.origin}>
        <select value={origin} onChange={({ target }) => setOrigin(target.value as Origin)}>
          {(["internal", "external"] as const).map((one) => (
            <option key={one} value={one}>
              {words.radiographs.origins[one]}
            </option>
          ))}
        </select>
      </Field>
      <label className={styles.choice}>
        <input type="checkbox" checked={splits} onChange={({ target }) => setSplits(target.checked)} />
        {words.radiographs.split}
      </label>
      <ImportCourse course={course} />
      <button type="button" data-kind="main" disabled={files.length === 0} onClick={start}>
        {words.start}
      </button>
    </div>
  );
};
