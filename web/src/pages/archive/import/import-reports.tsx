/** Reports into the home. */

import { useState } from "react";
import { useWords } from "../../../shell/language.tsx";
import { FileChoice } from "./file-choice.tsx";
import styles from "./import.module.css";
import { ImportCourse } from "./import-course.tsx";
import { useImport } from "./use-import.ts";
import { importWords } from "./words.ts";

export const ImportReports = () => {
  const words = useWords(importWords);
  const course = useImport();
  const [files, setFiles] = useState<readonly File[]>([]);
  const isIdle = course.state === "idle";
  return (
    <div className={styles.form}>
      {isIdle && <FileChoice files={files} onFiles={setFiles} hint={words.reports.hint} many />}
      <ImportCourse course={course} />
      {isIdle && (
        <button
          type="button"
          data-kind="main"
          disabled={files.length === 0}
          onClick={() =>
            course.run(files, (uploads) => ({ kind: "import-reports", settings: { uploads: [...uploads] } }))
          }
        >
          {words.start}
        </button>
      )}
    </div>
  );
};
