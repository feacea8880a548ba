/** The filters beside the grid: values with their counts, ages, dates. */

import { useState } from "react";
import type { Facets } from "../../../../src/contract/images.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { type ArchiveFilter, type FacetName, facetNames } from "./archive-names.ts";
import styles from "./filters.module.css";
import { useFacetWords } from "./use-facet-words.ts";
import { archiveWords } from "./words.ts";

interface FiltersProps {
  readonly filter: ArchiveFilter;
  readonly onFilter: (filter: ArchiveFilter) => void;
  /** Undefined until they are counted. */
  readonly facets: Facets["facets"] | undefined;
}

/** Open from the start. */
const openNames: readonly FacetName[] = ["entity", "site", "sex"];

/** How many values are listed at first. */
const shortList = 7;

export const Filters = ({ filter, onFilter, facets }: FiltersProps) => {
  const words = useWords(archiveWords);
  const choose = (name: FacetName, values: readonly (string | null)[]): void => {
    const { [name]: _, ...others } = filter.values;
    onFilter({ ...filter, values: values.length === 0 ? others : { ...others, [name]: [...values] } });
  };
  return (
    <section aria-label={words.filters} className={styles.filters}>
      <Range
        legend={words.age}
        type="number"
        ends={filter.ageYears}
        onEnds={(ends) => onFilter({ ...filter, ageYears: ends && [numberOf(ends[0]), numberOf(ends[1])] })}
      />
      <Range
        legend={words.acquired}
        type="date"
        ends={filter.acquired}
        onEnds={(ends) => onFilter({ ...filter, acquired: ends && [...ends] })}
      />
      {facetNames.map((name) => (
        <Facet
          key={name}
          name={name}
          counts={facets?.[name] ?? []}
          chosen={filter.values[name] ?? []}
          onChoose={(values) => choose(name, values)}
        />
      ))}
    </section>
  );
};

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

interface RangeProps {
  readonly legend: string;
  readonly type: "number" | "date";
  readonly ends: readonly [number | string | null, number | string | null] | null;
  readonly onEnds: (ends: readonly [string | null, string | null] | null) => void;
}

const Range = ({ legend, type, ends, onEnds }: RangeProps) => {
  const words = useWords(archiveWords);
  const [from, to] = ends ?? [null, null];
  const limits = type === "number" ? { min: 0, max: 150 } : {};
  const write = (place: 0 | 1, text: string): void => {
    const next = [from, to].map((end) => (end === null ? null : String(end))) as [string | null, string | null];
    next[place] = text === "" ? null : text;
    onEnds(next[0] === null && next[1] === null ? null : next);
  };
  return (
    <fieldset className={styles.range}>
      <legend>{legend}</legend>
      {([from, to] as const).map((end, i) => (
        <input
          key={i === 0 ? "from" : "to"}
          type={type}
          {...limits}
          aria-label={`${legend} ${i === 0 ? words.from : words.to}`}
          placeholder={i === 0 ? words.from : words.to}
          value={end ?? ""}
          onChange={({ target }) => {
            if (target.validity.valid) write(i === 0 ? 0 : 1, target.value);
          }}
        />
      ))}
    </fieldset>
  );
};

interface FacetProps {
  readonly name: FacetName;
  readonly counts: readonly { readonly value: string | null; readonly count: number }[];
  readonly chosen: readonly (string | null)[];
  readonly onChoose: (values: readonly (string | null)[]) => void;
}

const Facet = ({ name, counts, chosen, onChoose }: FacetProps) => {
  const words = useWords(archiveWords);
  const { number } = useFormats();
  const valueWords = useFacetWords();
  const [isLong, setIsLong] = useState(false);
  const [isOpen, setIsOpen] = useState(openNames.includes(name) || chosen.length > 0);
  const gone = chosen.filter((value) => counts.every((one) => one.value !== value));
  const all = [...inOrder(name, counts), ...gone.map((value) => ({ value, count: 0 }))];
  const listed = isLong ? all : all.filter(({ value }, i) => i < shortList || chosen.includes(value));
  if (all.length === 0) return null;
  return (
    <details className={styles.facet} open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        {words.facets[name]}
        {chosen.length > 0 && <span className={styles.chosen}>{chosen.length}</span>}
      </summary>
      {isOpen && (
        <fieldset>
          <legend>{words.facets[name]}</legend>
          {listed.map(({ value, count }) => (
            <label key={value ?? ""} className={styles.value} data-unknown={value === null || undefined}>
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={({ target }) =>
                  onChoose(target.checked ? [...chosen, value] : chosen.filter((other) => other !== value))
                }
              />
              <span className={styles.word}>{valueWords(name, value)}</span>
              <span className={styles.count}>{number(count)}</span>
            </label>
          ))}
          {all.length > listed.length && (
            <button type="button" onClick={() => setIsLong(true)}>
              {words.more(number(all.length - listed.length))}
            </button>
          )}
          {isLong && all.length > shortList && (
            <button type="button" onClick={() => setIsLong(false)}>
              {words.fewer}
            </button>
          )}
        </fieldset>
      )}
    </details>
  );
};

/** Ages go up and certainties down; everything else goes by its count, what is not known last. */
const inOrder = (name: FacetName, counts: FacetProps["counts"]): FacetProps["counts"] => {
  const known = counts.filter(({ value }) => value !== null);
  const direction = { ageBand: 1, sortedScore: -1 }[name as string];
  const sorted = direction ? known.toSorted((a, b) => direction * (Number(a.value) - Number(b.value))) : known;
  return [...sorted, ...counts.filter(({ value }) => value === null)];
};
