/** A hospital's table into the home: what its columns hold is proposed, corrected by a person, and then read. */

import { useState } from "react";
import { Field } from "../../../parts/field.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { FileChoice } from "./file-choice.tsx";
import styles from "./import.module.css";
import { ImportCourse } from "./import-course.tsx";
import { useImport } from "./use-import.ts";
import { importWords } from "./words.ts";

interface Column {
  readonly column: string;
  readonly field: string | null;
  readonly confidence?: number;
}

/** As the server proposes it; what this page does not know of goes back as it came. */
interface Mapping {
  readonly columns: readonly Column[];
}

export const ImportTable = () => {
  const words = useWords(importWords);
  const proposal = useImport();
  const course = useImport();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [corrected, setCorrected] = useState<Mapping>();
  const [name, setName] = useState("");
  const [asOf, setAsOf] = useState("");
  const proposed = proposal.job?.state === "finished" ? (proposal.job.result as Mapping) : undefined;
  const mapping = corrected ?? proposed;
  const day = asOf === "" ? null : asOf;
  const upload = (proposal.job?.settings as { upload?: string } | undefined)?.upload;

  const start = (): void => {
    if (!mapping || !upload) return;
    course.run([], () => ({
      kind: "import-table",
      settings: { upload, name: name.trim() === "" ? null : name, asOf: day, mapping: { ...mapping } },
    }));
  };
  if (course.state !== "idle") return <ImportCourse course={course} />;
  if (!mapping) {
    return (
      <div className={styles.form}>
        <FileChoice files={files} onFiles={setFiles} hint={words.table.hint} />
        <Field label={words.table.asOf} hint={words.table.asOfHint}>
          <input type="date" value={asOf} onChange={({ target }) => setAsOf(target.value)} />
        </Field>
        <ImportCourse course={proposal} />
        <button
          type="button"
          data-kind="main"
          disabled={files.length === 0 || proposal.state === "uploading" || proposal.state === "working"}
          onClick={() =>
            proposal.run(files, ([first]) => ({
              kind: "propose-table-mapping",
              settings: { upload: first!, asOf: day },
            }))
          }
        >
          {words.table.propose}
        </button>
      </div>
    );
  }
  return (
    <div className={styles.form}>
      <Columns columns={mapping.columns} onColumns={(columns) => setCorrected({ ...mapping, columns })} />
      <Field label={words.table.name} hint={words.table.nameHint}>
        <input value={name} maxLength={200} onChange={({ target }) => setName(target.value)} />
      </Field>
      <ImportCourse course={course} />
      <button type="button" data-kind="main" onClick={start}>
        {words.start}
      </button>
    </div>
  );
};

interface ColumnsProps {
  readonly columns: readonly Column[];
  readonly onColumns: (columns: readonly Column[]) => void;
}

const Columns = ({ columns, onColumns }: ColumnsProps) => {
  const words = useWords(importWords);
  const { percent } = useFormats();
  const choose = (at: number, field: string | null): void =>
    onColumns(columns.map((one, i) => (i === at ? { ...one, field } : one)));
  return (
    <table>
      <caption>{words.table.mapping}</caption>
      <thead>
        <tr>
          <th scope="col">{words.table.column}</th>
          <th scope="col">{words.table.holds}</th>
          <th scope="col">{words.table.sure}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ column, field, confidence }, at) => (
          <tr key={column}>
            <th scope="row">{column}</th>
            <td>
              <select
                aria-label={words.table.fieldOf(column)}
                value={field ?? ""}
                onChange={({ target }) => choose(at, target.value === "" ? null : target.value)}
              >
                <option value="">{words.table.notRead}</option>
                {Object.entries(words.fields).map(([key, title]) => (
                  <option key={key} value={key}>
                    {title}
                  </option>
                ))}
              </select>
            </td>
            <td>{confidence === undefined ? "" : percent(confidence)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
