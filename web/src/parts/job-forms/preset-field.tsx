/** Which of the ready settings a training takes. */

import { useWords } from "../../shell/language.tsx";
import { Field } from "../field.tsx";
import { jobFormWords } from "./words.ts";

export const presetNames = ["small", "recommended", "as-published"] as const;
export type PresetName = (typeof presetNames)[number];

interface PresetFieldProps {
  readonly preset: PresetName;
  readonly onPreset: (preset: PresetName) => void;
}

export const PresetField = ({ preset, onPreset }: PresetFieldProps) => {
  const words = useWords(jobFormWords);
  return (
    <Field label={words.preset}>
      <select value={preset} onChange={({ target: { value } }) => onPreset(value as PresetName)}>
        {presetNames.map((name) => (
          <option key={name} value={name}>
            {words.presets[name]}
          </option>
        ))}
      </select>
    </Field>
  );
};
