/** The radiographs of an evaluation's test side: what the neighbours voted, and where the networks look. */

import { useState } from "react";
import type { GradCamPicture, RunDetail, RunOutcome } from "../../../../src/contract/runs.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Field } from "../../parts/field.tsx";
import { GradCamFigure } from "../../parts/grad-cam-figure.tsx";
import { useGradCam } from "../../parts/grad-cams.ts";
import { noRegionWords } from "../../parts/no-region-words.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Thumbnail, type ThumbnailSize } from "../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import styles from "./gallery.module.css";
import { type OutcomeChoice, useOutcomes } from "./queries.ts";
import { useRunNames } from "./run-names.ts";
import { runWords } from "./words.ts";

type Layer = GradCamPicture["layer"];

interface GalleryProps {
  readonly run: RunDetail;
  readonly choice: OutcomeChoice;
  readonly onChoose: (choice: OutcomeChoice) => void;
}

export const Gallery = (props: GalleryProps) => {
  const words = useWords(runWords).gallery;
  if (!props.run.hasOutcomes) return <EmptyState title={words.none.title}>{words.none.text}</EmptyState>;
  return <OutcomeGallery {...props} />;
};

const OutcomeGallery = ({ run, choice, onChoose }: GalleryProps) => {
  const { gallery: words, keys } = useWords(runWords);
  const names = useRunNames();
  const [layer, setLayer] = useState<Layer>();
  const [isHeatShown, setHeatShown] = useState(true);
  const [enlarged, setEnlarged] = useState<RunOutcome>();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useOutcomes(run.id, choice);
  useShortcuts(words.heat, [{ keys: "h", does: keys.heat, run: () => setHeatShown((shown) => !shown) }]);
  const outcomes = data?.pages.flatMap((page) => page.outcomes) ?? [];
  const labels = run.confusion?.labels ?? run.classes;
  const labelSelect = (which: "label" | "voted", label: string) => (
    <Field label={label}>
      <select
        value={choice[which] ?? ""}
        onChange={({ target }) => onChoose({ ...choice, [which]: target.value === "" ? undefined : target.value })}
      >
        <option value="">{words.any}</option>
        {labels.map((one) => (
          <option key={one} value={one}>
            {names.label(one)}
          </option>
        ))}
      </select>
    </Field>
  );
  return (
    <div className={styles.gallery}>
      <div className={styles.filters}>
        <Field label={run.vote ? words.result : words.outcome}>
          <select
            value={choice.result ?? "all"}
            onChange={({ target: { value } }) =>
              onChoose({ ...choice, result: value === "right" || value === "wrong" ? value : undefined })
            }
          >
            {(["all", "right", "wrong"] as const).map((result) => (
              <option key={result} value={result}>
                {words.results[result]}
              </option>
            ))}
          </select>
        </Field>
        {labelSelect("label", words.truth)}
        {labelSelect("voted", run.vote ? words.voted : words.sorted)}
        <Field label={words.layer}>
          <select
            value={layer ?? "default"}
            onChange={({ target: { value } }) => setLayer(value === "default" ? undefined : (value as Layer))}
          >
            {(["default", "layer4", "layer3", "layer2"] as const).map((one) => (
              <option key={one} value={one}>
                {words.layers[one]}
              </option>
            ))}
          </select>
        </Field>
        <button type="button" aria-pressed={isHeatShown} onClick={() => setHeatShown(!isHeatShown)}>
          {words.heat}
        </button>
        {data && (
          <span role="status" className={styles.count}>
            {words.count(data.pages[0]?.total ?? 0)}
          </span>
        )}
      </div>
      {run.hasNetworks && <p className={styles.how}>{words.how}</p>}
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      <ul className={styles.cards}>
        {outcomes.map((outcome) => (
          <li key={outcome.image} data-right={outcome.isRight}>
            <OutcomeHead outcome={outcome} />
            <Looks run={run} outcome={outcome} layer={layer} isHeatShown={isHeatShown} size={192} />
            <button
              type="button"
              aria-label={words.enlarge(names.label(outcome.label))}
              className={styles.enlarge}
              onClick={() => setEnlarged(outcome)}
            >
              ⤢
            </button>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.more}
        </button>
      )}
      {enlarged && (
        <Dialog title={names.label(enlarged.label)} width="wide" onClose={() => setEnlarged(undefined)}>
          <div className={styles.enlarged}>
            <OutcomeHead outcome={enlarged} />
            {run.hasNetworks && enlarged.isLearned && !enlarged.sorted && (
              <NetworksSay run={run.id} outcome={enlarged} layer={layer} />
            )}
            <Looks run={run} outcome={enlarged} layer={layer} isHeatShown={isHeatShown} size={384} />
          </div>
        </Dialog>
      )}
    </div>
  );
};

const OutcomeHead = ({ outcome: { label, vote, sorted, isRight } }: { outcome: RunOutcome }) => {
  const words = useWords(runWords).gallery;
  const names = useRunNames();
  const { percent } = useFormats();
  return (
    <p className={styles.head}>
      <span className={styles.mark} data-right={isRight}>
        {isRight ? words.right : words.wrong}
      </span>
      <span>
        {words.truth}: <strong>{names.label(label)}</strong>
      </span>
      {sorted ? (
        <SortedAs sorted={sorted} />
      ) : (
        <span>
          {words.result}: {vote ? `${names.label(vote.label)}, ${words.vote(percent(vote.share))}` : words.noVote}
        </span>
      )}
    </p>
  );
};

/** What the networks of an atlas model say together: the two likeliest regions, or why it is none. */
const SortedAs = ({ sorted }: { sorted: NonNullable<RunOutcome["sorted"]> }) => {
  const words = useWords(runWords).gallery;
  const reasons = useWords(noRegionWords);
  const names = useRunNames();
  const { percent } = useFormats();
  const { region, score, second, known, reason } = sorted;
  const likeliest = [{ region, score }, ...(second ? [second] : [])]
    .map((one) => `${names.label(one.region)} ${percent(one.score)}`)
    .join(", ");
  return (
    <span>
      {words.sorted}:{" "}
      {!known && `${words.noRegion}${reason === null ? "" : ` (${reasons[reason].replace(/\.$/, "")})`}; `}
      {likeliest}
    </span>
  );
};

interface LooksProps {
  readonly run: RunDetail;
  readonly outcome: RunOutcome;
  readonly layer: Layer | undefined;
  readonly isHeatShown: boolean;
  readonly size: ThumbnailSize;
}

/** Where the networks look for what was voted, and where that was wrong, for what it is. */
const Looks = ({ run, outcome, layer, isHeatShown, size }: LooksProps) => {
  const words = useWords(runWords).gallery;
  const names = useRunNames();
  const wanted = [outcome.sorted?.region ?? outcome.vote?.label, outcome.label].filter((label) => label !== undefined);
  const labels = run.hasNetworks ? [...new Set(wanted)].filter((label) => run.classes.includes(label)) : [];
  return (
    <div className={styles.looks} data-size={size}>
      {labels.length === 0 && (
        <div className={styles.plain}>
          <Thumbnail image={outcome.image} size={size} alt="" />
        </div>
      )}
      {labels.map((label) => (
        <GradCamFigure
          key={label}
          question={{ run: run.id, image: outcome.image, label, layer }}
          name={names.label(label)}
          size={size}
          isHeatShown={isHeatShown}
        />
      ))}
      {!outcome.isLearned && <p className={styles.how}>{words.notLearned}</p>}
    </div>
  );
};

/** What the networks take it for, which need not be what the neighbours vote. */
const NetworksSay = ({ run, outcome, layer }: { run: string; outcome: RunOutcome; layer: Layer | undefined }) => {
  const words = useWords(runWords).gallery;
  const names = useRunNames();
  const { percent } = useFormats();
  const { data } = useGradCam({ run, image: outcome.image, label: outcome.label, layer });
  if (!data) return null;
  return (
    <p className={styles.how}>
      {words.networks(names.label(data.predicted.label), percent(data.predicted.probability))}
    </p>
  );
};
