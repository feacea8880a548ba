/** What everybody may set for themselves. */

import { Field } from "../../parts/field.tsx";
import { useWords } from "../../shell/language.tsx";
import { LanguageSelect } from "../../shell/language-choice.tsx";
import { useSession } from "../../shell/session.tsx";
import { useShortcutsOverlay } from "../../shell/shortcuts.tsx";
import { ThemeSelect } from "../../shell/theme-choice.tsx";
import { shellWords } from "../../shell/words.ts";
import { OwnSessions } from "./own-sessions.tsx";
import { ownWords } from "./own-words.ts";
import { PasswordForm } from "./password-form.tsx";
import styles from "./settings.module.css";

export const OwnSettings = () => {
  const words = useWords(ownWords);
  const { roles, language, theme } = useWords(shellWords);
  const { accounts, person } = useSession();
  const openOverlay = useShortcutsOverlay();
  return (
    <>
      <div className={styles.columns}>
        <section className={styles.section}>
          <h2>{words.account}</h2>
          {accounts && person ? (
            <p className={styles.plain}>
              <strong>{person.name}</strong> · {roles[person.role]}
            </p>
          ) : (
            <p className={styles.plain}>{words.noAccounts}</p>
          )}
          {accounts && <PasswordForm />}
        </section>
        <section className={styles.section}>
          <h2>{words.appearance}</h2>
          <p className={`${styles.plain} ${styles.soft}`}>{words.perBrowser}</p>
          <div className={styles.row}>
            <Field label={language}>
              <LanguageSelect />
            </Field>
            <Field label={theme}>
              <ThemeSelect />
            </Field>
          </div>
          <h2>{words.keys}</h2>
          <p className={styles.plain}>{words.keysHint}</p>
          <div>
            <button type="button" onClick={openOverlay}>
              {words.showKeys}
            </button>
          </div>
        </section>
      </div>
      {accounts && <OwnSessions />}
    </>
  );
};
