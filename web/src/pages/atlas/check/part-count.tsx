/** Into how many parts a cluster is split. */

import { useWords } from "../../../shell/language.tsx";
import { checkWords } from "./words.ts";

interface PartCountProps {
  /** Radiographs of the cluster: a part has two at least. */
  readonly images: number;
  /** Null for as many as come out most distinct. */
  readonly count: number | null;
  readonly onCount: (count: number | null) => void;
}

/** Into how many parts so many radiographs can be split. */
export const partCountsOf = (images: number): readonly number[] =>
  [2, 3, 4, 5, 6].filter((count) => 2 * count <= images);

export const PartCount = ({ images, count, onCount }: PartCountProps) => {
  const words = useWords(checkWords);
  return (
    <select
      aria-label={words.partCount}
      value={count ?? ""}
      onChange={({ target: { value } }) => onCount(value === "" ? null : Number(value))}
    >
      <option value="">{words.asDistinct}</option>
      {partCountsOf(images).map((one) => (
        <option key={one} value={one}>
          {words.parts(one)}
        </option>
      ))}
    </select>
  );
};
