/** The patients of a home as a cohort's criteria see them: HIS records where there are any, else what labels said of the radiographs. */
import { type CohortImage, gatherSubjects, type Subject } from "../../../clinic/cohorts/subject.ts";
import type { ImageId, PatientId } from "../../../clinic/ids.ts";
import type { CaseRecord, PatientRecord, Sex } from "../../../clinic/records.ts";
import { type Database, judgedTexts, listImages, readClinicalRecords, type StoredImage } from "../../../store/index.ts";

/** Every patient of a home, or some, with cases and radiographs. */
export const loadSubjects = async (database: Database, of?: readonly PatientId[]): Promise<Subject[]> => {
  if (of?.length === 0) return [];
  const [records, images] = [await readClinicalRecords(database, of), await listImages(database, of)];
  const texts = await judgedTexts(database);
  const inTables = new Set(records.cases.map(({ patient }) => patient));
  const known = new Set(records.patients.map(({ patient }) => patient));
  const labelled = Map.groupBy(
    images.filter(({ patient }) => !inTables.has(patient)),
    ({ patient }) => patient,
  );
  const imagesOf = Map.groupBy(images, ({ patient }) => patient);
  const fromLabels = [...labelled].map(([patient, own]) => recordsOf(patient, own));
  return gatherSubjects(
    {
      patients: [
        ...records.patients.map((record) => withOrigin(record, imagesOf.get(record.patient) ?? [])),
        ...fromLabels.flatMap(({ person }) => (known.has(person.patient) ? [] : [person])),
      ],
      cases: [...records.cases, ...fromLabels.flatMap(({ cases }) => cases)],
    },
    images.map((image) => ({ patient: image.patient, ...cohortImage(image, texts) })),
  );
};

/** Tables seldom say where a patient comes from; then the radiographs do, where all of them say the same. */
const withOrigin = (record: PatientRecord, images: readonly StoredImage[]): PatientRecord => {
  const [origin, ...others] = new Set(images.map((image) => image.origin));
  return record.origin !== undefined || origin === undefined || others.length > 0 ? record : { ...record, origin };
};

const cohortImage = (
  { id, acquisitionDate, region, origin }: StoredImage,
  texts: ReadonlyMap<ImageId, boolean>,
): CohortImage => ({
  image: id,
  origin,
  burnedInText: texts.has(id) ? (texts.get(id) ? "yes" : "no") : "unknown",
  ...(acquisitionDate === null ? {} : { date: acquisitionDate }),
  ...(region === null ? {} : { region }),
});

const sexes: Readonly<Record<string, Sex>> = {
  F: "female",
  M: "male",
  O: "other",
  female: "female",
  male: "male",
  other: "other",
};

/** What the labels of a patient's radiographs say; a patient whose radiographs name no entity has no case. */
const recordsOf = (
  patient: PatientId,
  images: readonly StoredImage[],
): { person: PatientRecord; cases: readonly CaseRecord[] } => {
  const first = <Key extends keyof StoredImage>(key: Key): NonNullable<StoredImage[Key]> | undefined =>
    images.find((image) => image[key] !== null)?.[key] ?? undefined;
  const sex = sexes[first("sex") ?? ""];
  const [entity, site, position, ageYears] = [first("entity"), first("site"), first("position"), first("ageYears")];
  const person: PatientRecord = { patient, origin: images[0]!.origin, ...(sex ? { sex } : {}) };
  if (entity === undefined) return { person, cases: [] };
  const only: CaseRecord = {
    patient,
    case: `${patient} (labels)`,
    final: { entity },
    ...(site === undefined ? {} : { site }),
    ...(position === undefined ? {} : { position }),
    ...(ageYears === undefined ? {} : { ageYears }),
    treatments: [],
    followUps: [],
  };
  return { person, cases: [only] };
};
