/** Shown at an address where no page is. */

import { Link } from "react-router";
import { EmptyState } from "../parts/empty-state.tsx";
import { useWords, type Words } from "./language.tsx";

const words: Words<{ title: string; explanation: string; start: string }> = {
  en: {
    title: "There is no page here",
    explanation: "The address is mistyped, or the page has gone.",
    start: "To the start page",
  },
  de: {
    title: "Hier ist keine Seite",
    explanation: "Die Adresse ist falsch geschrieben, oder es gibt die Seite nicht mehr.",
    start: "Zur Startseite",
  },
};

export const NoPage = () => {
  const { title, explanation, start } = useWords(words);
  return (
    <EmptyState title={title} action={<Link to="/">{start}</Link>}>
      {explanation}
    </EmptyState>
  );
};
