/** The review desk: files that were set aside, radiographs that look like copies, text in pixels. */

import { Navigate, NavLink, Route, Routes } from "react-router";
import { EmptyState } from "../../parts/empty-state.tsx";
import styles from "../../parts/parted-page.module.css";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { shellWords } from "../../shell/words.ts";
import { Copies } from "./copies.tsx";
import { useDesk } from "./review-data.ts";
import { SetAside } from "./set-aside.tsx";
import { Texts } from "./texts.tsx";
import { reviewWords } from "./words.ts";

const ReviewPage = () => {
  const words = useWords(reviewWords);
  const { pages } = useWords(shellWords);
  const { number } = useFormats();
  const mayDecide = useMay("annotator");
  const { data: desk } = useDesk(mayDecide);
  if (!mayDecide) return <EmptyState title={pages.review}>{words.notAllowed}</EmptyState>;
  const open = {
    files: desk?.setAside.reduce((sum, group) => sum + group.open, 0),
    copies: desk?.duplicates.open,
    text: desk?.burnedInText.open,
  };
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{pages.review}</h1>
        <nav aria-label={words.parts} className={styles.parts}>
          {(["files", "copies", "text"] as const).map((part) => (
            <NavLink key={part} to={`/review/${part}`}>
              {words.titles[part]}{" "}
              {open[part] ? <span className={styles.count}>{words.open(number(open[part]))}</span> : null}
            </NavLink>
          ))}
        </nav>
      </header>
      <Routes>
        <Route path="files" element={<SetAside />} />
        <Route path="copies" element={<Copies />} />
        <Route path="text" element={<Texts />} />
        <Route path="*" element={<Navigate to="/review/files" replace />} />
      </Routes>
    </div>
  );
};

export default ReviewPage;
