/** All that is known of one radiograph, beside the grid. */

import { useQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import type { ImageDetail, ImageSummary } from "../../../../src/contract/images.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { readImage, startLink } from "./archive-data.ts";
import styles from "./image-panel.module.css";
import { PatientCourse } from "./patient-course.tsx";
import { Reports } from "./reports.tsx";
import { SortedRegion } from "./sorted-region.tsx";
import { useCaption } from "./use-caption.ts";
import { useFacetWords } from "./use-facet-words.ts";
import { archiveWords } from "./words.ts";

interface ImagePanelProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
  /** Filters by the patient of this radiograph. */
  readonly onPatient: (id: string) => void;
}

export const ImagePanel = ({ id, onClose, onOpen, onPatient }: ImagePanelProps) => {
  const words = useWords(archiveWords);
  const { data, error, refetch } = useQuery({
    queryKey: ["images", "detail", id],
    queryFn: ({ signal }) => readImage(id, signal),
  });
  return (
    <aside aria-label={words.detail.title} className={styles.panel}>
      <header className={styles.head}>
        <h2>{words.detail.title}</h2>
        <button type="button" aria-label={words.detail.close} onClick={onClose}>
          ✕
        </button>
      </header>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data && <Detail key={data.id} image={data} onOpen={onOpen} onPatient={onPatient} />}
    </aside>
  );
};

interface DetailProps {
  readonly image: ImageDetail;
  readonly onOpen: (id: string) => void;
  readonly onPatient: (id: string) => void;
}

const Detail = ({ image, onOpen, onPatient }: DetailProps) => {
  const words = useWords(archiveWords);
  const { name, facts } = useCaption()(image);
  return (
    <>
      <Picture image={image} name={[name, facts].filter(Boolean).join(", ")} />
      <div>
        <h3 className={styles.name}>{name}</h3>
        <p className={styles.facts}>{facts}</p>
      </div>
      <LinkButton image={image.id} />
      <dl className={styles.list}>
        <dt>{words.detail.patient}</dt>
        <dd>
          {image.patient}{" "}
          <button type="button" onClick={() => onPatient(image.id)}>
            {words.detail.allOfPatient}
          </button>
        </dd>
      </dl>
      <Section title={words.facets.region}>
        <SortedRegion image={image} />
      </Section>
      <Section title={words.detail.others}>
        {image.others.length === 0 ? (
          <p className={styles.none}>{words.detail.noOthers}</p>
        ) : (
          <Strip images={image.others} onOpen={onOpen} />
        )}
      </Section>
      {image.nearDuplicateOf !== null && (
        <Section title={words.detail.nearDuplicateOf}>
          <IdStrip ids={[image.nearDuplicateOf]} onOpen={onOpen} />
        </Section>
      )}
      {image.nearDuplicates.length > 0 && (
        <Section title={words.detail.nearDuplicates}>
          <IdStrip ids={image.nearDuplicates} onOpen={onOpen} />
        </Section>
      )}
      <Section title={words.detail.course}>
        <PatientCourse course={image.course} />
      </Section>
      <Section title={words.detail.reports}>
        <Reports image={image} />
      </Section>
      <Section title={words.detail.marks}>
        <Marks image={image} />
      </Section>
      <Section title={words.detail.facts}>
        <Facts image={image} />
      </Section>
    </>
  );
};

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={styles.section}>
    <h3>{title}</h3>
    {children}
  </section>
);

/** The radiograph with what others drew on it. */
const Picture = ({ image, name }: { image: ImageDetail; name: string }) => {
  const { width, height, annotations } = image;
  return (
    <div className={styles.picture}>
      <Thumbnail image={image.id} size={384} alt={name} />
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {annotations.map((annotation) => {
          const { box, corners } = annotation;
          const key = JSON.stringify(annotation);
          if (box) return <rect key={key} {...box} />;
          return corners && <polygon key={key} points={corners.map(([x, y]) => `${x},${y}`).join(" ")} />;
        })}
      </svg>
    </div>
  );
};

const LinkButton = ({ image }: { image: string }) => {
  const words = useWords(archiveWords);
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const link = async (): Promise<void> => {
    setIsBusy(true);
    setError(undefined);
    try {
      const query = await startLink(image);
      await navigate(`/link?query=${encodeURIComponent(query)}`);
    } catch (cause) {
      setError(cause);
      setIsBusy(false);
    }
  };
  return (
    <>
      <button type="button" data-kind="main" disabled={isBusy} onClick={() => void link()}>
        {words.link}
      </button>
      {error !== undefined && <ProblemNote error={error} />}
    </>
  );
};

const Strip = ({ images, onOpen }: { images: readonly ImageSummary[]; onOpen: (id: string) => void }) => {
  const { date } = useFormats();
  return (
    <ul className={styles.strip}>
      {images.map((image) => (
        <li key={image.id}>
          <button type="button" className={styles.other} onClick={() => onOpen(image.id)}>
            <Thumbnail image={image.id} size={96} alt="" />
            <span>{[image.acquiredOn && date(image.acquiredOn), image.view].filter(Boolean).join(" · ") || "–"}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};

const IdStrip = ({ ids, onOpen }: { ids: readonly string[]; onOpen: (id: string) => void }) => {
  const words = useWords(archiveWords);
  return (
    <ul className={styles.strip}>
      {ids.map((id) => (
        <li key={id}>
          <button type="button" className={styles.other} onClick={() => onOpen(id)}>
            <Thumbnail image={id} size={96} alt={words.detail.title} />
          </button>
        </li>
      ))}
    </ul>
  );
};

const Marks = ({ image: { annotations } }: { image: ImageDetail }) => {
  const words = useWords(archiveWords);
  if (annotations.length === 0) return <p className={styles.none}>{words.detail.noMarks}</p>;
  return (
    <ul className={styles.marks}>
      {annotations.map((annotation) => {
        const { source, label, box, corners } = annotation;
        return (
          <li key={JSON.stringify(annotation)}>
            {source}: {label}
            {box && ` (${Math.round(box.width)} × ${Math.round(box.height)})`}
            {corners && ` (${words.detail.polygon})`}
          </li>
        );
      })}
    </ul>
  );
};

const Facts = ({ image }: { image: ImageDetail }) => {
  const words = useWords(archiveWords);
  const value = useFacetWords();
  const vocabulary = useVocabulary();
  const { date, number } = useFormats();
  const { names } = words.detail;
  const rows: readonly (readonly [string, string | null])[] = [
    [words.facets.entity, image.entity && vocabulary.entity(image.entity)],
    [words.facets.label, image.label && vocabulary.entity(image.label)],
    [words.facets.site, image.site && vocabulary.site(image.site)],
    [words.facets.position, image.position && vocabulary.position(image.position)],
    [names.age, image.ageYears === null ? null : words.years(number(Math.floor(image.ageYears)))],
    [words.facets.sex, image.sex && vocabulary.sex(image.sex)],
    [words.facets.origin, value("origin", image.origin)],
    [names.acquired, image.acquiredOn && date(image.acquiredOn)],
    [words.facets.view, image.view],
    [words.facets.laterality, image.laterality && value("laterality", image.laterality)],
    [words.facets.modality, image.modality],
    [words.facets.bodyPart, image.bodyPart],
    [words.facets.manufacturer, image.manufacturer],
    [names.size, `${number(image.width)} × ${number(image.height)}`],
    [names.format, image.format.toUpperCase()],
    [names.exposure, image.exposure === null ? null : String(image.exposure)],
    [names.duplicates, image.duplicates === 0 ? null : number(image.duplicates)],
    [names.imported, date(image.importedAt)],
    [names.file, image.source?.fileName ?? null],
    [names.study, image.source?.studyInstanceUid ?? null],
  ];
  return (
    <dl className={styles.list}>
      {rows
        .filter(([, text]) => text !== null)
        .map(([name, text]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </Fragment>
        ))}
    </dl>
  );
};
