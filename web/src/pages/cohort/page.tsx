/** Cohorts: who is studied, why the others are not, and the doubts about the tables that it rests on. */

import { Navigate, NavLink, Route, Routes } from "react-router";
import styles from "../../parts/parted-page.module.css";
import { useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { shellWords } from "../../shell/words.ts";
import { Cohorts } from "./cohorts.tsx";
import { useDoubtFacets } from "./doubts/doubt-data.ts";
import { Doubts } from "./doubts/doubts.tsx";
import { cohortWords } from "./words.ts";

const CohortPage = () => {
  const words = useWords(cohortWords);
  const { pages } = useWords(shellWords);
  const mayDecide = useMay("annotator");
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{pages.cohort}</h1>
        {mayDecide && (
          <nav aria-label={words.parts} className={styles.parts}>
            <NavLink to="/cohort/cohorts">{words.cohorts}</NavLink>
            <NavLink to="/cohort/doubts">
              {words.doubts} <OpenDoubts />
            </NavLink>
          </nav>
        )}
      </header>
      <Routes>
        <Route path="cohorts" element={<Cohorts />} />
        {mayDecide && <Route path="doubts" element={<Doubts />} />}
        <Route path="*" element={<Navigate to="/cohort/cohorts" replace />} />
      </Routes>
    </div>
  );
};

const OpenDoubts = () => {
  const { data } = useDoubtFacets();
  const words = useWords(cohortWords);
  const open = data?.rules.reduce((sum, rule) => sum + rule.open, 0) ?? 0;
  return open > 0 ? <span className={styles.count}>{words.open(open)}</span> : null;
};

export default CohortPage;
