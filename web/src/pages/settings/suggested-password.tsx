/** A password that an administrator gives to somebody: typed, or suggested and then shown. */

import { useState } from "react";
import { Field } from "../../parts/field.tsx";
import { useWords } from "../../shell/language.tsx";
import { suggestPassword } from "./accounts.ts";
import styles from "./settings.module.css";
import { usersWords } from "./users-words.ts";

interface SuggestedPasswordProps {
  readonly label: string;
  readonly hint: string;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly onChange: (password: string) => void;
}

export const SuggestedPassword = ({ label, hint, problem, value, onChange }: SuggestedPasswordProps) => {
  const words = useWords(usersWords);
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Field label={label} hint={hint} problem={problem}>
        <input
          type={isShown ? "text" : "password"}
          autoComplete="new-password"
          spellCheck={false}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      </Field>
      <div className={styles.row}>
        <button
          type="button"
          onClick={() => {
            setShown(true);
            onChange(suggestPassword());
          }}
        >
          {words.suggest}
        </button>
      </div>
    </>
  );
};
