/** The newest atlas model with its figures, what a training would learn now, and what starts one. */

import { Link } from "react-router";
import type { AtlasLessons, AtlasModel, AtlasModelState } from "../../../../../src/contract/atlas-model.ts";
import { ApiError } from "../../../api/client.ts";
import { isOpen, shareOf, useJobs } from "../../../api/jobs.ts";
import { IntervalBar, useFigureValue } from "../../../parts/interval-bar.tsx";
import { TrainAtlasForm } from "../../../parts/job-forms/train-atlas-form.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { Progress } from "../../../parts/progress.tsx";
import { useRunFigureName } from "../../../parts/run-figures.ts";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { useMay } from "../../../shell/session.tsx";
import styles from "./atlas-model-card.module.css";
import { modelWords } from "./words.ts";

interface AtlasModelCardProps {
  readonly clustering: string;
  readonly state: AtlasModelState;
  readonly nameOf: (label: string) => string;
}

export const AtlasModelCard = ({ clustering, state: { model, lessons }, nameOf }: AtlasModelCardProps) => {
  const words = useWords(modelWords);
  return (
    <section className={styles.card}>
      <h2>{words.model}</h2>
      {model ? <Trained model={model} /> : <p className={styles.note}>{words.noModel}</p>}
      <Training clustering={clustering} lessons={lessons} isAgain={model !== null} />
      {lessons && <Lessons lessons={lessons} nameOf={nameOf} />}
    </section>
  );
};

const Trained = ({ model }: { readonly model: AtlasModel }) => {
  const words = useWords(modelWords);
  const figureName = useRunFigureName();
  const figureValue = useFigureValue();
  const { number, time } = useFormats();
  return (
    <>
      <p className={styles.note}>
        {words.trained(time(model.trainedAt), model.regions.length, model.folds)}{" "}
        {words.learnedFrom(number(model.radiographs), number(model.patients))}{" "}
        {model.labelsChanged && <strong>{words.labelsChanged}</strong>}
      </p>
      <table>
        <caption>{words.figures}</caption>
        <tbody>
          {model.figures.map(({ name, value, interval }) => (
            <tr key={name}>
              <th scope="row">{figureName(name)}</th>
              <td>{figureValue(value)}</td>
              <td>{interval && <IntervalBar value={value} interval={interval} withNumbers />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <Link to={`/runs/${encodeURIComponent(model.run)}`}>{words.toRun}</Link>
      </p>
    </>
  );
};

interface TrainingProps {
  readonly clustering: string;
  readonly lessons: AtlasLessons | null;
  readonly isAgain: boolean;
}

const Training = ({ clustering, lessons, isAgain }: TrainingProps) => {
  const words = useWords(modelWords);
  const may = useMay("researcher");
  const { data: jobs } = useJobs();
  const job = jobs?.jobs.find(({ kind }) => kind === "train-atlas");
  const title = isAgain ? words.trainAgain : words.train;
  if (job && isOpen(job)) return <Progress label={words.train} share={shareOf(job)} note={job.progress?.note} />;
  if (!may) return isAgain ? null : <p className={styles.note}>{words.notAllowed}</p>;
  return (
    <>
      {job?.problem && <ProblemNote error={new ApiError({ status: 0, ...job.problem })} />}
      {lessons?.problem ? (
        <ProblemNote error={new ApiError({ status: 0, ...lessons.problem })} />
      ) : (
        <TrainAtlasForm clustering={clustering} submit={title} />
      )}
    </>
  );
};

interface LessonsProps {
  readonly lessons: AtlasLessons;
  readonly nameOf: (label: string) => string;
}

const Lessons = ({ lessons, nameOf }: LessonsProps) => {
  const words = useWords(modelWords);
  const { number } = useFormats();
  const rows = [
    ...lessons.regions.map(({ region, ...counts }) => ({ name: nameOf(region), ...counts })),
    ...(lessons.discarded.clusters > 0 ? [{ name: words.discarded, ...lessons.discarded }] : []),
  ];
  if (rows.length === 0) return null;
  return (
    <details className={styles.lessons}>
      <summary>{words.lessons}</summary>
      <p className={styles.note}>{words.lessonsNote}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.region}</th>
            <th scope="col">{words.clusterCount}</th>
            <th scope="col">{words.radiographs}</th>
            <th scope="col">{words.patients}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, clusters, radiographs, patients }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{number(clusters)}</td>
              <td>{number(radiographs)}</td>
              <td>{number(patients)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
};
