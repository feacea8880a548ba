/** A field with its label above it, a hint and what is wrong with it. */

import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import styles from "./field.module.css";

interface FieldProps {
  readonly label: ReactNode;
  /** The one input, select or textarea. */
  readonly children: ReactElement<{ id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean }>;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
}

export const Field = ({ label, children, hint, problem }: FieldProps) => {
  const id = useId();
  const describedBy = [...(hint ? [`${id}-hint`] : []), ...(problem ? [`${id}-problem`] : [])].join(" ");
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {cloneElement(children, {
        id,
        ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
        ...(problem ? { "aria-invalid": true } : {}),
      })}
      {hint && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
      {problem && (
        <span id={`${id}-problem`} className={styles.problem}>
          {problem}
        </span>
      )}
    </div>
  );
};
