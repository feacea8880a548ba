/** What is filtered by now, each with a way to take it back. */

import { useFormats, useWords } from "../../shell/language.tsx";
import { everything } from "./archive-data.ts";
import { type ArchiveFilter, facetNames } from "./archive-names.ts";
import styles from "./filter-chips.module.css";
import { useFacetWords } from "./use-facet-words.ts";
import { archiveWords } from "./words.ts";

interface FilterChipsProps {
  readonly filter: ArchiveFilter;
  readonly onFilter: (filter: ArchiveFilter) => void;
}

interface Chip {
  readonly name: string;
  readonly without: ArchiveFilter;
}

export const FilterChips = ({ filter, onFilter }: FilterChipsProps) => {
  const words = useWords(archiveWords);
  const chips = useChips(filter);
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={words.filters}>
      {chips.map(({ name, without }) => (
        <li key={name}>
          <button type="button" aria-label={words.filter.remove(name)} onClick={() => onFilter(without)}>
            {name} <span aria-hidden="true">✕</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" onClick={() => onFilter(everything)}>
          {words.filter.clear}
        </button>
      </li>
    </ul>
  );
};

const useChips = (filter: ArchiveFilter): readonly Chip[] => {
  const words = useWords(archiveWords);
  const { date } = useFormats();
  const valueWords = useFacetWords();
  const { text, patientOf, images, ageYears, acquired, values } = filter;
  const end = (value: number | string | null): string => (value === null ? words.filter.open : String(value));
  const day = (value: string | null): string => (value === null ? words.filter.open : date(value));
  const chips: Chip[] = facetNames.flatMap((name) =>
    (values[name] ?? []).map((value) => {
      const left = (values[name] ?? []).filter((other) => other !== value);
      const { [name]: _, ...others } = values;
      return {
        name: `${words.facets[name]}: ${valueWords(name, value)}`,
        without: { ...filter, values: left.length === 0 ? others : { ...others, [name]: left } },
      };
    }),
  );
  if (ageYears) {
    const name = words.filter.age(end(ageYears[0]), end(ageYears[1]));
    chips.push({ name, without: { ...filter, ageYears: null } });
  }
  if (acquired) {
    const name = words.filter.acquired(day(acquired[0]), day(acquired[1]));
    chips.push({ name, without: { ...filter, acquired: null } });
  }
  if (text !== "") chips.push({ name: words.filter.text(text), without: { ...filter, text: "" } });
  if (patientOf !== null) chips.push({ name: words.filter.patient, without: { ...filter, patientOf: null } });
  if (images !== null) {
    chips.push({ name: words.filter.selected(images.length), without: { ...filter, images: null } });
  }
  return chips;
};
