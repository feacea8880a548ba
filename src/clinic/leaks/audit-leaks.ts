/**
 * Looks for what two sets of patients must not share, such as the two sides of a split: the same patient, the same study,
 * the same picture under two names, pictures that look the same, one person under two numbers. Each is reported with both
 * sides, for a person to decide; nothing is removed.
 */
import { popcount32 } from "../../numeric/hamming.ts";
import type { ImageId, PatientId } from "../ids.ts";
import type { CaseRecord, PatientRecord } from "../records.ts";

/** A radiograph as the audit sees it. */
export interface AuditedImage {
  readonly image: ImageId;
  readonly patient: PatientId;
  readonly studyInstanceUid?: string;
  /** Hash of the stored samples. */
  readonly pixelHash: string;
  /** 16 hexadecimal digits, alike for pictures that look alike. */
  readonly perceptualHash?: string;
  /** The image that this one was found to show again: of copies of copies, the first. */
  readonly nearDuplicateOf?: ImageId;
}

/** One of the two sets. */
export interface AuditedSet {
  readonly patients: readonly (PatientRecord & { readonly cases: readonly CaseRecord[] })[];
  readonly images: readonly AuditedImage[];
}

/** What is known besides the sets. */
export interface AuditOptions {
  /** Pairs of numbers that tables gave to one person. */
  readonly samePerson?: readonly (readonly [PatientId, PatientId])[];
  /** Bits of 64 in which two perceptual hashes may differ and still be told; 4 by default, none are compared below 0. */
  readonly hashDistance?: number;
}

export type LeakKind = "same-patient" | "same-study" | "same-picture" | "near-duplicate" | "same-person";

/** What is shared. */
export interface Leak {
  readonly kind: LeakKind;
  readonly patients: readonly [PatientId, PatientId];
  /** Where pictures show it. */
  readonly images?: readonly [ImageId, ImageId];
  /** Why, without patient data. */
  readonly detail: string;
}

/**
 * Compares two sets. Of a pair of images, only the strongest finding is told: the same picture, else the same study, else
 * alike.
 *
 * @example
 * auditLeaks(training, test).length; // 0 for a clean split
 */
export const auditLeaks = (
  a: AuditedSet,
  b: AuditedSet,
  { samePerson = [], hashDistance = 4 }: AuditOptions = {},
): Leak[] => [
  ...samePatients(a, b),
  ...sharedImages(a, b, hashDistance),
  ...namedTwice(a, b, samePerson),
  ...alikePersons(a, b),
];

const samePatients = (a: AuditedSet, b: AuditedSet): Leak[] => {
  const patientsOf = (set: AuditedSet): Set<PatientId> =>
    new Set([...set.patients.map(({ patient }) => patient), ...set.images.map(({ patient }) => patient)]);
  return [...patientsOf(a).intersection(patientsOf(b))].map((patient) => ({
    kind: "same-patient",
    patients: [patient, patient],
    detail: "The patient is in both sets.",
  }));
};

const sharedImages = (a: AuditedSet, b: AuditedSet, hashDistance: number): Leak[] => {
  const leaks: Leak[] = [];
  const told = new Set<string>();
  const tell = (kind: LeakKind, one: AuditedImage, other: AuditedImage, detail: string): void => {
    const pair = `${one.image} ${other.image}`;
    if (told.has(pair)) return;
    told.add(pair);
    leaks.push({ kind, patients: [one.patient, other.patient], images: [one.image, other.image], detail });
  };
  const tellBy = (kind: LeakKind, keyOf: (image: AuditedImage) => string | undefined, detail: string): void => {
    const others = Map.groupBy(b.images, keyOf);
    for (const one of a.images) {
      const key = keyOf(one);
      for (const other of (key !== undefined && others.get(key)) || []) tell(kind, one, other, detail);
    }
  };
  tellBy("same-picture", ({ pixelHash }) => pixelHash, "Both hold the same samples.");
  tellBy("same-study", ({ studyInstanceUid }) => studyInstanceUid, "Both belong to one study.");
  const duplicateKey = ({ image, nearDuplicateOf }: AuditedImage): string => nearDuplicateOf ?? image;
  tellBy("near-duplicate", duplicateKey, "They were found at import to show the same.");
  for (const [one, other, distance] of alikeHashes(a.images, b.images, hashDistance)) {
    tell("near-duplicate", one, other, `The perceptual hashes differ in ${distance} of 64 bits; look at both.`);
  }
  return leaks;
};

/** Pairs whose 64-bit hashes are near; every pair is compared, a hundred million in about a second. */
function* alikeHashes(
  a: readonly AuditedImage[],
  b: readonly AuditedImage[],
  most: number,
): Generator<[AuditedImage, AuditedImage, number]> {
  if (most < 0) return;
  const hashed = (images: readonly AuditedImage[]): AuditedImage[] =>
    images.filter(({ perceptualHash }) => /^[0-9a-f]{16}$/.test(perceptualHash ?? ""));
  const [left, right] = [hashed(a), hashed(b)];
  const words = (images: readonly AuditedImage[], from: number): Uint32Array =>
    Uint32Array.from(images, ({ perceptualHash }) => Number.parseInt(perceptualHash!.slice(from, from + 8), 16));
  const [rightHigh, rightLow] = [words(right, 0), words(right, 8)];
  const [leftHigh, leftLow] = [words(left, 0), words(left, 8)];
  for (let i = 0; i < left.length; i++) {
    for (let j = 0; j < right.length; j++) {
      const distance = popcount32(leftHigh[i]! ^ rightHigh[j]!) + popcount32(leftLow[i]! ^ rightLow[j]!);
      if (distance <= most) yield [left[i]!, right[j]!, distance];
    }
  }
}

const namedTwice = (a: AuditedSet, b: AuditedSet, pairs: NonNullable<AuditOptions["samePerson"]>): Leak[] => {
  const [inA, inB] = [a, b].map((set) => new Set(set.patients.map(({ patient }) => patient)));
  return pairs
    .flatMap(([one, other]): [PatientId, PatientId][] => [
      [one, other],
      [other, one],
    ])
    .filter(([one, other]) => inA!.has(one) && inB!.has(other))
    .map((patients) => ({ kind: "same-person", patients, detail: "The tables give one person both numbers." }));
};

/** Persons with the same birthday, sex and tumour: by chance about one pair in a few thousand patients. */
const alikePersons = (a: AuditedSet, b: AuditedSet): Leak[] => {
  const keysOf = ({ patient, birthDate, sex, cases }: AuditedSet["patients"][number]): [string, PatientId][] =>
    birthDate?.length === 10 && sex !== undefined
      ? cases.map(({ final, preliminary, site, side }) => [
          JSON.stringify([birthDate, sex, (final ?? preliminary)?.entity, site, side]),
          patient,
        ])
      : [];
  const others = Map.groupBy(b.patients.flatMap(keysOf), ([key]) => key);
  const pairs = new Map<string, [PatientId, PatientId]>();
  for (const [key, one] of a.patients.flatMap(keysOf)) {
    for (const [, other] of others.get(key) ?? []) if (one !== other) pairs.set(`${one} ${other}`, [one, other]);
  }
  return [...pairs.values()].map((patients) => ({
    kind: "same-person",
    patients,
    detail: "Birthday, sex, entity, site and side are the same.",
  }));
};
