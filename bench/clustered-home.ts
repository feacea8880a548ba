/**
 * A home whose clusters are known: pictures of one region each, drawn by the phantom, in clusters that follow each other as a
 * clustering's do. A picture stands for many radiographs, which differ for the home by their ids.
 */

import { link, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { discard } from "../src/clinic/atlas/fold-actions.ts";
import { imageId, patientId } from "../src/clinic/ids.ts";
import { encodeGreyPng } from "../src/imaging/grey-png.ts";
import { smallPicture } from "../src/imaging/small-picture.ts";
import { Random } from "../src/numeric/random.ts";
import { drawRegionRadiograph } from "../src/phantom/draw-region-radiograph.ts";
import { drawOtherImage } from "../src/phantom/non-musculoskeletal/draw-other-image.ts";
import type { OtherKind } from "../src/phantom/non-musculoskeletal/other-image.ts";
import type { Picture } from "../src/phantom/picture.ts";
import { regions } from "../src/phantom/regions/regions.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  insertBatch,
  type StoredCluster,
  type StoredImage,
  unknownAcquisition,
  writeClustering,
} from "../src/store/index.ts";

/** How large the home is. */
export interface ClusteredHomeOptions {
  readonly clusters: number;
  readonly imagesPerCluster: number;
  /** Pictures that are drawn of each region. */
  readonly picturesPerRegion: number;
}

const otherKinds: readonly OtherKind[] = ["mammography", "barium study"];

/** Fills a home and tells what each cluster shows, by its number from 1: a region, or `discard`. */
export const fillClusteredHome = async (home: Home, options: ClusteredHomeOptions): Promise<Map<number, string>> => {
  const { clusters, imagesPerCluster, picturesPerRegion } = options;
  const kinds = [...regions.map(({ region }) => region), ...otherKinds];
  const truth = new Map<number, string>();
  const stored: StoredCluster[] = [];
  const random = new Random(1, "clustered home");
  for (const [k, kind] of kinds.entries()) {
    const drawn: string[] = [];
    for (let i = 0; i < picturesPerRegion; i++) drawn.push(await keepPicture(home, draw(kind, i), `${kind} ${i}`));
    const first = Math.floor((k * clusters) / kinds.length) + 1;
    const last = Math.floor(((k + 1) * clusters) / kinds.length);
    for (let cluster = first; cluster <= last; cluster++) {
      const own = Array.from({ length: imagesPerCluster }, (_, rank) => `${cluster}-${rank}`);
      const images = await Promise.all(own.map((name) => keepCopy(home, random.pick(drawn), name)));
      await insertBatch(home.database, { images, duplicates: [], quarantined: [] });
      stored.push({
        cluster,
        members: images.map(({ id }, rank) => ({
          image: id,
          distance: rank / 100,
          outlier: rank >= imagesPerCluster - 2,
        })),
      });
      truth.set(cluster, isRegion(kind) ? kind : discard);
    }
  }
  const plan = { system: "atlas/cluster", settings: options, fingerprint: hashContent(JSON.stringify(options)) };
  const { run } = await continueOrCreateRun(home.database, plan);
  await writeClustering(home.database, run.id, { clusters: stored, at: new Date() });
  await finishRun(home.database, run.id, { metrics: { clusters }, at: new Date() });
  return truth;
};

type Kind = (typeof regions)[number]["region"] | OtherKind;

const isRegion = (kind: Kind): kind is (typeof regions)[number]["region"] =>
  regions.some(({ region }) => region === kind);

const draw = (kind: Kind, seed: number): Picture =>
  isRegion(kind)
    ? drawRegionRadiograph({ region: kind, seed, ageYears: 20 + ((seed * 17) % 60), sex: seed % 2 === 0 ? "F" : "M" })
        .picture
    : drawOtherImage(seed, kind).picture;

/** The picture on the disk; its id. */
const keepPicture = async ({ files }: Home, { width, height, values }: Picture, name: string): Promise<string> => {
  const id = hashContent(name);
  await files.writePicture(id, await encodeGreyPng(smallPicture({ width, height, pixels: values })));
  return id;
};

/** A radiograph that shows a picture: the same file under another name, and what the table says of it. */
const keepCopy = async ({ files }: Home, picture: string, name: string): Promise<StoredImage> => {
  const id = hashContent(`copy ${name}`);
  const pathOf = (one: string): string => join(files.root, "pictures", one.slice(0, 2), `${one}.png`);
  await mkdir(dirname(pathOf(id)), { recursive: true });
  await link(pathOf(picture), pathOf(id));
  return {
    ...unknownAcquisition,
    id: imageId(id),
    fileId: id,
    exposure: null,
    patient: patientId(name),
    sourcePatient: null,
    nameFolder: null,
    fileName: `${name}.png`,
    format: "png",
    pixelHash: id,
    colourfulness: 0,
    width: 512,
    height: 512,
    modality: null,
    origin: "internal",
    label: null,
    entity: null,
    region: null,
    ageYears: null,
    sex: null,
    site: null,
    position: null,
    perceptualHash: null,
    geometry: null,
    nearDuplicateOf: null,
  };
};
