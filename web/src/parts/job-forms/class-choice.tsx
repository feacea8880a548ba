/** Which classes of a target are meant. */

import type { TransferChoices } from "../../../../src/contract/transfer.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useVocabulary } from "../vocabulary.ts";
import styles from "./job-form.module.css";
import { jobFormWords } from "./words.ts";

type Target = TransferChoices["targets"][number];

interface ClassChoiceProps {
  readonly hint: string;
  readonly target: Target;
  readonly chosen: readonly string[];
  readonly onChoose: (classes: readonly string[]) => void;
}

export const ClassChoice = ({ hint, target, chosen, onChoose }: ClassChoiceProps) => {
  const words = useWords(jobFormWords);
  const { number } = useFormats();
  const { entity, region } = useVocabulary();
  const nameOf = target.name === "region" ? region : entity;
  return (
    <fieldset className={styles.choices}>
      <legend>{words.classes}</legend>
      <span className={styles.hint}>{hint}</span>
      <div className={styles.long}>
        {target.classes.map(({ name, radiographs, patients }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ target: { checked } }) =>
                onChoose(checked ? [...chosen, name] : chosen.filter((other) => other !== name))
              }
            />
            <span>{words.classOption(nameOf(name), number(radiographs), number(patients))}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};
