/**
 * Radiographs into the home. A file is known by its content: the same bytes, or the same stored samples in another
 * encoding, are never taken twice, so an import that was killed is simply started again.
 *
 * Order of writing: the original and its small picture first, then the row, in batches of one transaction. What has a row
 * is whole; a file without one is written again.
 */

import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { imageId, patientId } from "../../clinic/ids.ts";
import type { LabelsRow, LabelsTable } from "../../clinic/labels-table.ts";
import { OsteonError } from "../../errors.ts";
import { encodeGreyPng } from "../../imaging/grey-png.ts";
import { smallPicture } from "../../imaging/small-picture.ts";
import {
  type DuplicateFile,
  findByContent,
  findByPixels,
  type Home,
  hashContent,
  hashFile,
  insertBatch,
  type Origin,
  type QuarantinedFile,
  type StoredImage,
  updateFacts,
} from "../../store/index.ts";
import { type RadiographRead, RadiographReader } from "./read-radiograph.ts";

/** What an import is told. */
export interface ImportOptions {
  readonly labels?: LabelsTable;
  /** Where the radiographs come from, unless a row of the labels says otherwise. */
  readonly origin?: Origin;
  /** Stops between two files; what was imported stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What became of the files. */
export interface ImportReport {
  readonly imported: number;
  readonly duplicates: number;
  readonly quarantined: readonly { readonly file: string; readonly reason: string }[];
}

const batchSize = 16;

/**
 * Imports files, as {@link findFiles} lists them.
 *
 * @throws OsteonError `interrupted` when the signal stops it
 */
export const importRadiographs = async (
  home: Home,
  files: readonly string[],
  options: ImportOptions = {},
): Promise<ImportReport> => {
  const reader = new RadiographReader();
  const report = { imported: 0, duplicates: 0, quarantined: [] as { file: string; reason: string }[] };
  let batch = emptyBatch();
  const flush = async (): Promise<void> => {
    await insertBatch(home.database, batch);
    batch = emptyBatch();
  };
  try {
    const ahead = readAhead(home, reader, files);
    let done = 0;
    for await (const file of ahead) {
      if (options.signal?.aborted) break;
      const earlier = batchDuplicate(batch, file) ?? (await homeDuplicate(home, file));
      if (earlier) {
        report.duplicates += 1;
        if (earlier.id !== file.id)
          batch.duplicates.push({ id: file.id, image: earlier.id, fileName: basename(file.path) });
        await applyLabels(home, earlier, options.labels);
      } else if (file.read === undefined || !file.read.ok) {
        const reason = file.read?.reason ?? { code: "unreadable-file", detail: "The file changed while it was read." };
        report.quarantined.push({ file: file.path, reason: reason.detail });
        batch.quarantined.push({ id: file.id, fileName: basename(file.path), ...reason });
      } else {
        batch.images.push(await store(home, { ...file, radiograph: file.read.radiograph }, options));
        report.imported += 1;
      }
      if (batch.images.length + batch.duplicates.length + batch.quarantined.length >= batchSize) await flush();
      options.onProgress?.(++done, files.length);
    }
    await flush();
    if (options.signal?.aborted && done < files.length) {
      throw new OsteonError(
        "interrupted",
        `The import was interrupted after ${done} of ${files.length} files; start it again to go on.`,
      );
    }
    return report;
  } finally {
    await reader.close();
  }
};

interface Batch {
  readonly images: StoredImage[];
  readonly duplicates: DuplicateFile[];
  readonly quarantined: QuarantinedFile[];
}

const emptyBatch = (): Batch => ({ images: [], duplicates: [], quarantined: [] });

/** A file with the hash of its content, and what the reader made of it unless the home has the same bytes. */
interface FoundFile {
  readonly path: string;
  readonly id: string;
  readonly known?: StoredImage;
  readonly read?: Awaited<ReturnType<RadiographReader["read"]>>;
}

/** Hashes and decodes a few files ahead of the one that is being stored, and hands them on in order. */
async function* readAhead(home: Home, reader: RadiographReader, files: readonly string[]): AsyncGenerator<FoundFile> {
  const depth = 6;
  const pending: Promise<FoundFile>[] = [];
  const begin = async (path: string): Promise<FoundFile> => {
    let id: string;
    try {
      id = await hashFile(path);
    } catch (error) {
      const detail = `The file cannot be opened (${(error as NodeJS.ErrnoException).code}).`;
      return { path, id: hashContent(path), read: { ok: false, reason: { code: "unreadable-file", detail } } };
    }
    const known = await findByContent(home.database, id);
    return known ? { path, id, known } : { path, id, read: await reader.read(path) };
  };
  for (const path of files) {
    const started = begin(path);
    started.catch(() => {}); // told where it is awaited; a closed reader refuses the rest
    pending.push(started);
    if (pending.length >= depth) yield await pending.shift()!;
  }
  while (pending.length > 0) yield await pending.shift()!;
}

/** The same picture earlier in the batch that is not yet written. */
const batchDuplicate = (batch: Batch, { id, read }: FoundFile): StoredImage | undefined =>
  batch.images.find((image) => image.id === id || (read?.ok && image.pixelHash === read.radiograph.pixelHash));

const homeDuplicate = async (home: Home, { known, read }: FoundFile): Promise<StoredImage | undefined> =>
  known ?? (read?.ok ? await findByPixels(home.database, read.radiograph.pixelHash) : undefined);

const store = async (
  home: Home,
  { path, id, radiograph }: { path: string; id: string; radiograph: RadiographRead },
  { labels, origin = "internal" }: ImportOptions,
): Promise<StoredImage> => {
  const fileName = basename(path);
  const { attributes, image } = radiograph;
  const row = labels?.rows.get(fileName) ?? {};
  await home.files.writeOriginal(id, await readFile(path));
  await home.files.writePicture(id, await encodeGreyPng(smallPicture(image)));
  return {
    id: imageId(id),
    patient: row.patient ?? patientOf(fileName, attributes.PatientID),
    fileName,
    format: radiograph.format,
    pixelHash: radiograph.pixelHash,
    colourfulness: radiograph.colourfulness,
    width: image.width,
    height: image.height,
    modality: attributes.Modality ?? null,
    origin: row.origin ?? origin,
    label: row.label ?? null,
    entity: row.entity ?? null,
    region: row.region ?? null,
    ageYears: row.ageYears ?? null,
    sex: row.sex ?? attributes.PatientSex ?? null,
    site: row.site ?? null,
    position: row.position ?? null,
  };
};

/** Whose radiograph a file is: by the DICOM header, or else the file name without its extension stands for the patient. */
export const patientOf = (fileName: string, PatientID: string | undefined): StoredImage["patient"] =>
  patientId(PatientID?.trim() || basename(fileName, extname(fileName)));

/** What the labels say of a radiograph that is already there. */
const applyLabels = async (home: Home, image: StoredImage, labels: LabelsTable | undefined): Promise<void> => {
  const row: LabelsRow | undefined = labels?.rows.get(image.fileName);
  if (row) await updateFacts(home.database, image.id, row);
};
