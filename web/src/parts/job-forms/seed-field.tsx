/** What decides everything that a job draws at random. */

import { useWords } from "../../shell/language.tsx";
import { NumberField } from "./number-field.tsx";
import { readNumber } from "./read-number.ts";
import { jobFormWords } from "./words.ts";

/** The seed that somebody wrote; there must be one. */
export const readSeed = (text: string): number | "wrong" => readNumber(text, 0, Number.MAX_SAFE_INTEGER) ?? "wrong";

interface SeedFieldProps {
  readonly seed: string;
  readonly onSeed: (seed: string) => void;
  /** Whether a wrong seed is to be told. */
  readonly isTried: boolean;
}

export const SeedField = ({ seed, onSeed, isTried }: SeedFieldProps) => {
  const words = useWords(jobFormWords);
  return (
    <NumberField
      label={words.seed}
      hint={words.seedHint}
      value={seed}
      onValue={onSeed}
      problem={isTried && readSeed(seed) === "wrong" ? words.wrongSeed : undefined}
    />
  );
};
