/** Pretrains a network by cluster numbers: no radiograph has a label, and each has a cluster. A run that was broken off is gone on with. */

import type { PatientId } from "../../clinic/ids.ts";
import { makeSplit } from "../../clinic/splits/make-split.ts";
import type { StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { meanByPatient } from "../../evidence/mean-by-patient.ts";
import type { EpochReport } from "../../learning/checkpoint.ts";
import { ClassifierValidation } from "../../learning/classifier-validation.ts";
import type { GreyDataset } from "../../learning/grey-dataset.ts";
import type { LabelledPictures, TrainedClassifier } from "../../learning/train-classifier.ts";
import { loadStateDict } from "../../nn/load-state-dict.ts";
import { initialState, stateSpecs } from "../../nn/network.ts";
import { Random } from "../../numeric/random.ts";
import {
  continueOrCreateRun,
  findClustering,
  finishRun,
  type Home,
  hashContent,
  listImages,
  type RunStarter,
  readClusters,
  type StoredImage,
} from "../../store/index.ts";
import { type DeepClusterModel, readDeepCluster } from "../atlas/index.ts";
import {
  codeVersion,
  courseOf,
  fitNetwork,
  forgetCheckpoints,
  givenWeights,
  loadPictures,
  memoryOf,
  type NamedNetwork,
  namedNetwork,
  readyToTrain,
  underWatch,
  type WeightsFile,
} from "../training/index.ts";
import { epochsFor, type TransferSettings } from "./config.ts";
import { modelCardName, writeModelCard } from "./model-card.ts";
import { type Beginning, encodePretrained, type PretrainedCard, pretrainedName } from "./pretrained-file.ts";
import { encodeSeen, seenName } from "./seen-radiographs.ts";

/** What a pretraining is told. */
export interface PretrainOptions {
  readonly settings: TransferSettings;
  readonly seed: number;
  /** The run whose clusters are learned; the newest where none is named. */
  readonly clustering?: string | undefined;
  /** What it begins with instead of the clustering's own network. */
  readonly begin?: WeightsFile | "nothing" | undefined;
  /** Instead of what the settings say. */
  readonly epochs?: number | undefined;
  /** Patients who are kept for the task that the weights are for: nothing is learned from them. */
  readonly leaveOut?: ReadonlySet<PatientId> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEpoch?: (report: EpochReport) => void;
  /** Told when an unfinished run is gone on with. */
  readonly onResume?: (epochsDone: number) => void;
  /** Who asked for it, and in which job; nobody in particular from the command line. */
  readonly startedBy?: RunStarter | undefined;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What came of it. */
export interface PretrainReport {
  readonly run: string;
  readonly clustering: string;
  readonly network: TransferSettings["network"];
  readonly beginning: Beginning;
  readonly clusters: number;
  readonly epochs: number;
  /** Learned from. */
  readonly radiographs: number;
  readonly patients: number;
  readonly leftOut: number;
  readonly figures: readonly {
    readonly name: "test accuracy" | "validation accuracy";
    readonly value: number;
    readonly interval: PretrainedCard["test"]["interval"];
  }[];
  readonly seconds: number;
}

/** The system's name in the table of runs. */
export const pretrainSystem = "transfer/pretrain";

/** Fewer patients leave a part of the split empty. */
const fewestPatients = 10;

/**
 * @throws OsteonError `not-found` where nothing is clustered, `bad-input` for fewer than ten patients, `shape-mismatch` for weights of
 *   another network, `interrupted` when the signal stops it
 */
export const pretrainNetwork = async (home: Home, options: PretrainOptions): Promise<PretrainReport> => {
  const { settings, seed, startedBy, now, leaveOut = new Set() } = options;
  const clustering = await findClustering(home.database, options.clustering);
  const clusters = await readClusters(home.database, clustering.id);
  const clusterOf = new Map(clusters.flatMap(({ members }, at) => members.map(({ image }) => [image, at] as const)));
  const clustered = (await listImages(home.database)).filter(({ id }) => clusterOf.has(id));
  const images = clustered.filter(({ patient }) => !leaveOut.has(patient));
  const parts = splitByPatient(images, seed);
  const named = namedNetwork(settings.network, clusters.length);
  const own = images.length === clustered.length ? await readDeepCluster(home, clustering.id) : undefined;
  const begun = await begin(own, named, { ...options, numClasses: clusters.length });
  const epochs = options.epochs ?? epochsFor(settings.pretraining.duration, parts.train.length);
  const plan = { clustering: clustering.id, beginning: begun.beginning, epochs, seed, settings };
  const read = [
    plan,
    codeVersion,
    begun.fingerprint,
    images.map(({ id, patient }) => [id, patient, clusterOf.get(id)]),
  ];
  const { run } = await continueOrCreateRun(home.database, {
    system: pretrainSystem,
    settings: plan,
    fingerprint: hashContent(JSON.stringify(read)),
    startedBy,
  });

  return underWatch(home, { run: run.id, now }, async () => {
    const load = async (part: readonly StoredImage[]): Promise<LabelledPictures> => ({
      pictures: await loadPictures(home, part, settings.sourceSize),
      labels: part.map(({ id }) => clusterOf.get(id)!),
      classes: clusters.length,
    });
    const trials = { validation: await load(parts.validation), test: await load(parts.test) };
    const learned = await load(parts.train);
    const initial = await begun.calibrate(learned.pictures);
    const started = now();
    const trained = await learnClusters(home, run.id, {
      options,
      named,
      epochs,
      initial,
      learned,
      validation: trials.validation,
    });
    const patients = new Set(parts.train.map(({ patient }) => patient)).size;
    const accuracyOn = (name: keyof typeof trials) =>
      clusterAccuracy(named, { state: trained.state, data: trials[name], images: parts[name], settings, seed });
    const card: PretrainedCard = {
      format: "osteon-pretrained-1",
      run: run.id,
      clustering: clustering.id,
      network: settings.network,
      imageSize: settings.imageSize,
      clusters: clusters.length,
      beginning: begun.beginning,
      epochs,
      seed,
      settings,
      radiographs: parts.train.length,
      patients,
      validation: await accuracyOn("validation"),
      test: await accuracyOn("test"),
      seconds: (now().getTime() - started.getTime()) / 1e3,
      codeVersion,
    };
    const { files } = home;
    await files.writeArtefact(run.id, pretrainedName, encodePretrained({ card, state: trained.state }));
    await files.writeArtefact(run.id, modelCardName, writeModelCard(card));
    const known = [...parts.train, ...parts.validation, ...(begun.beginning.from === "clustering" ? clustered : [])];
    await files.writeArtefact(run.id, seenName, encodeSeen({ learned: known, clustered }));
    const report: PretrainReport = {
      run: run.id,
      clustering: clustering.id,
      network: settings.network,
      beginning: begun.beginning,
      clusters: clusters.length,
      epochs,
      radiographs: parts.train.length,
      patients,
      leftOut: clustered.length - images.length,
      figures: [
        { name: "test accuracy", ...card.test },
        { name: "validation accuracy", ...card.validation },
      ],
      seconds: card.seconds,
    };
    await finishRun(home.database, run.id, { metrics: report, at: now() });
    await forgetCheckpoints(home, run.id, 1);
    return report;
  });
};

type Part = "train" | "validation" | "test";

/** 80, 10 and 10 per cent of the patients, as published. */
const splitByPatient = (images: readonly StoredImage[], seed: number): Readonly<Record<Part, StoredImage[]>> => {
  const patients = new Set(images.map(({ patient }) => patient));
  if (patients.size < fewestPatients) {
    const sentence = `Pretraining needs clustered radiographs of at least ${fewestPatients} patients to learn from; there are ${patients.size}.`;
    throw new OsteonError("bad-input", sentence, { patients: patients.size });
  }
  const { parts } = makeSplit(
    [...patients].map((patient) => ({ patient, stratum: "" })),
    { parts: { train: 0.8, validation: 0.1, test: 0.1 }, seed },
  );
  const of = (part: Part): StoredImage[] => {
    const own = new Set(parts[part]);
    return images.filter(({ patient }) => own.has(patient));
  };
  return { train: of("train"), validation: of("validation"), test: of("test") };
};

interface Begun {
  readonly beginning: Beginning;
  /** The state, ready to be trained on some pictures. */
  readonly calibrate: (pictures: GreyDataset) => Promise<StateDict>;
  /** Of what it begins with. */
  readonly fingerprint: string;
}

/** Given weights; else the network that made the clusters, where it is one of the same kind and has seen nobody who is left out. */
const begin = async (
  own: DeepClusterModel | undefined,
  { network, topLayer }: NamedNetwork,
  { settings, begin: told, seed, numClasses }: PretrainOptions & { readonly numClasses: number },
): Promise<Begun> => {
  const { imageSize, network: name } = settings;
  const specs = stateSpecs(network, [1, 1, imageSize, imageSize]);
  if (told !== undefined && told !== "nothing") {
    const given = { network: name, numClasses, imageSize };
    const state = givenWeights(told.bytes, { ...given, seed });
    return {
      beginning: { from: "weights", file: told.name },
      calibrate: (pictures) => readyToTrain(told.bytes, state, { ...given, pictures }),
      fingerprint: hashContent(told.bytes),
    };
  }
  if (told === undefined && own?.card.network === name && !own.card.sobel) {
    const state = loadStateDict(specs, own.state, { newParts: [`${topLayer}.`], seed });
    return { beginning: { from: "clustering" }, calibrate: async () => state, fingerprint: own.card.run };
  }
  return { beginning: { from: "nothing" }, calibrate: async () => initialState(specs, seed), fingerprint: "" };
};

interface Lesson {
  readonly options: PretrainOptions;
  readonly named: NamedNetwork;
  readonly epochs: number;
  readonly initial: StateDict;
  readonly learned: LabelledPictures;
  readonly validation: LabelledPictures;
}

const learnClusters = (
  home: Home,
  run: string,
  { options, named: { network }, epochs, initial, learned, validation }: Lesson,
): Promise<TrainedClassifier> => {
  const { settings, seed, signal, onEpoch, onResume, now } = options;
  const { imageSize } = settings;
  return fitNetwork(
    network,
    { ...learned, settings: { ...settings.pretraining.training, imageSize, epochs, seed }, initial, validation },
    {
      network: 0,
      networks: 1,
      checkpoints: 10,
      memory: memoryOf(home, run),
      course: courseOf(home, run),
      signal,
      ...(onEpoch ? { onEpoch } : {}),
      ...(onResume ? { onResume } : {}),
      now,
    },
  );
};

const clusterAccuracy = async (
  { network }: NamedNetwork,
  {
    state,
    data,
    images,
    settings: { imageSize },
    seed,
  }: {
    readonly state: StateDict;
    readonly data: LabelledPictures;
    readonly images: readonly StoredImage[];
    readonly settings: TransferSettings;
    readonly seed: number;
  },
): Promise<PretrainedCard["test"]> => {
  const trial = await ClassifierValidation.create(network, { ...data, imageSize });
  try {
    const said = await trial.logits(state);
    const hits = said.map((logits, i) => Number(logits.indexOf(Math.max(...logits)) === data.labels[i]));
    const patients = images.map(({ patient }) => patient);
    return meanByPatient(patients, hits, new Random(seed, "bootstrap"));
  } finally {
    await trial.release();
  }
};
