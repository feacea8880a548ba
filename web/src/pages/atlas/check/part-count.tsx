/** Into how many parts a cluster is split. */

import { useWords } from "../../../shell/language.tsx";
import { checkWords } from "./words.ts";

interface PartCountProps {
  /** Null for as many as come out most distinct. */
  readonly count: number | null;
  readonly onCount: (count: number | null) => void;
}

export const partCounts = [2, 3, 4, 5, 6] as const;

export const PartCount = ({ count, onCount }: PartCountProps) => {
  const words = useWords(checkWords);
  return (
    <select
      aria-label={words.partCount}
      value={count ?? ""}
      onChange={({ target: { value } }) => onCount(value === "" ? null : Number(value))}
    >
      <option value="">{words.asDistinct}</option>
      {partCounts.map((one) => (
        <option key={one} value={one}>
          {words.parts(one)}
        </option>
      ))}
    </select>
  );
};
