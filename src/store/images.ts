/** The radiographs of a home, and the files that were duplicates or set aside. */

import type { Insertable, Selectable } from "kysely";
import { type ImageId, imageId, type PatientId, patientId } from "../clinic/ids.ts";
import type { Database } from "./database.ts";
import type { ImagesTable, Origin, SetAsideKept } from "./schema.ts";

/** What is known of a radiograph besides its pixels; null where nothing is. */
export interface ClinicalFacts {
  readonly label: string | null;
  readonly entity: string | null;
  readonly region: string | null;
  readonly ageYears: number | null;
  readonly sex: string | null;
  readonly site: string | null;
  readonly position: string | null;
}

/** What a file says of how its radiograph came to be; null where it does not. */
export interface AcquisitionFacts {
  readonly sopInstanceUid: string | null;
  readonly studyInstanceUid: string | null;
  readonly seriesInstanceUid: string | null;
  /** yyyy-mm-dd, of the acquisition or else of the study. */
  readonly acquisitionDate: string | null;
  readonly viewPosition: string | null;
  readonly bodyPart: string | null;
  readonly laterality: string | null;
  readonly manufacturer: string | null;
}

/** Of a file that says nothing, such as a PNG. */
export const unknownAcquisition: AcquisitionFacts = {
  sopInstanceUid: null,
  studyInstanceUid: null,
  seriesInstanceUid: null,
  acquisitionDate: null,
  viewPosition: null,
  bodyPart: null,
  laterality: null,
  manufacturer: null,
};

/** A stored radiograph. */
export interface StoredImage extends ClinicalFacts, AcquisitionFacts {
  /** The hash of the file's bytes, or {@link exposureId} for one exposure of a plate that was split. */
  readonly id: ImageId;
  /** SHA-256 of the bytes of the file that holds it: the name of the original. */
  readonly fileId: string;
  /** Its number on a plate that was split, from 1; null where the image is the whole plate. */
  readonly exposure: number | null;
  readonly patient: PatientId;
  /** Whom the file itself names, by its header or its name; null where it was imported before that was kept. */
  readonly sourcePatient: PatientId | null;
  /** Hash of the folder's path where the file's name stands for the patient, null where more than that does. */
  readonly nameFolder: string | null;
  readonly fileName: string;
  readonly format: "dicom" | "png" | "jpeg";
  readonly pixelHash: string;
  readonly colourfulness: number;
  readonly width: number;
  readonly height: number;
  readonly modality: string | null;
  readonly origin: Origin;
  /** 16 hexadecimal digits: alike for pictures that look alike; null where it was imported before that was kept. */
  readonly perceptualHash: string | null;
  /** JSON text: what was found on the plate, and where on it the small picture lies. */
  readonly geometry: string | null;
  /** The image that this one shows again, at another size, contrast or coding. */
  readonly nearDuplicateOf: ImageId | null;
}

/** The id of one exposure, counted from 1, of the plate in a file. */
export const exposureId = (fileId: string, exposure: number): ImageId => imageId(`${fileId}#${exposure}`);

/** Stands for the samples of one exposure, counted from 1, of the plate with these samples. */
export const exposureHash = (pixelHash: string, exposure: number): string => `${pixelHash}#${exposure}`;

/** A file that repeats a stored radiograph. */
export interface DuplicateFile {
  readonly id: string;
  readonly image: ImageId;
  readonly fileName: string;
}

/** A file that was set aside. */
export interface QuarantinedFile {
  /** Hash of the content, or of the path where it cannot be read. */
  readonly id: string;
  readonly pathHash: string;
  readonly fileName: string;
  readonly code: string;
  readonly detail: string;
  /** Whether its bytes are in the home ({@link HomeFiles.writeSetAside}), or why not. */
  readonly kept?: SetAsideKept;
}

/** What one step of an import adds; written together or not at all. */
export interface ImportBatch {
  readonly images: readonly StoredImage[];
  readonly duplicates: readonly DuplicateFile[];
  readonly quarantined: readonly QuarantinedFile[];
  /** Hashes of contents or paths that were set aside earlier and no longer are. */
  readonly released?: readonly string[];
}

/** Rows of one statement, whose values the database numbers with 16 bits. */
const rowsAtOnce = 200;

/** Writes a batch in one transaction. */
export const insertBatch = (database: Database, batch: ImportBatch): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    for (let from = 0; from < batch.images.length; from += rowsAtOnce) {
      const rows = batch.images.slice(from, from + rowsAtOnce).map(toRow);
      await transaction.insertInto("images").values(rows).execute();
    }
    for (const { id, image, fileName } of batch.duplicates) {
      await transaction
        .insertInto("duplicates")
        .values({ id, image_id: image, file_name: fileName })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    }
    for (const { id, pathHash, fileName, code, detail, kept = null } of batch.quarantined) {
      // What the same path held before is no longer there to be set aside.
      await transaction.deleteFrom("quarantine").where("path_hash", "=", pathHash).where("id", "<>", id).execute();
      const row = { file_name: fileName, code, detail, path_hash: pathHash, kept };
      await transaction
        .insertInto("quarantine")
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    }
    for (const key of batch.released ?? []) {
      await transaction
        .deleteFrom("quarantine")
        .where((where) => where.or([where("id", "=", key), where("path_hash", "=", key)]))
        .execute();
    }
  });

/** The hashes of contents and paths that are set aside, for {@link ImportBatch.released}. */
export const quarantineKeys = async (database: Database): Promise<Set<string>> => {
  const rows = await database.selectFrom("quarantine").select(["id", "path_hash"]).execute();
  return new Set(rows.flatMap(({ id, path_hash }) => (path_hash === null ? [id] : [id, path_hash])));
};

/** Every stored radiograph, or those of some patients, in the order of file names, then ids: the same on every machine. */
export const listImages = async (database: Database, of?: readonly PatientId[]): Promise<StoredImage[]> => {
  const query = database.selectFrom("images").selectAll();
  const rows = await (of === undefined ? query : query.where("patient_id", "in", of)).execute();
  return rows.map(fromRow).sort((a, b) => compare(a.fileName, b.fileName) || compare(a.id, b.id));
};

/** How many radiographs are stored. */
export const countImages = async (database: Database): Promise<number> => {
  const counted = await database
    .selectFrom("images")
    .select(({ fn }) => fn.countAll<string>().as("images"))
    .executeTakeFirstOrThrow();
  return Number(counted.images);
};

/** The radiograph of this id. */
export const findImage = async (database: Database, id: ImageId): Promise<StoredImage | undefined> => {
  const row = await database.selectFrom("images").selectAll().where("id", "=", id).executeTakeFirst();
  return row && fromRow(row);
};

/** The radiographs of these ids, as far as they are there, in no order. */
export const findImages = async (database: Database, ids: readonly ImageId[]): Promise<StoredImage[]> => {
  if (ids.length === 0) return [];
  return (await database.selectFrom("images").selectAll().where("id", "in", ids).execute()).map(fromRow);
};

/** The radiograph that a file repeats, by its bytes (also those of a known duplicate); the first of a plate that was split. */
export const findByContent = async (database: Database, contentHash: string): Promise<StoredImage | undefined> => {
  const row = await database
    .selectFrom("images")
    .selectAll()
    .where((where) =>
      where.or([
        where("file_id", "=", contentHash),
        where("id", "in", where.selectFrom("duplicates").select("image_id").where("duplicates.id", "=", contentHash)),
      ]),
    )
    .orderBy("exposure")
    .limit(1)
    .executeTakeFirst();
  return row && fromRow(row);
};

/** The radiograph with the same stored samples. */
export const findByPixels = async (database: Database, pixelHash: string): Promise<StoredImage | undefined> => {
  const row = await database.selectFrom("images").selectAll().where("pixel_hash", "=", pixelHash).executeTakeFirst();
  return row && fromRow(row);
};

/** Under which numbers the archive has the one whom files name so: a labels table may have said otherwise of each. */
export const patientsNamed = async (database: Database, source: PatientId): Promise<PatientId[]> => {
  const rows = await database
    .selectFrom("images")
    .select("patient_id")
    .distinct()
    .where("source_patient_id", "=", source)
    .orderBy("patient_id")
    .execute();
  return rows.map(({ patient_id }) => patientId(patient_id));
};

/** The {@link StoredImage.nameFolder} of each radiograph of a patient. */
export const nameFoldersOf = async (database: Database, patient: PatientId): Promise<(string | null)[]> => {
  const rows = await database.selectFrom("images").select("name_folder").where("patient_id", "=", patient).execute();
  return rows.map(({ name_folder }) => name_folder);
};

/** Writes what a labels table says of a stored radiograph; facts it does not mention stay. */
export const updateFacts = async (
  database: Database,
  image: ImageId,
  facts: Partial<ClinicalFacts> & { readonly patient?: PatientId; readonly origin?: Origin },
): Promise<void> => {
  const { patient, ageYears, ...rest } = facts;
  const changes = {
    ...rest,
    ...(patient === undefined ? {} : { patient_id: patient, name_folder: null }),
    ...(ageYears === undefined ? {} : { age_years: ageYears }),
  };
  if (Object.keys(changes).length > 0)
    await database.updateTable("images").set(changes).where("id", "=", image).execute();
};

/** Every image that has a perceptual hash, with the hash. */
export const listPerceptualHashes = async (
  database: Database,
): Promise<{ readonly id: ImageId; readonly perceptualHash: string }[]> => {
  const rows = await database
    .selectFrom("images")
    .select(["id", "perceptual_hash"])
    .where("perceptual_hash", "is not", null)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ id: imageId(row.id), perceptualHash: row.perceptual_hash! }));
};

/** How much a home holds. */
export const countHome = async (
  database: Database,
): Promise<{ images: number; patients: number; quarantined: number }> => {
  const { images, patients } = await database
    .selectFrom("images")
    .select(({ fn }) => [fn.countAll<string>().as("images"), fn.count<string>("patient_id").distinct().as("patients")])
    .executeTakeFirstOrThrow();
  const { quarantined } = await database
    .selectFrom("quarantine")
    .select(({ fn }) => fn.countAll<string>().as("quarantined"))
    .executeTakeFirstOrThrow();
  return { images: Number(images), patients: Number(patients), quarantined: Number(quarantined) };
};

/** How many radiographs of how many patients have a value of a field, and how many different ones there are. */
export const countLabelled = async (
  database: Database,
  field: "entity" | "region" | "label",
): Promise<{ classes: number; radiographs: number; patients: number }> => {
  const counted = await database
    .selectFrom("images")
    .select(({ fn }) => [
      fn.count<string>(field).distinct().as("classes"),
      fn.countAll<string>().as("radiographs"),
      fn.count<string>("patient_id").distinct().as("patients"),
    ])
    .where(field, "is not", null)
    .executeTakeFirstOrThrow();
  const { classes, radiographs, patients } = counted;
  return { classes: Number(classes), radiographs: Number(radiographs), patients: Number(patients) };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const toRow = (image: StoredImage): Insertable<ImagesTable> => ({
  id: image.id,
  file_id: image.fileId,
  exposure: image.exposure,
  patient_id: image.patient,
  source_patient_id: image.sourcePatient,
  name_folder: image.nameFolder,
  file_name: image.fileName,
  format: image.format,
  pixel_hash: image.pixelHash,
  colourfulness: image.colourfulness,
  width: image.width,
  height: image.height,
  modality: image.modality,
  origin: image.origin,
  label: image.label,
  entity: image.entity,
  region: image.region,
  age_years: image.ageYears,
  sex: image.sex,
  site: image.site,
  position: image.position,
  sop_instance_uid: image.sopInstanceUid,
  study_instance_uid: image.studyInstanceUid,
  series_instance_uid: image.seriesInstanceUid,
  acquisition_date: image.acquisitionDate,
  view_position: image.viewPosition,
  body_part: image.bodyPart,
  laterality: image.laterality,
  manufacturer: image.manufacturer,
  perceptual_hash: image.perceptualHash,
  geometry: image.geometry,
  near_duplicate_of: image.nearDuplicateOf,
});

const fromRow = (row: Selectable<ImagesTable>): StoredImage => ({
  id: imageId(row.id),
  fileId: row.file_id,
  exposure: row.exposure,
  patient: patientId(row.patient_id),
  sourcePatient: row.source_patient_id === null ? null : patientId(row.source_patient_id),
  nameFolder: row.name_folder,
  fileName: row.file_name,
  format: row.format,
  pixelHash: row.pixel_hash,
  colourfulness: row.colourfulness,
  width: row.width,
  height: row.height,
  modality: row.modality,
  origin: row.origin,
  label: row.label,
  entity: row.entity,
  region: row.region,
  ageYears: row.age_years,
  sex: row.sex,
  site: row.site,
  position: row.position,
  sopInstanceUid: row.sop_instance_uid,
  studyInstanceUid: row.study_instance_uid,
  seriesInstanceUid: row.series_instance_uid,
  acquisitionDate: row.acquisition_date,
  viewPosition: row.view_position,
  bodyPart: row.body_part,
  laterality: row.laterality,
  manufacturer: row.manufacturer,
  perceptualHash: row.perceptual_hash,
  geometry: row.geometry,
  nearDuplicateOf: row.near_duplicate_of === null ? null : imageId(row.near_duplicate_of),
});
