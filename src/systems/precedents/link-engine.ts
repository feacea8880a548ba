/**
 * The model and the index that links are made by, loaded and ready: pictures to features, features to past patients and their
 * vote. Knows the home's files and no database, so that threads can hold one; what the archive knows now is handed in.
 */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { decodePrecedentIndex } from "../../retrieval/index-file.ts";
import { exactNeighbours, hashNeighbours, type Neighbour } from "../../retrieval/neighbours.ts";
import { type PrecedentEntry, type PrecedentIndex, queryOf } from "../../retrieval/precedent-index.ts";
import { openSharedIndex, type SharedIndex, shareIndex } from "../../retrieval/shared-index.ts";
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
import { type Certainty, decodePastLinks, type PastLinks, PastRecord } from "./past-links.ts";
import { SimilarityMaps } from "./similarity-maps.ts";

/** What the archive knows now of a radiograph, as far as links ask. */
export interface ArchiveFact {
  readonly image: ImageId;
  readonly patient: PatientId;
  /** Of the model's target. */
  readonly label: string | null;
  readonly ageYears: number | null;
  readonly sex: string | null;
  readonly site: string | null;
}

/** Which past patients are asked; null asks all. */
export interface NeighbourFilters {
  readonly ageYears: readonly [from: number, to: number] | null;
  readonly sex: string | null;
  readonly site: string | null;
}

/** The arrays of a home's indexes, which threads share. */
export interface SharedIndexes {
  readonly whole: SharedIndex;
  readonly lesions: SharedIndex | null;
}

/** What one search is told. */
export interface SearchOptions {
  readonly k: number;
  /** Ranks by exact cosine distance instead of hash codes. */
  readonly exact?: boolean;
  /** Whoever the query may be of. */
  readonly excludePatients: ReadonlySet<PatientId>;
  readonly filters?: NeighbourFilters;
}

/** A neighbour, and how usual such a distance is. */
export interface FoundNeighbour extends Neighbour {
  /** Share of past links whose nearest was farther; null where too few tell. */
  readonly closerThan: number | null;
  /** What was compared of it, in pixels of its radiograph; null for the whole. */
  readonly box: LesionBox | null;
}

/** What a search found. */
export interface Found {
  readonly compared: "whole image" | "lesion";
  readonly neighbours: readonly FoundNeighbour[];
  readonly vote: Vote | null;
  readonly certainty: Certainty | null;
  /** What past links are counted; null where there are none. */
  readonly past: { readonly basis: PastLinks["basis"]; readonly patients: number } | null;
  /** Patients that match the filters and are not the query's own. */
  readonly matching: number;
}

/** An index with what belongs to it. */
interface Side {
  readonly shared: SharedIndex;
  readonly past: PastRecord;
  readonly positions: ReadonlyMap<ImageId, number>;
  /** With the entries as they are known now. */
  index: PrecedentIndex;
}

/** One network's threads, and indexes that another thread has read already. */
export interface EngineOptions {
  readonly threads?: number;
  readonly shared?: SharedIndexes;
}

const noFilters: NeighbourFilters = { ageYears: null, sex: null, site: null };

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
    const indexOf = async (name: string): Promise<SharedIndex> =>
      shareIndex(decodePrecedentIndex(await files.readArtefact(runs.index, name), { modelId: model.card.modelId }));
    const pastOf = async (run: string, name: string): Promise<PastLinks | null> =>
      (await files.hasArtefact(run, name)) ? decodePastLinks(await textOf(run, name)) : null;
    const heldOut = runs.evaluation === null ? null : await pastOf(runs.evaluation, pastLinksName);
    const hasLesions = shared ? shared.lesions !== null : await files.hasArtefact(runs.index, lesionIndexName);
    return new LinkEngine({
      model,
      embedder: await Embedder.create(model, threads === undefined ? {} : { threads }),
      familiarity: decodeFamiliarity(await textOf(runs.index, familiarityName)),
      whole: sideOf(shared?.whole ?? (await indexOf(indexName)), heldOut ?? (await pastOf(runs.index, pastLinksName))),
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
  lesionPatients(options: Pick<SearchOptions, "excludePatients" | "filters">): number | null {
    return this.#lesions && patientsAt(this.#lesions.index, this.#candidates(this.#lesions, options), options);
  }

  /** Finds the nearest past patients of some features, of the whole image or of the lesion. */
  search(features: Float32Array, compared: Found["compared"], options: SearchOptions): Found {
    const side = compared === "lesion" ? this.#lesions! : this.#whole;
    const { k, exact = false, excludePatients, filters = noFilters } = options;
    const candidates = this.#candidates(side, options);
    const nearest = (exact ? exactNeighbours : hashNeighbours)(side.index, queryOf(side.index, features), {
      k,
      excludePatients,
      ...(candidates ? { candidates } : {}),
    });
    const labels = nearest.map(({ label }) => label);
    const isFiltered = candidates !== undefined;
    return {
      compared,
      neighbours: nearest.map((neighbour) => ({
        ...neighbour,
        closerThan: side.past.closerThan(neighbour.distance),
        box: compared === "lesion" ? (this.#lesionBoxes.get(neighbour.image) ?? null) : null,
      })),
      vote: pluralityVote(nearest),
      // Past votes were of all patients: of a chosen few they say nothing.
      certainty: isFiltered ? null : side.past.certaintyOf(labels, k),
      past: side.past.patients > 0 ? { basis: side.past.basis, patients: side.past.patients } : null,
      matching: patientsAt(side.index, candidates, { excludePatients, filters }),
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
    return (compared === "lesion" ? this.#lesions! : this.#whole).shared.hyperplanes.mean;
  }

  async release(): Promise<void> {
    await this.#embedder.release();
    await (await this.#maps)?.release();
  }

  /** The positions that match the filters; undefined where none is set. */
  #candidates({ index }: Side, { filters = noFilters }: Pick<SearchOptions, "filters">): Uint32Array | undefined {
    const { ageYears, sex, site } = filters;
    if (ageYears === null && sex === null && site === null) return undefined;
    const matches = ({ image }: PrecedentEntry): boolean => {
      const fact = this.#facts.get(image);
      if (!fact) return false;
      const ofAge =
        ageYears === null || (fact.ageYears !== null && fact.ageYears >= ageYears[0] && fact.ageYears <= ageYears[1]);
      return ofAge && (sex === null || fact.sex === sex) && (site === null || fact.site === site);
    };
    return Uint32Array.from(index.entries.flatMap((entry, i) => (matches(entry) ? [i] : [])));
  }
}

const sideOf = (shared: SharedIndex, past: PastLinks | null): Side => ({
  shared,
  index: openSharedIndex(shared),
  past: new PastRecord(past ?? { basis: "learned", links: [] }),
  positions: new Map(shared.entries.map(({ image }, i) => [image, i])),
});

/** How many patients are at some positions, all by default, besides those who are left out. */
const patientsAt = (
  { entries }: PrecedentIndex,
  candidates: Uint32Array | undefined,
  { excludePatients }: Pick<SearchOptions, "excludePatients" | "filters">,
): number => {
  const patients = new Set<PatientId>();
  if (candidates) for (const i of candidates) patients.add(entries[i]!.patient);
  else for (const { patient } of entries) patients.add(patient);
  for (const own of excludePatients) patients.delete(own);
  return patients.size;
};
