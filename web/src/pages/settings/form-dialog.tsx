/** A dialog that is filled in: its fields, what was wrong with them, and at the foot whether it counts. */

import { type FormEvent, type ReactNode, useId } from "react";
import { Dialog } from "../../parts/dialog.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

interface FormDialogProps {
  readonly title: string;
  /** On the button that sends it. */
  readonly action: string;
  readonly isPending: boolean;
  /** Why it was refused. */
  readonly error: Error | null;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export const FormDialog = ({ title, action, isPending, error, onSubmit, onClose, children }: FormDialogProps) => {
  const { cancel } = useWords(settingsWords);
  const form = useId();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {cancel}
          </button>
          <button type="submit" form={form} data-kind="main" disabled={isPending}>
            {action}
          </button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(event);
        }}
        autoComplete="off"
      >
        {children}
        {error && <ProblemNote error={error} />}
      </form>
    </Dialog>
  );
};
