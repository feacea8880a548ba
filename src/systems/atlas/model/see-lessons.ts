/** What the trained networks make of every lesson, those that are held out among them. */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import { OsteonError } from "../../../errors.ts";
import { Prefetch } from "../../../learning/prefetch.ts";
import { softmax } from "../../../numeric/softmax.ts";
import type { Home } from "../../../store/index.ts";
import { hiddenClustersOf } from "./fit-folds.ts";
import type { SeenLesson } from "./fit-recognition.ts";
import type { FoldAnswer, FoldNetworks } from "./fold-networks.ts";
import type { Lesson } from "./lessons.ts";
import type { LessonSplit } from "./split-lessons.ts";
import { type AtlasView, atlasViews } from "./view-of.ts";

/** A lesson with all that is known of it. */
export interface JudgedLesson extends SeenLesson {
  readonly lesson: Lesson;
  readonly view: Omit<AtlasView, "pixels">;
  readonly answers: readonly FoldAnswer[];
}

/** @throws OsteonError `interrupted` when the signal stops it, `corrupt-store` for a picture that the home lacks */
export const seeLessons = async (
  { files }: Pick<Home, "files">,
  lessons: readonly Lesson[],
  {
    networks,
    split,
    classes,
    imageSize,
    signal,
  }: {
    readonly networks: FoldNetworks;
    readonly split: LessonSplit;
    readonly classes: readonly string[];
    readonly imageSize: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<JudgedLesson[]> => {
  const discardAt = classes.indexOf(discard);
  const learned = lessons.filter(({ image }) => !split.holdOut.has(image.patient));
  const hidden = hiddenClustersOf(learned, split.folds.length);
  const judged: JudgedLesson[] = [];
  const images = lessons.map(({ image }) => image);
  for await (const { value } of new Prefetch(images, atlasViews({ root: files.root, imageSize }))) {
    if (signal?.aborted) throw new OsteonError("interrupted", "The training was interrupted; start it again to go on.");
    const lesson = lessons[judged.length]!;
    const { patient } = lesson.image;
    const { pixels, ...view } = value;
    const answers = await networks.answer(pixels);
    const leftOutBy = split.folds.findIndex((patients) => patients.has(patient));
    const isHidden = lesson.label === discard && leftOutBy !== -1;
    judged.push({
      lesson,
      view,
      answers,
      patient,
      label: lesson.label,
      texture: view.texture,
      features: answers.map(({ features }) => features),
      discarded: answers.map(({ logits }) => softmax(logits)[discardAt] ?? 0),
      leftOutBy: leftOutBy === -1 ? null : leftOutBy,
      hiddenFrom: isHidden ? (hidden.get(lesson.cluster) ?? null) : null,
    });
  }
  return judged;
};
