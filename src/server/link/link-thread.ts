/**
 * A thread that decodes, embeds and searches, one task after another: nothing of it runs where requests are answered. It knows
 * the home's files and no database.
 */

import { parentPort, workerData } from "node:worker_threads";
import type { ImageId } from "../../clinic/ids.ts";
import { type ErrorCode, OsteonError } from "../../errors.ts";
import { decodeGreyPng } from "../../imaging/grey-png.ts";
import type { Rectangle } from "../../imaging/resize.ts";
import type { ViewerPicture } from "../../imaging/viewer-picture.ts";
import { HomeFiles } from "../../store/files.ts";
import { readForViewer } from "../../systems/cohort/read-for-viewer.ts";
import type { ArchiveFact } from "../../systems/precedents/asked-positions.ts";
import type { Target } from "../../systems/precedents/config.ts";
import { type Appearance, appearanceOf, type UnknownReason } from "../../systems/precedents/familiarity.ts";
import { cropLesion, type LesionBox, withMargin } from "../../systems/precedents/lesion-crop.ts";
import {
  type Found,
  LinkEngine,
  type SearchOptions,
  type SharedIndexes,
} from "../../systems/precedents/link-engine.ts";
import type { LinkRuns } from "../../systems/precedents/link-runs.ts";
import type { DrawnMap } from "../../systems/precedents/similarity-maps.ts";
import { type QueryFileRead, readQuery } from "./read-query.ts";

/** What the thread is started with. */
export interface LinkThreadSetup {
  readonly root: string;
  /** Of one network's computation; all cores where it is left out. */
  readonly threads?: number;
}

/** Where the small picture of what is asked about lies. */
export interface SmallPicturePlace {
  /** A query with a file of its own, or an image of the archive. */
  readonly of: "query" | "image";
  readonly id: string;
  /** Of the radiograph, in pixels. */
  readonly size: { readonly width: number; readonly height: number };
}

/** A radiograph that is to be linked, as far as a thread needs it. */
export interface QueryToLink extends SmallPicturePlace {
  readonly box: LesionBox | null;
}

/** Features of a query, of its whole image and of its lesion as the box is drawn. */
export interface KnownFeatures {
  readonly model: string;
  readonly whole: Float32Array | null;
  readonly lesion: Float32Array | null;
}

/** What a thread is asked. */
export type LinkTask =
  | { readonly task: "load"; readonly runs: LinkRuns; readonly shared: SharedIndexes | undefined }
  /** What the archive knows now, with the labels of a target. */
  | { readonly task: "know"; readonly target: Target; readonly facts: readonly ArchiveFact[] }
  /** Reads the file of a query. */
  | { readonly task: "read"; readonly path: string; readonly keep: string }
  /** Looks at a picture that the archive has already, for a query of it. */
  | { readonly task: "look"; readonly image: ImageId; readonly colourfulness: number }
  /** Decodes a file for a viewer. */
  | { readonly task: "view"; readonly path: string; readonly part: Rectangle | null }
  | {
      readonly task: "link";
      readonly query: QueryToLink;
      readonly appearance: Appearance;
      /** Features that were made before; those of another model are made anew. */
      readonly known: KnownFeatures | null;
      readonly search: SearchOptions;
    }
  | {
      readonly task: "explain";
      readonly query: QueryToLink;
      readonly neighbour: SmallPicturePlace & { readonly id: ImageId };
      readonly compared: Found["compared"];
    };

/** A query's file that was read, and its features where a model is loaded: the link that follows need not wait for them. */
export interface ReadAndEmbedded extends Omit<QueryFileRead & { readonly ok: true }, "small"> {
  readonly whole: { readonly model: string; readonly features: Float32Array } | null;
}

/** What the tasks answer, by their names. */
export interface LinkAnswers {
  readonly load: {
    readonly shared: SharedIndexes;
    readonly target: Target;
  };
  readonly know: null;
  readonly read: (QueryFileRead & { readonly ok: false }) | ReadAndEmbedded;
  readonly look: Appearance;
  readonly view:
    | { readonly ok: true; readonly viewer: ViewerPicture; readonly pixelSpacingMm: readonly [number, number] | null }
    | { readonly ok: false; readonly reason: UnknownReason };
  readonly link: Found & {
    readonly model: string;
    readonly target: Target;
    readonly size: LinkEngine["size"];
    readonly features: Float32Array;
    readonly unfamiliar: UnknownReason | null;
    /** Why the whole image was compared though there is a box. */
    readonly comparedReason: UnknownReason | null;
  };
  readonly explain: {
    readonly similarity: number;
    readonly query: DrawnMap & { readonly area: LesionBox };
    readonly neighbour: DrawnMap & { readonly area: LesionBox };
  };
}

/** What comes back: one answer to each task, in their order. */
export type ThreadReply =
  | { readonly ok: true; readonly answer: LinkAnswers[keyof LinkAnswers] }
  /** An error that was expected, by its code and sentence; else what kind of one it was. */
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string }
  | { readonly ok: false; readonly code: null; readonly message: string };

const { root, threads } = workerData as LinkThreadSetup;
const files = new HomeFiles(root);
let engine: LinkEngine | undefined;
let known: LinkTask & { readonly task: "know" } = { task: "know", target: "entity", facts: [] };

const loadedEngine = (): LinkEngine => {
  if (!engine) throw new OsteonError("not-indexed", "There is no index yet; build it first.");
  return engine;
};

const load = async (runs: LinkRuns, shared: SharedIndexes | undefined): Promise<LinkAnswers["load"]> => {
  const options = { ...(threads === undefined ? {} : { threads }), ...(shared ? { shared } : {}) };
  const next = await LinkEngine.open(files, runs, options);
  tell(next);
  const earlier = engine;
  engine = next;
  await earlier?.release();
  return { shared: next.shared, target: next.card.target };
};

/** Facts with the labels of another target would have the neighbours vote on what was not asked. */
const tell = (told: LinkEngine): void => {
  if (known.target === told.card.target) told.know(known.facts);
};

const read = async (path: string, keep: string): Promise<LinkAnswers["read"]> => {
  const outcome = await readQuery(path, { files, keep });
  if (!outcome.ok) return outcome;
  const { small, ...rest } = outcome;
  const whole = engine ? { model: engine.card.modelId, features: await engine.embed(small) } : null;
  return { ...rest, whole };
};

const view = async (path: string, part: Rectangle | null): Promise<LinkAnswers["view"]> => {
  const outcome = await readForViewer(path, part ?? undefined);
  if (!outcome.ok) return outcome;
  const { viewer, pixelSpacingMm } = outcome.radiograph;
  return { ok: true, viewer, pixelSpacingMm };
};

const smallPictureOf = async ({ of, id }: SmallPicturePlace) =>
  decodeGreyPng(await (of === "query" ? files.readQueryPicture(id) : files.readPicture(id)));

const link = async ({
  query,
  appearance,
  known,
  search,
}: LinkTask & { task: "link" }): Promise<LinkAnswers["link"]> => {
  const used = loadedEngine();
  const { modelId } = used.card;
  const comparedReason = query.box === null ? null : lesionProblem(used, search);
  const compared = query.box !== null && comparedReason === null ? "lesion" : "whole image";
  const usable = known?.model === modelId ? known : null;
  const features =
    (compared === "lesion" ? usable?.lesion : usable?.whole) ??
    (await used.embed(
      await smallPictureOf(query),
      compared === "lesion" ? { box: query.box!, radiograph: query.size } : undefined,
    ));
  return {
    ...used.search(features, compared, search),
    model: modelId,
    target: used.card.target,
    size: used.size,
    features,
    unfamiliar: used.unfamiliarity(appearance),
    comparedReason,
  };
};

/** Why lesions cannot be compared; null where they can. */
const lesionProblem = (used: LinkEngine, search: SearchOptions): UnknownReason | null => {
  const patients = used.lesionPatients(search);
  if (patients === null) {
    return { code: "no-lesion-index", detail: "No lesion was marked in the archive when the index was built." };
  }
  if (patients >= search.k) return null;
  const detail = `Only ${patients} of the patients asked have a marked lesion; ${search.k} were wanted.`;
  return { code: "too-few-boxes", detail };
};

const explain = async ({
  query,
  neighbour,
  compared,
}: LinkTask & { task: "explain" }): Promise<LinkAnswers["explain"]> => {
  const used = loadedEngine();
  const theirs = used.directionOf(compared, neighbour.id);
  if (theirs === null) throw new OsteonError("not-found", "This radiograph is not among those that were compared.");
  const isLesion = compared === "lesion";
  const shown = async (place: SmallPicturePlace, box: LesionBox | null) => {
    const whole = await smallPictureOf(place);
    const area = box ? withMargin(box, place.size) : { x: 0, y: 0, ...place.size };
    return { picture: box ? cropLesion(whole, box, place.size) : whole, area };
  };
  const own = await shown(query, isLesion ? query.box : null);
  const other = await shown(neighbour, isLesion ? used.lesionBoxOf(neighbour.id) : null);
  const maps = await used.maps();
  const mean = used.meanOf(compared);
  const direction = used.directionFor(compared, await used.embed(own.picture));
  const ofQuery = await maps.draw(own.picture, { other: theirs, mean });
  const ofNeighbour = await maps.draw(other.picture, { other: direction, mean });
  return {
    similarity: ofQuery.similarity,
    query: { ...ofQuery.map, area: own.area },
    neighbour: { ...ofNeighbour.map, area: other.area },
  };
};

const answer = async (what: LinkTask): Promise<LinkAnswers[keyof LinkAnswers]> => {
  switch (what.task) {
    case "load":
      return load(what.runs, what.shared);
    case "know":
      known = what;
      if (engine) tell(engine);
      return null;
    case "read":
      return read(what.path, what.keep);
    case "look":
      return appearanceOf(await decodeGreyPng(await files.readPicture(what.image)), what.colourfulness);
    case "view":
      return view(what.path, what.part);
    case "link":
      return link(what);
    case "explain":
      return explain(what);
  }
};

parentPort?.on("message", async (what: LinkTask) => {
  try {
    const answered = await answer(what);
    parentPort?.postMessage({ ok: true, answer: answered } satisfies ThreadReply, movedOf(answered));
  } catch (error) {
    const reply: ThreadReply =
      error instanceof OsteonError
        ? { ok: false, code: error.code, message: error.message }
        : { ok: false, code: null, message: error instanceof Error ? (error.stack ?? error.name) : "unknown" };
    parentPort?.postMessage(reply);
  }
});

/** The samples of a picture go over without a copy. */
const movedOf = (answered: LinkAnswers[keyof LinkAnswers]): ArrayBuffer[] => {
  return answered !== null && "viewer" in answered ? [answered.viewer.samples.buffer] : [];
};
