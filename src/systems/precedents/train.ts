/** Trains the network whose features make the precedents. A run that was broken off is gone on with. */

import type { PatientId } from "../../clinic/ids.ts";
import { makeSplit } from "../../clinic/splits/make-split.ts";
import { duplicateLinks, subjectsByLabel } from "../../clinic/splits/split-subjects.ts";
import type { StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import type { EpochReport } from "../../learning/checkpoint.ts";
import type { GreyDataset } from "../../learning/grey-dataset.ts";
import { exportOnnx } from "../../nn/network.ts";
import {
  continueOrCreateRun,
  finishRun,
  getRun,
  type Home,
  hashContent,
  listImages,
  type RunStarter,
  type StoredImage,
} from "../../store/index.ts";
import {
  codeVersion,
  courseOf,
  fitNetwork,
  forgetCheckpoints,
  givenWeights,
  memoryOf,
  overallReport,
  type TrainingCourse,
  type TrainingMemory,
  underWatch,
  type WeightsFile,
} from "../training/index.ts";
import { modelName } from "./artefacts.ts";
import { epochsFor, type PrecedentsSettings, type Target, targets } from "./config.ts";
import { lessonsOf, loadLessons } from "./lessons.ts";
import { encodePrecedentsModel, type ModelCard, networkOf, type PrecedentsModel } from "./model.ts";

/** What a training run is told. */
export interface TrainOptions {
  readonly settings: PrecedentsSettings;
  readonly seed: number;
  /** What the network learns; by default the first of entity, region, label that has two values in the archive. */
  readonly target?: Target;
  /** Instead of what the settings say. */
  readonly epochs?: number;
  /**
   * Of the patients, the share that the networks are kept from: they are past patients like the others, and their links tell
   * what is promised of new ones; 0 by default.
   */
  readonly holdOut?: number;
  /** What every network begins with, its top layer apart; nothing by default. */
  readonly begin?: WeightsFile | undefined;
  readonly signal?: AbortSignal;
  readonly onEpoch?: (report: EpochReport) => void;
  /** Told when an unfinished run is gone on with. */
  readonly onResume?: (epochsDone: number) => void;
  /** Who asked for it, and in which job; nobody in particular from the command line. */
  readonly startedBy?: RunStarter;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What came of it. */
export interface TrainReport {
  readonly run: string;
  readonly target: Target;
  readonly classes: readonly string[];
  readonly radiographs: number;
  readonly patients: number;
  /** Whom the networks were kept from. */
  readonly heldOutPatients: number;
  /** Crops of marked lesions that were learned from besides. */
  readonly lesions: number;
  readonly networks: number;
  /** Of each network. */
  readonly epochs: number;
  /** Of the last network in its last epoch. */
  readonly loss: number;
  readonly accuracy: number;
}

/** The system's name in the table of runs. */
export const trainSystem = "precedents/train";

/** Of the patients; of the others something is to be learned. */
export const mostHeldOut = 0.5;

/** Of each network; one is three times the network and takes a second. */
const checkpoints = 10;

/**
 * @throws OsteonError `bad-input` when fewer than two labels are in the archive, `interrupted` when the signal stops it
 */
export const trainPrecedents = async (home: Home, options: TrainOptions): Promise<TrainReport> => {
  const images = await listImages(home.database);
  const target = options.target ?? defaultTarget(images);
  const labelled = images.filter((image) => image[target] !== null);
  const { settings, seed, holdOut = 0, startedBy, now } = options;
  const heldOutPatients = holdOutPatients(labelled, { target, share: holdOut, seed });
  const heldOut = new Set(heldOutPatients);
  const learned = labelled.filter(({ patient }) => !heldOut.has(patient));
  const lessons = await lessonsOf(home, learned, settings);
  const epochs = options.epochs ?? epochsFor(settings.duration, lessons.images.length);
  const plan: TrainPlan = {
    target,
    classes: classesOf(learned, target),
    epochs,
    seed,
    settings,
    ...beginningOf(options),
    holdOut,
    heldOutPatients,
  };
  const fingerprint = hashContent(
    JSON.stringify([plan, codeVersion, learned.map((image) => [image.id, image[target]]), lessons.lesions]),
  );
  const { run } = await continueOrCreateRun(home.database, {
    system: trainSystem,
    settings: plan,
    fingerprint,
    startedBy,
  });

  return underWatch(home, { run: run.id, now }, async () => {
    const card = cardFor(run.id, learned, plan);
    const { members, history } = await fitMembers(card, lessons.images, {
      ...options,
      pictures: await loadLessons(home, lessons, settings),
      memory: memoryOf(home, run.id),
      course: courseOf(home, run.id),
    });
    const model = { card, members };
    await home.files.writeArtefact(run.id, modelName, encodePrecedentsModel(model));
    for (const [i, imageSize] of settings.imageSizes.entries()) {
      await home.files.writeArtefact(run.id, `model-${imageSize}.onnx`, deployable(model, i));
    }
    const { radiographs, patients, classes } = card;
    const { loss, accuracy } = history.at(-1)!;
    const learnedFrom = {
      radiographs,
      patients,
      heldOutPatients: heldOutPatients.length,
      lesions: lessons.lesions.length,
    };
    await finishRun(home.database, run.id, { metrics: { loss, accuracy, history, ...learnedFrom }, at: now() });
    await forgetCheckpoints(home, run.id, members.length);
    return { run: run.id, target, classes, ...learnedFrom, networks: members.length, epochs, loss, accuracy };
  });
};

/** What a training run is to do, as it is written down. */
interface TrainPlan extends Omit<ModelCard, "format" | "modelId" | "radiographs" | "patients" | "codeVersion"> {
  readonly holdOut: number;
  readonly heldOutPatients: readonly PatientId[];
}

/** What is written down of the weights that networks begin with. */
export const beginningOf = ({ begin }: Pick<TrainOptions, "begin">): Pick<ModelCard, "begunWith"> =>
  begin ? { begunWith: { name: begin.name, fingerprint: hashContent(begin.bytes) } } : {};

/** Patients of every label in their proportion; whoever may be one person stays together. */
const holdOutPatients = (
  images: readonly StoredImage[],
  { target, share, seed }: { readonly target: Target; readonly share: number; readonly seed: number },
): readonly PatientId[] => {
  if (share === 0) return [];
  if (!(share > 0 && share <= mostHeldOut)) {
    throw new OsteonError(
      "bad-usage",
      `The share of patients held out must be between 0 and ${mostHeldOut}, not ${share}.`,
    );
  }
  const items = images.map((image) => ({ patient: image.patient, label: image[target]! }));
  const parts = { learned: 1 - share, heldOut: share };
  return makeSplit(subjectsByLabel(items), { parts, seed, links: duplicateLinks(images) }).parts.heldOut!;
};

/** The patients whom the network of a training run was kept from; nobody where it learned from all. */
export const heldOutOf = async ({ database }: Pick<Home, "database">, run: string): Promise<ReadonlySet<PatientId>> => {
  const { heldOutPatients = [] } = (await getRun(database, run)).settings as Pick<TrainPlan, "heldOutPatients">;
  return new Set(heldOutPatients);
};

/**
 * The card of networks that learn `target` from some radiographs. It goes wherever the networks go: field by field, because plans name
 * patients.
 */
export const cardFor = (
  modelId: string,
  learned: readonly StoredImage[],
  { target, classes, settings, epochs, seed, begunWith }: Omit<TrainPlan, "holdOut" | "heldOutPatients">,
): ModelCard => ({
  format: "osteon-precedents-model-1",
  modelId,
  target,
  classes,
  settings,
  epochs,
  seed,
  ...(begunWith ? { begunWith } : {}),
  radiographs: learned.length,
  patients: new Set(learned.map(({ patient }) => patient)).size,
  codeVersion,
});

/** The hooks of {@link fitMembers}. */
interface FitOptions extends Pick<TrainOptions, "begin" | "signal" | "onEpoch" | "onResume" | "now"> {
  readonly pictures: GreyDataset;
  readonly memory: TrainingMemory;
  /** Where it is written down how the training goes; epochs are counted over all networks, here and in the hooks. */
  readonly course: TrainingCourse;
  /** Radiographs that are not learned from, on which the networks are tried after each epoch. */
  readonly held?: { readonly pictures: GreyDataset; readonly images: readonly StoredImage[] };
}

/** Trains the networks of a card one after another. */
export const fitMembers = async (
  card: ModelCard,
  labelled: readonly StoredImage[],
  { pictures, held, begin, ...options }: FitOptions,
): Promise<{ members: StateDict[]; history: EpochReport[] }> => {
  const { settings, epochs, seed, classes, target } = card;
  const labelsOf = (images: readonly StoredImage[]): number[] => images.map((image) => classes.indexOf(image[target]!));
  const network = networkOf(settings.architecture, classes.length);
  const learned = { pictures, labels: labelsOf(labelled), classes: classes.length };
  const validation = held && { pictures: held.pictures, labels: labelsOf(held.images), classes: classes.length };
  const members: StateDict[] = [];
  const history: EpochReport[] = [];
  const networks = settings.imageSizes.length;
  for (const [member, imageSize] of settings.imageSizes.entries()) {
    const given = { network: settings.architecture, numClasses: classes.length, imageSize, seed: seed + member };
    const trained = await fitNetwork(
      network,
      {
        ...learned,
        settings: { ...settings.training, imageSize, epochs, seed: seed + member },
        ...(begin ? { initial: givenWeights(begin.bytes, given) } : {}),
        validation,
      },
      { ...options, network: member, networks, checkpoints },
    );
    members.push(trained.state);
    history.push(...trained.history.map((report) => overallReport(report, { network: member, networks })));
    if (options.signal?.aborted && member + 1 < networks) {
      throw new OsteonError(
        "interrupted",
        `Training was interrupted after epoch ${(member + 1) * epochs}; start it again to go on.`,
      );
    }
  }
  return { members, history };
};

/** The labels of a target, in alphabetical order. */
export const classesOf = (images: readonly StoredImage[], target: Target): readonly string[] => {
  const classes = [...new Set(images.flatMap((image) => image[target] ?? []))].sort();
  if (classes.length >= 2) return classes;
  const found = classes.length === 1 ? "only one" : "none";
  throw new OsteonError(
    "bad-input",
    `Training needs radiographs of at least two different values of "${target}", and the home has ${found}; import some with --labels.`,
  );
};

/** The first target with at least two values. */
export const defaultTarget = (images: readonly StoredImage[]): Target =>
  targets.find((target) => new Set(images.flatMap((image) => image[target] ?? [])).size >= 2) ?? "entity";

/** One network for one picture at a time, as other programs run it: `x` [1, 1, S, S], standardised; features and logits. */
const deployable = ({ card, members }: PrecedentsModel, member: number): Uint8Array => {
  const { architecture, imageSizes } = card.settings;
  const imageSize = imageSizes[member]!;
  return exportOnnx(networkOf(architecture, card.classes.length), {
    inputShape: [1, 1, imageSize, imageSize],
    state: members[member]!,
    metadata: { osteon: JSON.stringify(card) },
  });
};
