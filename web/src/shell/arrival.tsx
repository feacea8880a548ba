/** What happens when another page has come: the window gets its title, and the focus goes to its heading. */

import { useEffect, useRef } from "react";

interface ArrivalProps {
  /** The address of the page. */
  readonly page: string;
  readonly title: string;
}

/** Stands beside the page in the same Suspense, so that it is told only when the page is there. */
export const Arrival = ({ page, title }: ArrivalProps) => {
  const last = useRef(page);
  useEffect(() => {
    document.title = title === "" ? "Osteon" : `${title} – Osteon`;
  }, [title]);
  useEffect(() => {
    if (last.current === page) return; // the first page, or only another language
    last.current = page;
    const content = document.querySelector<HTMLElement>("#content");
    const heading = content?.querySelector<HTMLElement>("h1") ?? content;
    if (heading?.tabIndex === -1) heading.tabIndex = -1;
    heading?.focus({ preventScroll: true });
    content?.scrollTo(0, 0);
  }, [page]);
  return null;
};
