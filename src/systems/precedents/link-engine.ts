/**
 * The model and the index that links are made by, loaded and ready: pictures to features, features to past patients and their
 * vote. Knows the home's files and no database, so that threads can hold one; what the archive knows now is handed in.
 */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { readPrecedentIndex } from "../../retrieval/index-file.ts";
import { exactNeighbours, type Neighbour, rerankedNeighbours } from "../../retrieval/neighbours.ts";
import { type IndexQuery, type PrecedentEntry, type PrecedentIndex, queryOf } from "../../retrieval/precedent-index.ts";
import { openSharedIndex, type SharedIndex } from "../../retrieval/shared-index.ts";
import { pluralityVote, type Vote } from "../../retrieval/vote.ts";
import type { HomeFiles } from "../../store/files.ts";
import {
  familiarityName,
  indexName,
  lesionBoxesName,
  lesionIndexName,
  lesionPastLinksName,
  modelName,
  pastLinksName,
} from "./artefacts.ts";
import {
  type ArchiveFact,
  type AskedPositions,
  askedPositions,
  countBesides,
  isFiltered,
  latestOf,
  type NeighbourFilters,
  noFilters,
  positionsByPatient,
} from "./asked-positions.ts";
import { Embedder } from "./embedder.ts";
import {
  type Appearance,
  decodeFamiliarity,
  type Familiarity,
  type UnknownReason,
  unfamiliarity,
} from "./familiarity.ts";
import { cropLesion, type LesionBox } from "./lesion-crop.ts";
import type { LinkRuns } from "./link-runs.ts";
import { decodePrecedentsModel, type ModelCard, type PrecedentsModel } from "./model.ts";
import {
  type Certainty,
  decodePastLinks,
  keptVoters,
  type PastBasis,
  type PastLinks,
  PastRecord,
  pastLinkOf,
} from "./past-links.ts";
import type { CoverageWish, PredictionSet } from "./prediction-set.ts";
import { anyReference, type LeftOut, type ReferenceRule } from "./references.ts";
import { SimilarityMaps } from "./similarity-maps.ts";

/** The arrays of a home's indexes, which threads share. */
export interface SharedIndexes {
  readonly whole: SharedIndex;
  readonly lesions: SharedIndex | null;
}

/** What one search is told. */
export interface SearchOptions {
  readonly k: number;
  /** Ranks the features of the whole archive instead of a shortlist that the codes make. */
  readonly exact?: boolean;
  /** Whoever the query may be of. */
  readonly excludePatients: ReadonlySet<PatientId>;
  readonly filters?: NeighbourFilters;
  /** Who counts as a past patient; everybody by default. */
  readonly references?: ReferenceRule;
  /** What the set of diagnoses promises; 90 % of all patients by default. */
  readonly wish?: CoverageWish;
}

/** Another radiograph of a neighbour, with how near it is. */
export type OtherRadiograph = Pick<Neighbour, "image" | "distance" | "cosineDistance">;

/** A neighbour, and how usual such a distance is. */
export interface FoundNeighbour extends Neighbour {
  /** Share of past links whose nearest was farther; null where too few tell. */
  readonly closerThan: number | null;
  /** The patient's other radiographs that could be compared, the nearest first. */
  readonly others: readonly OtherRadiograph[];
  /** What was compared of it, in pixels of its radiograph; null for the whole. */
  readonly box: LesionBox | null;
}

/** What a search found. */
export interface Found {
  readonly compared: "whole image" | "lesion";
  readonly neighbours: readonly FoundNeighbour[];
  readonly vote: Vote | null;
  readonly certainty: Certainty | null;
  /** The diagnoses that cannot be ruled out, among all patients whatever the filters and the references; else why it is not told. */
  readonly prediction: PredictionSet | null;
  readonly predictionProblem: UnknownReason | null;
  /** Why even the nearest is no close precedent; null where it is one or nobody can tell. */
  readonly far: UnknownReason | null;
  /** What past links are counted; null where there are none. */
  readonly past: { readonly basis: PastBasis; readonly patients: number } | null;
  /** Patients that match the filters, are references and are not the query's own. */
  readonly matching: number;
  /** Patients that match the filters and are no references, by the reason. */
  readonly leftOut: Readonly<Record<LeftOut, number>>;
}

/** An index with what belongs to it. */
interface Side {
  readonly shared: SharedIndex;
  readonly past: PastRecord;
  readonly positions: ReadonlyMap<ImageId, number>;
  /** With the entries as they are known now. */
  index: PrecedentIndex;
  /** Positions by patient, of {@link index}. */
  byPatient: ReadonlyMap<PatientId, readonly number[]>;
  /** The day since which all of {@link index} is known: after it nobody is later. */
  knownSince: string;
  /** What was asked of {@link index} last, by its filters and its rule. */
  readonly asked: Map<string, AskedPositions>;
}

/** One network's threads, and indexes that another thread has read already. */
export interface EngineOptions {
  readonly threads?: number;
  readonly shared?: SharedIndexes;
}

const usualWish: CoverageWish = { coverage: 0.9, byLabel: false };
/** Questions whose positions are remembered. */
const mostAsked = 16;

export class LinkEngine {
  readonly card: ModelCard;
  /** For other threads. */
  readonly shared: SharedIndexes;
  readonly #model: PrecedentsModel;
  readonly #embedder: Embedder;
  readonly #familiarity: Familiarity;
  readonly #whole: Side;
  readonly #lesions: Side | null;
  readonly #lesionBoxes: ReadonlyMap<ImageId, LesionBox>;
  readonly #threads: number | undefined;
  #facts: ReadonlyMap<ImageId, ArchiveFact> = new Map();
  #maps: Promise<SimilarityMaps> | undefined;

  private constructor(parts: {
    model: PrecedentsModel;
    embedder: Embedder;
    familiarity: Familiarity;
    whole: Side;
    lesions: Side | null;
    lesionBoxes: ReadonlyMap<ImageId, LesionBox>;
    threads: number | undefined;
  }) {
    this.card = parts.model.card;
    this.#model = parts.model;
    this.#embedder = parts.embedder;
    this.#familiarity = parts.familiarity;
    this.#whole = parts.whole;
    this.#lesions = parts.lesions;
    this.#lesionBoxes = parts.lesionBoxes;
    this.#threads = parts.threads;
    this.shared = { whole: parts.whole.shared, lesions: parts.lesions?.shared ?? null };
  }

  /** @throws OsteonError `corrupt-store` when an artefact is missing or damaged, `bad-input` when they do not belong together */
  static async open(files: HomeFiles, runs: LinkRuns, { threads, shared }: EngineOptions = {}): Promise<LinkEngine> {
    const model = decodePrecedentsModel(await files.readArtefact(runs.model, modelName));
    const textOf = async (run: string, name: string): Promise<string> =>
      new TextDecoder().decode(await files.readArtefact(run, name));
    const indexOf = (name: string): Promise<SharedIndex> =>
      files.readThroughArtefact(runs.index, name, (file) => readPrecedentIndex(file, { modelId: model.card.modelId }));
    const pastOf = async (run: string, name: string): Promise<PastLinks | null> =>
      (await files.hasArtefact(run, name)) ? decodePastLinks(await textOf(run, name)) : null;
    const evaluated = runs.evaluation === null ? null : await pastOf(runs.evaluation, pastLinksName);
    const own = await pastOf(runs.index, pastLinksName);
    const hasLesions = shared ? shared.lesions !== null : await files.hasArtefact(runs.index, lesionIndexName);
    return new LinkEngine({
      model,
      embedder: await Embedder.create(model, threads === undefined ? {} : { threads }),
      familiarity: decodeFamiliarity(await textOf(runs.index, familiarityName)),
      whole: sideOf(shared?.whole ?? (await indexOf(indexName)), own?.basis === "held-out" ? own : (evaluated ?? own)),
      lesions: hasLesions
        ? sideOf(shared?.lesions ?? (await indexOf(lesionIndexName)), await pastOf(runs.index, lesionPastLinksName))
        : null,
      lesionBoxes: new Map(
        hasLesions ? (JSON.parse(await textOf(runs.index, lesionBoxesName)) as [ImageId, LesionBox][]) : [],
      ),
      threads,
    });
  }

  /** How many radiographs and patients the index has. */
  get size(): { readonly radiographs: number; readonly patients: number } {
    const { entries } = this.#whole.index;
    return { radiographs: entries.length, patients: new Set(entries.map(({ patient }) => patient)).size };
  }

  /** The radiographs of the index. */
  get images(): readonly ImageId[] {
    return this.#whole.shared.entries.map(({ image }) => image);
  }

  /** From now on radiographs are whose and what these facts say; one without a fact stays as it was indexed. */
  know(facts: readonly ArchiveFact[]): void {
    this.#facts = new Map(facts.map((fact) => [fact.image, fact]));
    for (const side of [this.#whole, this.#lesions]) {
      if (!side) continue;
      const entries = side.shared.entries.map((entry): PrecedentEntry => this.#facts.get(entry.image) ?? entry);
      side.index = { ...side.index, entries };
      side.byPatient = positionsByPatient(entries);
      side.knownSince = latestOf(side.shared.entries.flatMap(({ image }) => this.#facts.get(image) ?? []));
      side.asked.clear();
    }
  }

  /** The features of a small picture, or of the lesion on it. */
  embed(
    picture: GreyImage,
    lesion?: { readonly box: LesionBox; readonly radiograph: { readonly width: number; readonly height: number } },
  ): Promise<Float32Array> {
    return this.#embedder.embed(lesion ? cropLesion(picture, lesion.box, lesion.radiograph) : picture);
  }

  /** Why a picture is unlike the archive; null where it is not. */
  unfamiliarity(appearance: Appearance): UnknownReason | null {
    return unfamiliarity(this.#familiarity, appearance);
  }

  /**
   * How many patients with marked lesions a search could find; null where lesions were never indexed.
   */
  lesionPatients(options: AskedOf): number | null {
    return this.#lesions && countBesides(this.#positions(this.#lesions, options).patients, options.excludePatients);
  }

  /** Finds the nearest past patients of some features, of the whole image or of the lesion. */
  search(features: Float32Array, compared: Found["compared"], options: SearchOptions): Found {
    const side = compared === "lesion" ? this.#lesions! : this.#whole;
    const { k, exact = false, excludePatients, filters = noFilters, wish = usualWish } = options;
    const { candidates, patients, leftOut } = this.#positions(side, options);
    const query = queryOf(side.index, features);
    const nearest = (exact ? exactNeighbours : rerankedNeighbours)(side.index, query, {
      k,
      excludePatients,
      ...(candidates ? { candidates } : {}),
    });
    const { past } = side;
    const prediction = this.#prediction(side, query, { excludePatients, wish });
    return {
      compared,
      neighbours: nearest.map((neighbour) => ({
        ...neighbour,
        closerThan: past.closerThan(neighbour.cosineDistance),
        others: othersOf(side, query, neighbour),
        box: compared === "lesion" ? (this.#lesionBoxes.get(neighbour.image) ?? null) : null,
      })),
      vote: pluralityVote(nearest),
      // Past votes were of all patients: of a chosen few they say nothing.
      certainty: isFiltered(filters)
        ? null
        : past.certaintyOf(
            nearest.map(({ label }) => label),
            k,
          ),
      ...prediction,
      past: past.patients > 0 ? { basis: past.basis, patients: past.patients } : null,
      matching: countBesides(patients, excludePatients),
      leftOut: {
        open: countBesides(leftOut.open, excludePatients),
        later: countBesides(leftOut.later, excludePatients),
      },
    };
  }

  /** What was compared of a neighbour: its features less the mean, scaled to length 1, as the index has them. */
  directionOf(compared: Found["compared"], image: ImageId): Float32Array | null {
    const side = compared === "lesion" ? this.#lesions : this.#whole;
    const position = side?.positions.get(image);
    if (!side || position === undefined) return null;
    const { values, columns } = side.shared.directions;
    return values.subarray(position * columns, (position + 1) * columns);
  }

  /** The box that was compared of a neighbour's lesion. */
  lesionBoxOf(image: ImageId): LesionBox | null {
    return this.#lesionBoxes.get(image) ?? null;
  }

  /** The direction of features in the terms of an index. */
  directionFor(compared: Found["compared"], features: Float32Array): Float32Array {
    return queryOf((compared === "lesion" ? this.#lesions! : this.#whole).index, features).direction;
  }

  /** Where two pictures are alike; its networks are made ready with the first question. */
  maps(): Promise<SimilarityMaps> {
    this.#maps ??= SimilarityMaps.create(this.#model, this.#threads === undefined ? {} : { threads: this.#threads });
    return this.#maps;
  }

  /** The mean that is taken off the features. */
  meanOf(compared: Found["compared"]): Float32Array {
    return (compared === "lesion" ? this.#lesions! : this.#whole).shared.hashing.mean;
  }

  async release(): Promise<void> {
    await this.#embedder.release();
    await (await this.#maps)?.release();
  }

  /**
   * Which diagnoses cannot be ruled out, and whether anybody is near. Asked are those who were asked of past patients: everybody
   * but whom the network was kept from.
   */
  #prediction(
    side: Side,
    query: IndexQuery,
    { excludePatients, wish }: { readonly excludePatients: ReadonlySet<PatientId>; readonly wish: CoverageWish },
  ): Pick<Found, "prediction" | "predictionProblem" | "far"> {
    const { past } = side;
    const none = (predictionProblem: UnknownReason) => ({ prediction: null, predictionProblem, far: null });
    if (past.sets === null) return none(noHeldOut);
    const usual = rerankedNeighbours(side.index, query, {
      k: keptVoters,
      excludePatients: excludePatients.union(past.heldOut),
    });
    const far = usual.length > 0 && past.isFar(pastLinkOf(null, usual).nearest) ? nobodyNear : null;
    const isKnown = [...excludePatients].some((patient) => side.byPatient.has(patient));
    const problem = isKnown ? ownPatientKnown : past.sets.problem(wish);
    if (problem) return { ...none(problem), far };
    return {
      prediction: past.sets.of(
        usual.map(({ label }) => label),
        wish,
      ),
      predictionProblem: null,
      far,
    };
  }

  /** The positions that match the filters and are references. */
  #positions(
    side: Side,
    { filters = noFilters, references: { before, final } = anyReference }: AskedOf,
  ): AskedPositions {
    const references = { before: before !== null && before > side.knownSince ? null : before, final };
    const key = JSON.stringify([filters, references]);
    const known = side.asked.get(key);
    if (known) return known;
    const isEverybody = !isFiltered(filters) && references.before === null && !references.final;
    const asked = isEverybody
      ? {
          candidates: undefined,
          patients: new Set(side.byPatient.keys()),
          leftOut: { open: noPatients, later: noPatients },
        }
      : askedPositions(side.index.entries, this.#facts, { filters, references });
    side.asked.set(key, asked);
    if (side.asked.size > mostAsked) side.asked.delete(side.asked.keys().next().value!);
    return asked;
  }
}

type AskedOf = Pick<SearchOptions, "excludePatients" | "filters" | "references">;

const noPatients: ReadonlySet<PatientId> = new Set();

const noHeldOut: UnknownReason = {
  code: "no-held-out",
  detail:
    "Which diagnoses cannot be ruled out is told only by patients from whom the network had not learned: train with some held out, or evaluate.",
};
const ownPatientKnown: UnknownReason = {
  code: "own-patient-known",
  detail: "The patient is in the archive already: what is promised is promised of new patients.",
};
const nobodyNear: UnknownReason = {
  code: "nobody-near",
  detail: "The nearest past patient is farther than that of 49 in 50 past patients.",
};

/** The other radiographs of a neighbour's patient, measured like the one that was found. */
const othersOf = (side: Side, query: IndexQuery, { image, patient }: Neighbour): OtherRadiograph[] => {
  const positions = (side.byPatient.get(patient) ?? []).filter((i) => side.index.entries[i]!.image !== image);
  if (positions.length === 0) return [];
  return exactNeighbours(side.index, query, {
    k: positions.length,
    excludePatients: noPatients,
    unit: "image",
    candidates: Uint32Array.from(positions),
  }).map(({ image: theirs, distance, cosineDistance }) => ({ image: theirs, distance, cosineDistance }));
};

const sideOf = (shared: SharedIndex, past: PastLinks | null): Side => ({
  shared,
  index: openSharedIndex(shared),
  past: new PastRecord(past ?? { basis: "learned", references: new Map(), heldOut: [], links: [] }),
  positions: new Map(shared.entries.map(({ image }, i) => [image, i])),
  byPatient: positionsByPatient(shared.entries),
  knownSince: "",
  asked: new Map(),
});
