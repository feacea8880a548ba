/** Links a radiograph: the most similar past patients and their vote, or why there is no precedent. */

import { basename } from "node:path";
import type { ImageId, PatientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { smallPicture } from "../../imaging/small-picture.ts";
import { decodePrecedentIndex } from "../../retrieval/index-file.ts";
import { exactNeighbours, hashNeighbours, type Neighbour } from "../../retrieval/neighbours.ts";
import { type PrecedentEntry, type PrecedentIndex, queryOf } from "../../retrieval/precedent-index.ts";
import { pluralityVote } from "../../retrieval/vote.ts";
import {
  findByContent,
  findByPixels,
  type Home,
  hashFile,
  latestFinishedRun,
  listImages,
  patientsNamed,
  type StoredImage,
} from "../../store/index.ts";
import { modalityProblem, patientOf, type RadiographRead, RadiographReader } from "../cohort/index.ts";
import { familiarityName, indexName, indexSystem, newestModel } from "./build.ts";
import { defaultK, type Target } from "./config.ts";
import { Embedder } from "./embedder.ts";
import { decodeFamiliarity, type Familiarity, unfamiliarity } from "./familiarity.ts";
import type { LinkResult } from "./link-result.ts";

/** What one link is told. */
export interface LinkOptions {
  readonly k?: number;
  /** Whose radiograph it is, so that this patient is not among the neighbours; found out by itself when not told. */
  readonly patient?: PatientId;
  /** Ranks by exact cosine distance instead of hash codes. */
  readonly exact?: boolean;
}

/** A link, with the picture it was made from for those who draw it. */
export interface Link {
  readonly result: LinkResult;
  /** Null where the file could not be read. */
  readonly picture: GreyImage | null;
  readonly neighbours: readonly Neighbour[];
}

/** The newest model and index of a home, loaded and ready to link one radiograph after another. */
export class Linker {
  /** Radiographs of the archive that came in after the index was built, and are no neighbours yet. */
  readonly notIndexed: number;
  readonly #home: Home;
  readonly #index: PrecedentIndex;
  readonly #embedder: Embedder;
  readonly #familiarity: Familiarity;
  readonly #fileNames: ReadonlyMap<ImageId, string>;
  readonly #reader = new RadiographReader({ workers: 1 });

  private constructor(
    home: Home,
    parts: {
      index: PrecedentIndex;
      embedder: Embedder;
      familiarity: Familiarity;
      fileNames: ReadonlyMap<ImageId, string>;
      notIndexed: number;
    },
  ) {
    this.#home = home;
    this.#index = parts.index;
    this.#embedder = parts.embedder;
    this.#familiarity = parts.familiarity;
    this.#fileNames = parts.fileNames;
    this.notIndexed = parts.notIndexed;
  }

  /** @throws OsteonError `not-found` when nothing is trained or indexed, `bad-input` when the index is older than the model */
  static async open(home: Home): Promise<Linker> {
    const model = await newestModel(home);
    const run = await latestFinishedRun(home.database, indexSystem);
    if (!run) throw new OsteonError("not-found", "There is no index yet; run `osteon precedents index` first.");
    const index = decodePrecedentIndex(await home.files.readArtefact(run.id, indexName), {
      modelId: model.card.modelId,
    });
    const familiarity = decodeFamiliarity(
      new TextDecoder().decode(await home.files.readArtefact(run.id, familiarityName)),
    );
    const images = new Map((await listImages(home.database)).map((image) => [image.id, image]));
    const fileNames = new Map([...images.values()].map(({ id, fileName }) => [id, fileName]));
    const current = { ...index, entries: index.entries.map((entry) => asKnownNow(entry, images, model.card.target)) };
    return new Linker(home, {
      index: current,
      familiarity,
      fileNames,
      embedder: await Embedder.create(model),
      notIndexed: images.size - index.entries.length,
    });
  }

  /** Links one file. A file that is no picture gives a result with `known: false`, never an error. */
  async link(path: string, options: LinkOptions = {}): Promise<Link> {
    const start = performance.now();
    const { k = defaultK } = options;
    const fileName = basename(path);
    const read = await this.#reader.read(path);
    const finish = (result: Omit<LinkResult, "image" | "k" | "ms">, rest: Omit<Link, "result">): Link => ({
      result: { image: fileName, k, ...result, ms: Math.round((performance.now() - start) * 10) / 10 },
      ...rest,
    });
    if (!read.ok) {
      return finish(
        { neighbours: [], vote: null, known: false, reason: read.reason.detail },
        { picture: null, neighbours: [] },
      );
    }
    const picture = smallPicture(read.radiograph.image);
    const excludePatients = await this.#ownPatients(path, read.radiograph, options.patient);
    const reason =
      modalityProblem(read.radiograph.attributes.Modality)?.detail ??
      unfamiliarity(this.#familiarity, picture, read.radiograph.colourfulness);
    const query = queryOf(this.#index, await this.#embedder.embed(picture));
    const neighbours = (options.exact ? exactNeighbours : hashNeighbours)(this.#index, query, { k, excludePatients });
    return finish(
      {
        neighbours: neighbours.map(({ rank, patient, image, distance, label }) => ({
          rank,
          patient,
          image: this.#fileNames.get(image) ?? image,
          distance,
          label,
        })),
        vote: pluralityVote(neighbours),
        known: reason === null,
        ...(reason === null ? {} : { reason }),
      },
      { picture, neighbours },
    );
  }

  /**
   * Everyone of whom the picture may be: whose picture the archive already has, by bytes or pixels; whom the file itself
   * names, and under which numbers the archive knows that one; and whom the caller names.
   */
  async #ownPatients(
    path: string,
    { pixelHash, attributes }: RadiographRead,
    named: PatientId | undefined,
  ): Promise<ReadonlySet<PatientId>> {
    const { database } = this.#home;
    const stored = (await findByPixels(database, pixelHash)) ?? (await findByContent(database, await hashFile(path)));
    const source = patientOf(basename(path), attributes.PatientID);
    return new Set([
      ...(named === undefined ? [] : [named]),
      ...(stored ? [stored.patient] : []),
      source,
      ...(await patientsNamed(database, source)),
    ]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#reader.close(), this.#embedder.release()]);
  }
}

/** Whose radiograph it is and what it shows, by what the archive knows now and not when the index was built. */
const asKnownNow = (
  entry: PrecedentEntry,
  images: ReadonlyMap<ImageId, StoredImage>,
  target: Target,
): PrecedentEntry => {
  const image = images.get(entry.image);
  return image ? { image: image.id, patient: image.patient, label: image[target] } : entry;
};
