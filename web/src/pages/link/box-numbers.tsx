/** The lesion's box in numbers, for those who do not drag. */

import type { Box, Picture } from "../../../../src/contract/pictures.ts";
import { useWords } from "../../shell/language.tsx";
import styles from "./question-panel.module.css";
import { linkWords } from "./words.ts";

interface BoxNumbersProps {
  readonly box: Box;
  readonly picture: Picture;
  readonly onBox: (box: Box) => void;
}

export const BoxNumbers = ({ box, picture, onBox }: BoxNumbersProps) => {
  const words = useWords(linkWords).question;
  const fields = [
    { name: "x", label: words.left, least: 0, most: picture.width - box.width },
    { name: "y", label: words.top, least: 0, most: picture.height - box.height },
    { name: "width", label: words.width, least: 4, most: picture.width - box.x },
    { name: "height", label: words.height, least: 4, most: picture.height - box.y },
  ] as const;
  return (
    <fieldset className={styles.numbers}>
      <legend>{words.numbers}</legend>
      {fields.map(({ name, label, least, most }) => (
        <label key={name}>
          {label}
          <input
            type="number"
            min={least}
            max={most}
            value={box[name]}
            onChange={({ target }) => {
              const value = target.valueAsNumber;
              if (value >= least && value <= most) onBox({ ...box, [name]: value });
            }}
          />
        </label>
      ))}
    </fieldset>
  );
};
