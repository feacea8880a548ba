/** The radiographs by patient: a line for each, with what is in the filter of theirs, in the order of time. */

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useEffectEvent, useRef } from "react";
import type { ImageSummary, PatientPage } from "../../../../src/contract/images.ts";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./patient-list.module.css";
import { useFastScroll } from "./use-fast-scroll.ts";
import { archiveWords } from "./words.ts";

export type PatientGroup = PatientPage["patients"][number];

interface PatientListProps {
  readonly total: number;
  readonly at: (index: number) => PatientGroup | undefined;
  readonly onRange: (first: number, last: number) => void;
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
  readonly listKey: string;
}

/** Of a line, in the font's size. */
const lineHeight = 9.5;
const overscan = 2;

export const PatientList = ({ total, at, onRange, open, onOpen, listKey }: PatientListProps) => {
  const words = useWords(archiveWords);
  const list = useRef<HTMLDivElement>(null);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => list.current,
    estimateSize: () => lineHeight * rem,
    overscan,
  });
  const visible = rows.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  const isFast = useFastScroll(first, visible.length - 2 * overscan);
  const tellRange = useEffectEvent(() => {
    if (!isFast) onRange(first, last);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range follows from these
  useEffect(() => tellRange(), [isFast, first, last, total]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    list.current?.scrollTo(0, 0);
  }, [listKey]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the arrow keys
    <section ref={list} tabIndex={0} aria-label={words.patients} className={styles.list}>
      <ul style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index, start, size }) => (
          <li
            key={index}
            aria-setsize={total}
            aria-posinset={index + 1}
            className={styles.line}
            style={{ height: size, transform: `translateY(${start}px)` }}
          >
            <Patient group={isFast ? undefined : at(index)} open={open} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
};

interface PatientProps {
  readonly group: PatientGroup | undefined;
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
}

const Patient = ({ group, open, onOpen }: PatientProps) => {
  const words = useWords(archiveWords);
  const { sex, entity } = useVocabulary();
  const { number } = useFormats();
  if (!group) return null;
  const { patient, images } = group;
  const sexes = unique(images.map((image) => image.sex && sex(image.sex)));
  const entities = unique(images.map((image) => image.entity && entity(image.entity)));
  return (
    <>
      <div className={styles.who}>
        <h2>{patient}</h2>
        <p>{[...sexes, words.countRadiographs(number(images.length))].join(" · ")}</p>
        <p className={styles.entities}>{entities.join(", ") || words.unlabelled}</p>
      </div>
      <ol className={styles.images}>
        {images.map((image) => (
          <li key={image.id}>
            <Radiograph image={image} isOpen={image.id === open} onOpen={onOpen} />
          </li>
        ))}
      </ol>
    </>
  );
};

const Radiograph = ({
  image,
  isOpen,
  onOpen,
}: {
  image: ImageSummary;
  isOpen: boolean;
  onOpen: (id: string) => void;
}) => {
  const words = useWords(archiveWords);
  const { date } = useFormats();
  const { site } = useVocabulary();
  const { acquiredOn, view, region } = image;
  const place = image.site ? site(image.site) : region;
  return (
    <button type="button" className={styles.radiograph} aria-pressed={isOpen} onClick={() => onOpen(image.id)}>
      <Thumbnail image={image.id} size={192} alt="" />
      <span>{[acquiredOn && date(acquiredOn), place, view].filter(Boolean).join(" · ") || words.detail.title}</span>
    </button>
  );
};

const unique = (words: readonly (string | null)[]): string[] => [...new Set(words.filter((word) => word !== null))];
