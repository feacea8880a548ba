/** Which of the ready settings a training takes. */

import { useWords } from "../../shell/language.tsx";
import { Field } from "../field.tsx";
import { jobFormWords } from "./words.ts";

export const presetNames = ["small", "recommended", "as-published"] as const;
export type PresetName = (typeof presetNames)[number];

interface PresetFieldProps<Name extends PresetName> {
  /** Those that there are for this job. */
  readonly names: readonly Name[];
  readonly preset: Name;
  readonly onPreset: (preset: Name) => void;
}

export const PresetField = <Name extends PresetName>({ names, preset, onPreset }: PresetFieldProps<Name>) => {
  const words = useWords(jobFormWords);
  return (
    <Field label={words.preset}>
      <select value={preset} onChange={({ target: { value } }) => onPreset(value as Name)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {words.presets[name]}
          </option>
        ))}
      </select>
    </Field>
  );
};
