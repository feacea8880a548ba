/** What went wrong, in the user's language, with the server's own sentence. */

import { ApiError } from "../api/client.ts";
import { useLanguage, useWords, type Words } from "../shell/language.tsx";
import styles from "./problem-note.module.css";

interface ProblemWords {
  readonly codes: Readonly<Record<string, string>>;
  readonly unexpected: string;
  readonly retry: string;
}

const problemWords: Words<ProblemWords> = {
  en: {
    codes: {}, // the server's own sentences are English and say more
    unexpected: "Something went wrong on this page that should not. Reload it; what you saved is kept.",
    retry: "Try again",
  },
  de: {
    codes: {
      "bad-usage": "Die Anfrage wurde nicht verstanden.",
      "bad-input": "Damit kann Osteon nichts anfangen.",
      "not-found": "Das gibt es hier nicht (mehr).",
      "shape-mismatch": "Die Daten passen nicht zum Modell.",
      "home-locked": "Ein anderes Programm arbeitet gerade mit dem Archiv.",
      "corrupt-store": "Im Archiv fehlt etwas oder ist beschädigt.",
      interrupted: "Der Vorgang wurde unterbrochen.",
      unreachable: "Der Server antwortet nicht.",
      unsupported: "Das wird nicht unterstützt.",
      failed: "Auf dem Server ist ein Fehler aufgetreten; sein Protokoll sagt, wo.",
      "not-logged-in": "Bitte melden Sie sich an.",
      "wrong-login": "Name oder Passwort stimmt nicht.",
      "not-allowed": "Das darf Ihre Rolle nicht.",
      "too-many-requests": "Zu viele Anfragen; warten Sie einen Moment.",
      "not-trained": "Es wurde noch kein Netz trainiert.",
      "not-indexed": "Es gibt noch keinen Index.",
      busy: "Der Server ist gerade ausgelastet.",
    },
    unexpected: "Auf dieser Seite ist etwas schiefgegangen. Laden Sie sie neu; was gespeichert war, bleibt.",
    retry: "Erneut versuchen",
  },
};

interface ProblemNoteProps {
  /** What was thrown. */
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export const ProblemNote = ({ error, onRetry }: ProblemNoteProps) => {
  const words = useWords(problemWords);
  const { language } = useLanguage();
  const problem = error instanceof ApiError ? error.problem : undefined;
  const sentence = problem ? words.codes[problem.code] : words.unexpected;
  return (
    <div role="alert" className={styles.note}>
      <div>
        {sentence && <p>{sentence}</p>}
        {problem && (
          <p lang="en" className={language === "en" ? undefined : styles.detail}>
            {problem.detail}
          </p>
        )}
        {problem?.places && problem.places.length > 0 && (
          <ul lang="en" className={styles.detail}>
            {problem.places.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path} {message}
              </li>
            ))}
          </ul>
        )}
      </div>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {words.retry}
        </button>
      )}
    </div>
  );
};
