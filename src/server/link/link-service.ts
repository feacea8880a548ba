/**
 * Links over HTTP: queries that last, their answers with what the archive knows of each neighbour, and why it is one. Look-ups
 * are made here; decoding, networks and the search run in threads.
 */

import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import type { z } from "zod";
import { imageId, type PatientId, patientId } from "../../clinic/ids.ts";
import type { Box } from "../../contract/pictures.ts";
import type {
  Explanation,
  LinkAnswer,
  LinkNeighbour,
  linkRequest,
  NeighbourReports,
  Query as QueryShown,
  QuerySummary,
} from "../../contract/queries.ts";
import type { Person } from "../../contract/session.ts";
import { OsteonError } from "../../errors.ts";
import { encodeThumbnail } from "../../imaging/thumbnail.ts";
import {
  findByPixels,
  findImage,
  getQuery,
  type Home,
  insertQuery,
  keepQueryAnswer,
  keepQueryBox,
  listAnnotations,
  listQueries,
  queriesWithFiles,
  removeQuery,
  type StoredImage,
} from "../../store/index.ts";
import type { UnknownReason } from "../../systems/precedents/familiarity.ts";
import { boxesOf, isInside } from "../../systems/precedents/lesion-crop.ts";
import { ownPatients } from "../../systems/precedents/own-patients.ts";
import { reportSentences } from "../../systems/precedents/report-sentences.ts";
import { addQueryBy, type Query } from "./add-query.ts";
import { FeatureCache } from "./feature-cache.ts";
import { LinkModel } from "./link-model.ts";
import type { LinkAnswers, QueryToLink } from "./link-thread.ts";
import { LinkThreads, type LinkThreadsOptions } from "./link-threads.ts";
import { Pictures } from "./pictures.ts";
import type { QueryReading } from "./read-query.ts";
import { showNeighbours } from "./show-neighbours.ts";
import { showPicture } from "./show-picture.ts";
import { showQuery, summariseQuery } from "./show-query.ts";

type LinkRequest = z.output<typeof linkRequest>;

interface LinkServiceOptions extends Pick<LinkThreadsOptions, "count" | "mostWaiting"> {
  readonly home: Home;
  readonly now: () => Date;
}

export class LinkService {
  readonly pictures: Pictures;
  readonly #home: Home;
  readonly #now: () => Date;
  readonly #threads: LinkThreads;
  readonly #model: LinkModel;
  readonly #features = new FeatureCache();

  private constructor({ home, now, ...threads }: LinkServiceOptions) {
    this.#home = home;
    this.#now = now;
    this.#threads = new LinkThreads({ root: home.files.root, ...threads });
    this.#model = new LinkModel(home.database, this.#threads);
    this.pictures = new Pictures(home, this.#threads);
  }

  /** Starts the threads and begins to load the newest index, if there is one. */
  static async open(options: LinkServiceOptions): Promise<LinkService> {
    await sweepStrayQueries(options.home);
    const service = new LinkService(options);
    service.prepare();
    return service;
  }

  /** Loads an index that has become ready, ahead of the first link that asks for it. */
  prepare(): void {
    this.#model.ready().catch(() => {}); // who links is told what is missing
  }

  /** Tasks that wait for a thread. */
  get waiting(): number {
    return this.#threads.waiting;
  }

  /** Adds a query from a file, which may go afterwards. */
  async add(file: string, { name, person }: { readonly name: string; readonly person: Person }): Promise<QueryShown> {
    const { query, outcome } = await addQueryBy(
      this.#home,
      { file, name, person: person.id, worklist: false, now: this.#now() },
      (path, keep) => this.#threads.run({ task: "read", path, keep }),
    );
    if (outcome.ok) {
      const { viewer, reading } = outcome;
      this.pictures.keep(query, { viewer, pixelSpacingMm: reading.picture.pixelSpacingMm });
      if (outcome.whole) this.#features.put(query.id, null, outcome.whole);
    }
    return this.#show(query);
  }

  /**
   * Adds a query of an image of the archive.
   *
   * @throws OsteonError `not-found`, `bad-input` where its file can no longer be read
   */
  async addImage(id: string, person: Person): Promise<QueryShown> {
    const image = await findImage(this.#home.database, imageId(id));
    if (!image) throw new OsteonError("not-found", "There is no such radiograph.");
    const { viewer, pixelSpacingMm } = await this.pictures.ofImage(id);
    const { colourfulness } = image;
    const appearance = await this.#threads.run({ task: "look", image: image.id, colourfulness });
    const reading: QueryReading = {
      ok: true,
      picture: showPicture({ viewer, pixelSpacingMm }),
      appearance,
      otherModality: null,
      acquiredOn: image.acquisitionDate,
    };
    const query: Query = {
      id: randomUUID(),
      fileName: image.fileName,
      person: person.id,
      worklist: false,
      createdAt: this.#now(),
      image: image.id,
      fileHash: image.fileId,
      pixelHash: image.pixelHash,
      source: image.sourcePatient ?? image.patient,
      reading,
      box: null,
      answer: null,
    };
    await insertQuery(this.#home.database, query);
    return this.#show(query);
  }

  /** The queries that a person may see, the newest first. */
  async list(person: Person): Promise<QuerySummary[]> {
    const who = person.role === "administrator" ? "everybody" : person.id;
    return (await listQueries<QueryReading, LinkAnswer>(this.#home.database, who)).map(summariseQuery);
  }

  /** @throws OsteonError `not-found`, also where it is another's */
  async find(id: string, person: Person): Promise<Query> {
    const query = await getQuery<QueryReading, LinkAnswer>(this.#home.database, id);
    if (query.worklist || query.person === person.id || person.role === "administrator") return query;
    throw new OsteonError("not-found", "There is no such query, or no longer.");
  }

  async get(id: string, person: Person): Promise<QueryShown> {
    return this.#show(await this.find(id, person));
  }

  /** @throws OsteonError `not-found`; `bad-input` for a file that cannot be read */
  async thumbnail(id: string, side: number, person: Person): Promise<Uint8Array> {
    const query = await this.find(id, person);
    readingOf(query);
    const { files } = this.#home;
    return encodeThumbnail(
      await (query.image === null ? files.readQueryPicture(id) : files.readPicture(query.image)),
      side,
    );
  }

  /** @throws OsteonError `not-found`; `not-allowed` for one of the worklist, which is its maker's or an administrator's to remove */
  async remove(id: string, person: Person): Promise<void> {
    const query = await this.find(id, person);
    if (query.person !== person.id && person.role !== "administrator") {
      throw new OsteonError("not-allowed", "Only who put it there or an administrator removes it.");
    }
    await removeQuery(this.#home.database, id);
    this.pictures.forget(query);
    this.#features.forget(id);
    await this.#home.files.removeQueryFiles(id);
  }

  /** @throws OsteonError `bad-input` for a box beside the picture */
  async setBox(id: string, box: Box | null, person: Person): Promise<QueryShown> {
    const query = await this.find(id, person);
    checkBox(query, box);
    await keepQueryBox(this.#home.database, id, box);
    return this.#show({ ...query, box });
  }

  /**
   * Links a query to past patients.
   *
   * @throws OsteonError `not-trained` or `not-indexed` where a step is missing, `busy` when too many wait, `bad-input` for a file
   *   that cannot be read and for a box beside the picture
   */
  async link(id: string, request: LinkRequest, person: Person): Promise<LinkAnswer> {
    const start = performance.now();
    const query = await this.find(id, person);
    const { box, k, exact, filters, references, prediction: wish } = request;
    const reading = readingOf(query);
    checkBox(query, box);
    await this.#model.ready();
    const excludePatients = await this.#ownPatients(query);
    const before = references.earlier ? (reading.acquiredOn ?? null) : null;
    const found = await this.#threads.run({
      task: "link",
      query: toLink(query, box),
      appearance: reading.appearance,
      known: this.#features.of(id, box),
      search: { k, exact, excludePatients, filters, references: { before, final: references.final }, wish },
    });
    this.#features.put(id, found.compared === "lesion" ? box : null, found);
    const noRadiograph = reading.otherModality ?? found.unfamiliar;
    const reason = noRadiograph ?? found.far;
    const answer: LinkAnswer = {
      k,
      target: found.target,
      known: reason === null,
      reason,
      compared: found.compared,
      box,
      comparedReason: found.comparedReason,
      neighbours: await showNeighbours(this.#home.database, found, reason === null),
      vote: voteOf(found),
      prediction: noRadiograph === null && found.prediction ? showPrediction(found.prediction) : null,
      predictionProblem: noRadiograph === null ? found.predictionProblem : promisedOfRadiographs,
      wish,
      past: found.past,
      references: { ...references, before, leftOut: found.leftOut },
      archive: {
        model: found.model,
        ...found.size,
        matching: found.matching,
        notIndexed: Math.max(this.#model.radiographs - found.size.radiographs, 0),
      },
      exact,
      filters,
      at: this.#now().toISOString(),
      ms: 0,
    };
    const timed = { ...answer, ms: Math.round((performance.now() - start) * 10) / 10 };
    await keepQueryAnswer(this.#home.database, id, timed);
    return timed;
  }

  /**
   * What reports say of a neighbour of the last link.
   *
   * @throws OsteonError `not-found` for an image that is none of its neighbours
   */
  async reports(id: string, image: string, person: Person): Promise<NeighbourReports> {
    const neighbour = neighbourIn(await this.find(id, person), image);
    return { reports: await reportSentences(this.#home.database, patientId(neighbour.patient)) };
  }

  /**
   * Why a neighbour of the last link is one.
   *
   * @throws OsteonError `not-found` for an image that is none of its neighbours
   */
  async explain(id: string, image: string, person: Person): Promise<Explanation> {
    const query = await this.find(id, person);
    readingOf(query);
    neighbourIn(query, image);
    const { answer } = query;
    await this.#model.ready();
    const neighbour = await findImage(this.#home.database, imageId(image));
    if (!neighbour) throw new OsteonError("not-found", "This radiograph is no longer in the archive.");
    const { compared, box } = answer!;
    const explained = await this.#threads.run({
      task: "explain",
      query: toLink(query, box),
      neighbour: { of: "image", id: neighbour.id, size: sizeOf(neighbour) },
      compared,
    });
    return { ...explained, compared };
  }

  async close(): Promise<void> {
    await this.#threads.close();
  }

  async #show(query: Query): Promise<QueryShown> {
    return showQuery(query, await this.#proposedBoxes(query));
  }

  /** The marks that the archive has on this radiograph. */
  async #proposedBoxes({ image, pixelHash }: Query): Promise<Box[]> {
    const { database } = this.#home;
    const known = image ?? (pixelHash === null ? undefined : (await findByPixels(database, pixelHash))?.id);
    return known === undefined ? [] : boxesOf(await listAnnotations(database, known));
  }

  async #ownPatients({ image, pixelHash, fileHash, source }: Query): Promise<ReadonlySet<PatientId>> {
    const { database } = this.#home;
    const stored = image === null ? undefined : await findImage(database, image);
    return ownPatients(database, {
      pixelHash: pixelHash!,
      fileHash: fileHash!,
      source: source!,
      ...(stored ? { named: stored.patient } : {}),
    });
  }
}

/** @throws OsteonError `not-found` for an image that is none of the last link's neighbours */
const neighbourIn = ({ answer }: Query, image: string): LinkNeighbour => {
  const neighbour = answer?.neighbours.find((one) => one.image === image);
  if (!neighbour) throw new OsteonError("not-found", "This radiograph is no neighbour of the query's last link.");
  return neighbour;
};

const promisedOfRadiographs: UnknownReason = {
  code: "no-radiograph",
  detail: "Which diagnoses cannot be ruled out is told of radiographs like those of the archive.",
};

const showPrediction = ({
  measured,
  labels,
  apart,
  ...rest
}: NonNullable<LinkAnswers["link"]["prediction"]>): LinkAnswer["prediction"] => ({
  ...rest,
  labels: [...labels],
  apart: [...apart],
  measured: { ...measured, interval: [...measured.interval] },
});

const sizeOf = ({ width, height }: StoredImage): { width: number; height: number } => ({ width, height });

const readingOf = ({ reading }: Query): QueryReading & { readonly ok: true } => {
  if (reading.ok) return reading;
  throw new OsteonError("bad-input", reading.problem.detail);
};

/** @throws OsteonError `bad-input` for a box beside the picture, or a query without one */
export const checkBox = (query: Query, box: Box | null): void => {
  if (box === null || isInside(box, readingOf(query).picture)) return;
  throw new OsteonError("bad-input", "The box lies beside the picture.");
};

/** Where the picture of a query lies, and what is compared of it. */
export const toLink = (query: Query, box: Box | null): QueryToLink => {
  const { width, height } = readingOf(query).picture;
  const place =
    query.image === null ? ({ of: "query", id: query.id } as const) : ({ of: "image", id: query.image } as const);
  return { ...place, size: { width, height }, box };
};

const voteOf = ({ vote, neighbours, certainty }: LinkAnswers["link"]): LinkAnswer["vote"] => {
  if (vote === null) return null;
  const counts = Map.groupBy(
    neighbours.flatMap(({ label }) => label ?? []),
    (label) => label,
  );
  const votes = [...counts].map(([label, { length: count }]) => ({ label, count }));
  return {
    ...vote,
    // The winner first, also of a tie; the others as their nearest neighbours come.
    votes: votes.sort((a, b) => b.count - a.count || Number(b.label === vote.label) - Number(a.label === vote.label)),
    certainty: certainty && { ...certainty, interval: [...certainty.interval] },
  };
};

/** Removes files without a row: a killed server's. */
const sweepStrayQueries = async ({ database, files }: Home): Promise<void> => {
  const known = await queriesWithFiles(database);
  const names = await readdir(files.queries).catch(() => []);
  for (const name of names) if (!known.has(name)) await files.removeQueryFiles(name);
};
