/** A field for a whole number, or for none. */

import type { ReactNode } from "react";
import { Field } from "../field.tsx";

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onValue: (value: string) => void;
}

export const NumberField = ({ label, hint, value, problem, onValue }: NumberFieldProps) => (
  <Field label={label} hint={hint} problem={problem}>
    <input inputMode="numeric" value={value} onChange={({ target }) => onValue(target.value)} />
  </Field>
);
