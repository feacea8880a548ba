/** Links radiograph files: the most similar past patients and their vote, or why there is no precedent. */

import { basename } from "node:path";
import type { ImageId, PatientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { inEightBits, smallPicture } from "../../imaging/small-picture.ts";
import type { Neighbour } from "../../retrieval/neighbours.ts";
import { type Home, hashFile, latestFinishedRun, listImages } from "../../store/index.ts";
import { acquisitionFacts, modalityProblem, patientOf, RadiographReader } from "../cohort/index.ts";
import { archiveFacts } from "./archive-facts.ts";
import type { NeighbourFilters } from "./asked-positions.ts";
import { defaultK } from "./config.ts";
import { appearanceOf } from "./familiarity.ts";
import { isInside, type LesionBox } from "./lesion-crop.ts";
import { LinkEngine } from "./link-engine.ts";
import type { LinkResult } from "./link-result.ts";
import { findLinkRuns } from "./link-runs.ts";
import { neighbourRecords } from "./neighbour-records.ts";
import { ownPatients } from "./own-patients.ts";
import type { CoverageWish } from "./prediction-set.ts";
import { trainSystem } from "./train.ts";

/** What one link is told. */
export interface LinkOptions {
  readonly k?: number;
  /** Whose radiograph it is, so that this patient is not among the neighbours; found out by itself when not told. */
  readonly patient?: PatientId;
  /** Ranks by exact cosine distance instead of hash codes. */
  readonly exact?: boolean;
  /** The lesion, in pixels of the radiograph: it is compared with marked lesions where enough patients have one. */
  readonly box?: LesionBox;
  readonly filters?: NeighbourFilters;
  /** Whether patients count from whom nothing was known yet when the radiograph was taken; they do not by default. */
  readonly later?: boolean;
  /** Whether patients count whose diagnosis is not final; they do not by default. */
  readonly open?: boolean;
  /** What the set of diagnoses is to promise. */
  readonly wish?: CoverageWish;
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
  readonly #engine: LinkEngine;
  readonly #fileNames: ReadonlyMap<ImageId, string>;
  readonly #reader = new RadiographReader({ workers: 1 });

  private constructor(home: Home, engine: LinkEngine, fileNames: ReadonlyMap<ImageId, string>) {
    this.#home = home;
    this.#engine = engine;
    this.#fileNames = fileNames;
    this.notIndexed = fileNames.size - engine.size.radiographs;
  }

  /**
   * @throws OsteonError `not-trained` or `not-indexed` when a step is missing, `bad-input` when the index is older than the
   *   model
   */
  static async open(home: Home): Promise<Linker> {
    const runs = await findLinkRuns(home.database);
    const newest = await latestFinishedRun(home.database, trainSystem);
    if (newest && newest.id !== runs.model) {
      const message = `The index was made with model ${runs.model} and the model is now ${newest.id}; build the index anew.`;
      throw new OsteonError("bad-input", message);
    }
    const engine = await LinkEngine.open(home.files, runs);
    engine.know(await archiveFacts(home.database, engine.card.target));
    const images = await listImages(home.database);
    return new Linker(home, engine, new Map(images.map(({ id, fileName }) => [id, fileName])));
  }

  /** Links one file. A file that is no picture gives a result with `known: false`, never an error. */
  async link(path: string, options: LinkOptions = {}): Promise<Link> {
    const start = performance.now();
    const { k = defaultK, exact = false, box, filters, later = false, open = false, wish } = options;
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
    const { image, attributes, colourfulness, pixelHash } = read.radiograph;
    const picture = inEightBits(smallPicture(image));
    const excludePatients = await ownPatients(this.#home.database, {
      pixelHash,
      fileHash: await hashFile(path),
      source: patientOf(fileName, attributes.PatientID),
      ...(options.patient === undefined ? {} : { named: options.patient }),
    });
    const reason =
      modalityProblem(attributes.Modality) ?? this.#engine.unfamiliarity(appearanceOf(picture, colourfulness));
    const references = {
      before: later ? null : acquisitionFacts(attributes).acquisitionDate,
      final: !open,
    };
    const search = {
      k,
      exact,
      excludePatients,
      references,
      ...(filters ? { filters } : {}),
      ...(wish ? { wish } : {}),
    };
    const radiograph = { width: image.width, height: image.height };
    if (box && !isInside(box, radiograph)) throw new OsteonError("bad-input", "The box lies beside the picture.");
    const isLesion = box !== undefined && (this.#engine.lesionPatients(search) ?? 0) >= k;
    const features = await this.#engine.embed(picture, isLesion ? { box, radiograph } : undefined);
    const { neighbours, vote, ...found } = this.#engine.search(features, isLesion ? "lesion" : "whole image", search);
    const problem = reason ?? found.far;
    const records = await neighbourRecords(
      this.#home.database,
      neighbours.map(({ patient }) => patient),
    );
    return finish(
      {
        neighbours: neighbours.map(({ rank, patient, image: theirs, distance, closerThan, label, others }) => ({
          rank,
          patient,
          image: this.#nameOf(theirs),
          distance,
          closerThan,
          label,
          others: others.map((other) => this.#nameOf(other.image)),
          ...records.get(patient)!,
        })),
        vote,
        known: problem === null,
        ...(problem === null ? {} : { reason: problem.detail }),
        compared: found.compared,
        box: box ?? null,
        prediction: reason === null ? found.prediction : null,
        predictionProblem: (reason ?? found.predictionProblem)?.detail ?? null,
        references: { ...references, leftOut: found.leftOut },
        past: found.past,
      },
      { picture, neighbours },
    );
  }

  #nameOf(image: ImageId): string {
    return this.#fileNames.get(image) ?? image;
  }

  async close(): Promise<void> {
    await Promise.all([this.#reader.close(), this.#engine.release()]);
  }
}
