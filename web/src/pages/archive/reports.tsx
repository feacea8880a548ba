/** The patient's reports: their texts for researchers, how many there are for everybody. */

import type { ImageDetail } from "../../../../src/contract/images.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./image-panel.module.css";
import { archiveWords } from "./words.ts";

export const Reports = ({ image: { source, course } }: { image: ImageDetail }) => {
  const words = useWords(archiveWords);
  const { number } = useFormats();
  const { reports, noReports, reportsHidden, reportKinds } = words.detail;
  const kind = (name: string | null): string => reportKinds[name ?? "other"] ?? reports;
  if (source) {
    if (source.reports.length === 0) return <p className={styles.none}>{noReports}</p>;
    return source.reports.map((report) => (
      <details key={report.id} className={styles.report}>
        <summary>
          {kind(report.kind)}
          {report.date && `, ${report.date}`}
        </summary>
        <p>{report.text}</p>
      </details>
    ));
  }
  if (course.reports.length === 0) return <p className={styles.none}>{noReports}</p>;
  return (
    <p className={styles.none}>
      {course.reports.map((one) => `${kind(one.kind)}: ${number(one.count)}`).join(" · ")}. {reportsHidden}
    </p>
  );
};
