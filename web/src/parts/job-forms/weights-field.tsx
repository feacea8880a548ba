/** With which file of weights a network begins, among those that the server has. */

import { useWords } from "../../shell/language.tsx";
import { Field } from "../field.tsx";
import { jobFormWords } from "./words.ts";

interface WeightsFieldProps {
  readonly label: string;
  readonly hint?: string;
  /** What it says for no file. */
  readonly none: string;
  readonly files: readonly string[];
  readonly file: string | null;
  readonly onFile: (file: string | null) => void;
}

export const WeightsField = ({ label, hint, none, files, file, onFile }: WeightsFieldProps) => {
  const words = useWords(jobFormWords);
  return (
    <Field label={label} hint={[hint, words.weightsHint].filter(Boolean).join(" ")}>
      <select value={file ?? ""} onChange={({ target: { value } }) => onFile(value === "" ? null : value)}>
        <option value="">{none}</option>
        {files.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
};
