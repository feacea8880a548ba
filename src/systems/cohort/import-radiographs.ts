/**
 * Radiographs into the home. A file is known by its content: the same bytes, or the same stored samples in another
 * encoding, are never taken twice, so an import that was killed is simply started again.
 *
 * Order of writing: the originals and their small pictures first, several at once, then their rows, in batches of one
 * transaction. What has a row is whole; a file without one is written again.
 */

import { stat } from "node:fs/promises";
import { basename, dirname, extname, resolve } from "node:path";
import { type ImageId, imageId, type PatientId, patientId } from "../../clinic/ids.ts";
import type { LabelFacts, LabelsProblem, LabelsTable } from "../../clinic/labels-table.ts";
import { OsteonError } from "../../errors.ts";
import type { PlateGeometry } from "../../imaging/plate-geometry.ts";
import {
  type DuplicateFile,
  exposureHash,
  exposureId,
  findByContent,
  findByPixels,
  findImage,
  type Home,
  hashContent,
  type ImageAnnotations,
  insertBatch,
  listPerceptualHashes,
  nameFoldersOf,
  type Origin,
  type QuarantinedFile,
  quarantineKeys,
  type StoredImage,
  updateFacts,
  writeAnnotations,
} from "../../store/index.ts";
import { acquisitionFacts } from "./acquisition-facts.ts";
import { ByteBuffers } from "./byte-buffers.ts";
import { LabelsOfImport } from "./labels-of-import.ts";
import { NearDuplicates } from "./near-duplicates.ts";
import { readWholeFile } from "./read-file.ts";
import type { ArchivedPicture, ArchivedRadiograph } from "./read-for-archive.ts";
import { type BytesOutcome, RadiographReader } from "./read-radiograph.ts";
import { SetAsideKeeper } from "./set-aside-keeper.ts";

/** What an import is told. */
export interface ImportOptions {
  readonly labels?: LabelsTable;
  /** Where the radiographs come from, unless a row of the labels says otherwise. */
  readonly origin?: Origin;
  /** Stops between two files; what was imported stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** Makes an image of each of several exposures on one plate; else the plate is one image. */
  readonly splitExposures?: boolean;
  /** Takes also what is certainly no radiograph: a person has looked at it. */
  readonly anyway?: boolean;
  /** Names of files that lie under others; their folders say nothing of whom they show. */
  readonly names?: ReadonlyMap<string, string>;
  /** Threads that are started already; the caller closes them. The import's own by default. */
  readonly reader?: RadiographReader;
}

/** What became of the files. */
export interface ImportReport {
  readonly imported: number;
  readonly duplicates: number;
  /** Images of this import that show another image of the home again, in other pixels. They are kept. */
  readonly nearDuplicates: readonly { readonly file: string; readonly image: ImageId; readonly of: ImageId }[];
  readonly quarantined: readonly QuarantinedPath[];
  /** Rows of the labels table that name no file of this import. */
  readonly unmatchedLabels: number;
  /** Rows of the labels table that were left out, because it is not certain of which radiograph they speak. */
  readonly labelProblems: readonly LabelsProblem[];
}

/** A file that was set aside. */
export interface QuarantinedPath {
  readonly file: string;
  readonly reason: string;
  /** Its number in the home, which the review desk goes by. */
  readonly id: string;
}

/** Files whose rows are written in one transaction. */
const batchSize = 16;
/** How many files are read ahead of the one that is being stored, and how many bytes of them. */
const filesAhead = 6;
const bytesAhead = 2 ** 28;

interface Batch {
  readonly images: StoredImage[];
  /** Lesions that the labels mark on them. */
  readonly marks: ImageAnnotations[];
  readonly duplicates: DuplicateFile[];
  readonly quarantined: QuarantinedFile[];
  readonly released: string[];
  /** Files on their way to the disk, and how many bytes of them. */
  readonly writes: Promise<void>[];
  readonly written: Uint8Array<ArrayBuffer>[];
  bytes: number;
}

const emptyBatch = (): Batch => ({
  images: [],
  marks: [],
  duplicates: [],
  quarantined: [],
  released: [],
  writes: [],
  written: [],
  bytes: 0,
});

/** An import on its way. */
interface Work {
  readonly home: Home;
  readonly labels: LabelsOfImport | undefined;
  readonly origin: Origin;
  /** Hashes of the contents and paths that are set aside. */
  readonly setAside: Set<string>;
  readonly keeper: SetAsideKeeper;
  readonly buffers: ByteBuffers;
  readonly looks: NearDuplicates;
  readonly splitExposures: boolean;
  readonly anyway: boolean;
  readonly names: ReadonlyMap<string, string>;
  /** What is not yet in the database. */
  batch: Batch;
  readonly report: {
    imported: number;
    duplicates: number;
    nearDuplicates: { file: string; image: ImageId; of: ImageId }[];
    quarantined: QuarantinedPath[];
  };
}

/** A file, and what is known of it: the radiograph that it repeats byte for byte, or what its bytes were read as. */
interface FoundFile {
  readonly path: string;
  /** Hash of the content, or of the path where it cannot be read. */
  readonly id: string;
  readonly known?: StoredImage;
  readonly read?: BytesOutcome;
}

/**
 * Imports files, as {@link findFiles} lists them.
 *
 * @throws OsteonError `interrupted` when the signal stops it
 */
export const importRadiographs = async (
  home: Home,
  files: readonly string[],
  {
    labels: table,
    origin = "internal",
    signal,
    onProgress,
    splitExposures = false,
    anyway = false,
    names = new Map(),
    reader: lent,
  }: ImportOptions = {},
): Promise<ImportReport> => {
  const labels = table && new LabelsOfImport(table, files);
  const work: Work = {
    home,
    labels,
    origin,
    setAside: await quarantineKeys(home.database),
    keeper: await SetAsideKeeper.open(home),
    buffers: new ByteBuffers(),
    looks: await looksOf(home),
    splitExposures,
    anyway,
    names,
    batch: emptyBatch(),
    report: { imported: 0, duplicates: 0, nearDuplicates: [], quarantined: [] },
  };
  const reader = lent ?? new RadiographReader();
  try {
    let done = 0;
    for await (const file of readAhead(work, reader, files)) {
      if (signal?.aborted) break;
      const { known, read } = file;
      const earlier = known ?? (read?.ok ? await samePicture(work, read.radiograph.pixelHash) : undefined);
      if (earlier) await takeDuplicate(work, file, earlier);
      else if (read?.ok) await takeRadiograph(work, file, read);
      else await putAside(work, file, read!);
      const { images, duplicates, quarantined, bytes } = work.batch;
      const isFull = images.length + duplicates.length + quarantined.length >= batchSize || bytes >= bytesAhead;
      if (isFull) await flush(work);
      onProgress?.(++done, files.length);
    }
    await flush(work);
    if (signal?.aborted && done < files.length) {
      throw new OsteonError(
        "interrupted",
        `The import was interrupted after ${done} of ${files.length} files; start it again to go on.`,
      );
    }
    for (const { image, facts } of labels?.settle() ?? []) {
      const stored = await findImage(home.database, image);
      if (stored) await writeFacts(work, stored, facts);
    }
    return { ...work.report, unmatchedLabels: labels?.unmatched ?? 0, labelProblems: labels?.problems ?? [] };
  } finally {
    if (lent === undefined) await reader.close();
    await Promise.allSettled(work.batch.writes); // nothing is written to a home that is closed
  }
};

/** Reads a few files ahead of the one that is being stored, and hands them on in order. */
async function* readAhead(work: Work, reader: RadiographReader, files: readonly string[]): AsyncGenerator<FoundFile> {
  const pending: { readonly size: number; readonly file: Promise<FoundFile> }[] = [];
  const ahead = (): number => pending.reduce((sum, { size }) => sum + size, 0);
  for (const path of files) {
    const { size } = await stat(path).catch(() => ({ size: 0 })); // readFound says what is wrong with it
    while (pending.length >= filesAhead || (pending.length > 0 && ahead() + size > bytesAhead)) {
      yield await pending.shift()!.file;
    }
    const file = readFound(work, reader, path);
    file.catch(() => {}); // told where it is awaited; a closed reader refuses the rest
    pending.push({ size, file });
  }
  while (pending.length > 0) yield await pending.shift()!.file;
}

const readFound = async (
  { home, buffers, splitExposures, anyway }: Work,
  reader: RadiographReader,
  path: string,
): Promise<FoundFile> => {
  const file = await readWholeFile(path, (length) => buffers.take(length));
  if (!file.ok) return { path, id: hashContent(resolve(path)), read: file };
  const id = hashContent(file.bytes);
  const known = await findByContent(home.database, id);
  if (known) {
    buffers.give(file.bytes);
    return { path, id, known };
  }
  return { path, id, read: await reader.readBytes(file.bytes, { splitExposures, anyway }) };
};

/** What the images of a home look like. */
const looksOf = async (home: Home): Promise<NearDuplicates> => {
  const looks = new NearDuplicates((image) => home.files.readPicture(image));
  for (const { id, perceptualHash } of await listPerceptualHashes(home.database)) looks.add(id, perceptualHash);
  return looks;
};

/** The radiograph with the same stored samples, in the home or on the way there; the first exposure of a plate that was split. */
const samePicture = async ({ home, batch }: Work, pixelHash: string): Promise<StoredImage | undefined> => {
  for (const hash of [pixelHash, exposureHash(pixelHash, 1)]) {
    const same = batch.images.find((image) => image.pixelHash === hash) ?? (await findByPixels(home.database, hash));
    if (same) return same;
  }
  return undefined;
};

/** What the file is called, whatever it lies under. */
const nameOf = ({ names }: Work, path: string): string => names.get(path) ?? basename(path);

const flush = async (work: Work): Promise<void> => {
  await Promise.all(work.batch.writes);
  for (const bytes of work.batch.written) work.buffers.give(bytes);
  await insertBatch(work.home.database, work.batch);
  await writeAnnotations(work.home.database, work.batch.marks);
  work.batch = emptyBatch();
};

const takeDuplicate = async (work: Work, { path, id }: FoundFile, earlier: StoredImage): Promise<void> => {
  work.report.duplicates += 1;
  if (earlier.id !== id) work.batch.duplicates.push({ id, image: earlier.id, fileName: nameOf(work, path) });
  release(work, [id, hashContent(resolve(path))]);
  const facts = work.labels?.factsOf(path, earlier) ?? {};
  if (Object.keys(facts).length === 0) return;
  if (work.batch.images.some((image) => image.id === earlier.id)) await flush(work);
  await writeFacts(work, earlier, facts);
};

/** Writes what a table says of a radiograph that the home has. */
const writeFacts = async ({ home }: Work, image: StoredImage, { lesion, ...facts }: LabelFacts): Promise<void> => {
  await updateFacts(home.database, image.id, facts);
  const marks = lesionMarks(lesion, image);
  if (marks) await writeAnnotations(home.database, [marks]);
};

/** The lesion of a table on the picture that shows it, which may be one exposure of a plate; null where it does not. */
const lesionMarks = (
  lesion: LabelFacts["lesion"],
  { id, geometry, width, height }: Pick<StoredImage, "id" | "geometry" | "width" | "height">,
): ImageAnnotations | null => {
  if (!lesion) return null;
  const shown = geometry === null ? { left: 0, top: 0 } : (JSON.parse(geometry) as PlateGeometry).shown;
  const [x, y] = [lesion.x - shown.left, lesion.y - shown.top];
  const [middleX, middleY] = [x + lesion.width / 2, y + lesion.height / 2];
  if (middleX < 0 || middleY < 0 || middleX > width || middleY > height) return null;
  const box = [x, y, x + lesion.width, y + lesion.height] as const;
  return { image: id, source: "labels", annotations: [{ kind: "box", label: "lesion", box }] };
};

const takeRadiograph = async (
  work: Work,
  { path, id }: FoundFile,
  { radiograph, bytes }: { readonly radiograph: ArchivedRadiograph; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<void> => {
  const { home, batch, labels, report } = work;
  const { exposures, pixelHash } = radiograph;
  const pictures: readonly StoredPicture[] =
    exposures.length === 0
      ? [{ image: imageId(id), exposure: null, pixelHash, picture: radiograph }]
      : exposures.map((picture, i) => ({
          image: exposureId(id, i + 1),
          exposure: i + 1,
          pixelHash: exposureHash(pixelHash, i + 1),
          picture,
        }));
  const facts = labels?.factsOf(path, { id: pictures[0]!.image, fileName: nameOf(work, path) }) ?? {};
  const writes = [
    home.files.writeOriginal(id, bytes),
    ...pictures.map(({ image, picture }) => home.files.writePicture(image, picture.png)),
  ];
  for (const write of writes) {
    write.catch(() => {}); // told where the batch awaits it
    batch.writes.push(write);
  }
  batch.bytes += bytes.length;
  batch.written.push(bytes);
  const person = await personOf(work, path, { named: facts.patient, PatientID: radiograph.attributes.PatientID });
  const described = describe(radiograph, facts, work);
  for (const { image, exposure, pixelHash: own, picture } of pictures) {
    const nearDuplicateOf = (await work.looks.find(picture)) ?? null;
    work.looks.add(image, picture.perceptualHash, picture.detail);
    if (nearDuplicateOf) report.nearDuplicates.push({ file: path, image, of: nearDuplicateOf });
    const stored = {
      id: image,
      fileId: id,
      exposure,
      ...person,
      ...described,
      pixelHash: own,
      width: picture.width,
      height: picture.height,
      perceptualHash: picture.perceptualHash,
      geometry: JSON.stringify(picture.geometry),
      nearDuplicateOf,
      fileName: nameOf(work, path),
    };
    batch.images.push(stored);
    const marks = lesionMarks(facts.lesion, stored);
    if (marks) batch.marks.push(marks);
  }
  release(work, [id, hashContent(resolve(path))]);
  report.imported += pictures.length;
};

/** A picture on its way into the home: a whole plate or one exposure on it. */
interface StoredPicture {
  readonly image: ImageId;
  readonly exposure: number | null;
  readonly pixelHash: string;
  readonly picture: ArchivedPicture;
}

const putAside = async (
  work: Work,
  { path, id }: FoundFile,
  { reason, bytes }: Extract<BytesOutcome, { ok: false }>,
): Promise<void> => {
  const { batch, buffers, labels, report, setAside, keeper } = work;
  const pathHash = hashContent(resolve(path));
  report.quarantined.push({ file: path, reason: reason.detail, id });
  const { kept, write } = id === pathHash ? { kept: "unreadable" as const } : await keeper.keep(id, path, bytes);
  if (write) {
    write.catch(() => {}); // told where the batch awaits it
    batch.writes.push(write);
    batch.bytes += bytes?.length ?? 0;
  }
  if (bytes) {
    if (write) batch.written.push(bytes);
    else buffers.give(bytes);
  }
  batch.quarantined.push({ id, pathHash, fileName: nameOf(work, path), ...reason, ...(kept ? { kept } : {}) });
  setAside.add(id).add(pathHash);
  labels?.setAside(path);
};

/** What was set aside under one of these hashes is no longer. */
const release = ({ batch, setAside }: Work, hashes: readonly string[]): void => {
  batch.released.push(...hashes.filter((hash) => setAside.delete(hash)));
};

const describe = (
  { attributes, format, colourfulness }: ArchivedRadiograph,
  facts: LabelFacts,
  { origin }: Work,
): Omit<StoredImage, "id" | "fileId" | "exposure" | "fileName" | keyof Person | OfPicture> => ({
  ...acquisitionFacts(attributes),
  format,
  colourfulness,
  modality: attributes.Modality ?? null,
  origin: facts.origin ?? origin,
  label: facts.label ?? null,
  entity: facts.entity ?? null,
  region: facts.region ?? null,
  ageYears: facts.ageYears ?? null,
  sex: facts.sex ?? attributes.PatientSex ?? null,
  site: facts.site ?? null,
  position: facts.position ?? null,
});

type OfPicture = "width" | "height" | "pixelHash" | "perceptualHash" | "geometry" | "nearDuplicateOf";

type Person = Pick<StoredImage, "patient" | "sourcePatient" | "nameFolder">;

/**
 * Whose radiograph a file is: by the labels, by its header, or else by its name. Namesakes in several folders are different
 * persons: the first folder's keeps the bare name, those of others are told apart by a hash of theirs.
 */
const personOf = async (
  work: Work,
  path: string,
  { named, PatientID }: { named: PatientId | undefined; PatientID: string | undefined },
): Promise<Person> => {
  const { home, batch, names } = work;
  const sourcePatient = patientOf(nameOf(work, path), PatientID);
  if (named !== undefined || PatientID?.trim()) {
    return { patient: named ?? sourcePatient, sourcePatient, nameFolder: null };
  }
  const nameFolder = hashContent(names.has(path) ? resolve(path) : dirname(resolve(path)));
  const namesakes = [
    ...batch.images.filter(({ patient }) => patient === sourcePatient).map((image) => image.nameFolder),
    ...(await nameFoldersOf(home.database, sourcePatient)),
  ];
  // One whom a header or a table names like this file is taken for the same person.
  const isFree = namesakes.length === 0 || namesakes.includes(null) || namesakes.includes(nameFolder);
  const patient = isFree ? sourcePatient : patientId(`${sourcePatient}@${nameFolder.slice(0, 8)}`);
  return { patient, sourcePatient, nameFolder };
};

/** Whom a file itself names: the DICOM header's patient, or else the file name without its extension. */
export const patientOf = (fileName: string, PatientID: string | undefined): PatientId =>
  patientId((PatientID?.trim() || basename(fileName, extname(fileName))).normalize("NFC"));
