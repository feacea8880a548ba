/**
 * The synthetic centre's patients: who has which tumour where. Entities and bones keep the margins of the recommender study
 * (Hinterwimmer et al., Eur Radiol 2024, table 1); how they go together is clinical knowledge fitted to these margins.
 */
import { type Entity, entities } from "../clinic/entities.ts";
import { patientId } from "../clinic/ids.ts";
import { type Site, siteFacts, sites } from "../clinic/sites.ts";
import { OsteonError } from "../errors.ts";
import { Random } from "../numeric/random.ts";
import { type AgeDistribution, type EntityProfile, entityProfiles } from "./entity-profiles.ts";
import type { Examination, FollowUp, PhantomPatient, View } from "./patient.ts";
import { type PlaceFacts, places } from "./places.ts";

/** How many patients, and the seed of everything about them. */
export interface PhantomOptions {
  readonly patients: number;
  readonly seed: number;
}

/** Share of patients referred by practitioners or from abroad: about a tenth in the dissertation's chapter 2.1. */
const externalShare = 0.12;

/** Chances of 1, 2, 3 and 4 radiographs: 2.215 on average, as 1792 of 809 patients. */
const radiographCounts = [0.2, 0.5, 0.185, 0.115];

/**
 * Chances of each bone for each entity: clinical liking, scaled in turn by rows and columns until both published margins
 * hold (iterative proportional fitting, Deming and Stephan 1940). Rows as `entities`, columns as `sites`, in patients.
 */
export const jointCounts = (): number[][] => {
  const cells = entities.map(({ entity }) => sites.map(({ site }) => entityProfiles[entity].sites[site] ?? 0.002));
  for (let round = 0; round < 200; round++) {
    for (const [i, row] of cells.entries()) {
      const sum = row.reduce((total, value) => total + value, 0);
      for (let j = 0; j < row.length; j++) row[j]! *= entities[i]!.publishedPatients / sum;
    }
    for (const [j, { publishedPatients }] of sites.entries()) {
      const sum = cells.reduce((total, row) => total + row[j]!, 0);
      for (const row of cells) row[j]! *= publishedPatients / sum;
    }
  }
  return cells;
};

/** Whole numbers that sum to `total` in the given proportions (largest remainders). */
const quotas = (weights: readonly number[], total: number): number[] => {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (weight / sum) * total);
  const whole = exact.map(Math.floor);
  const order = exact
    .map((value, i) => [value - Math.floor(value), i] as const)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  let rest = total - whole.reduce((all, value) => all + value, 0);
  for (const [, i] of order) if (rest-- > 0) whole[i]! += 1;
  return whole;
};

/** One bone for each of `count` patients: evenly spaced draws, so that rare bones come as often as they should. */
const drawSites = (weights: readonly number[], count: number, random: Random): Site[] => {
  const cumulative = weights.map((_, j) => weights.slice(0, j + 1).reduce((all, weight) => all + weight, 0));
  const sum = cumulative[cumulative.length - 1]!;
  const offset = random.next();
  const drawn = Array.from({ length: count }, (_, i) => {
    const target = ((i + offset) / count) * sum;
    const j = cumulative.findIndex((upTo) => target < upTo);
    return sites[j < 0 ? weights.length - 1 : j]!.site;
  });
  return Array.from(random.permutation(count), (i) => drawn[i]!);
};

const drawAge = (profile: EntityProfile, random: Random): number => {
  const ages: AgeDistribution = random.pick(
    profile.ages.map((part) => part.ages),
    profile.ages.map((part) => part.share),
  );
  for (;;) {
    const value = ages.logarithmic
      ? Math.exp(random.normal(Math.log(ages.centre), ages.spread))
      : random.normal(ages.centre, ages.spread);
    if (value >= ages.from && value < ages.to + 1) return Math.floor(value);
  }
};

const drawPlace = (profile: EntityProfile, site: Site, random: Random): PlaceFacts => {
  const candidates = places[site];
  const weights = candidates.map(({ position, weight }) =>
    position ? weight * (profile.positions[position] ?? 0.001) : weight,
  );
  return random.pick(candidates, weights);
};

const dayMs = 86_400_000;
const isoDate = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const firstDay = Date.UTC(2001, 6, 1) / dayMs;
const lastDay = Date.UTC(2021, 11, 31) / dayMs;
/** From when new patients are diagnosed: their earliest radiographs are later than everything the centre knows. */
const firstNewDay = Date.UTC(2023, 2, 1) / dayMs;
const lastNewDay = Date.UTC(2023, 11, 31) / dayMs;

const sitesWithLateral: readonly Site[] = ["femur", "tibia", "fibula", "humerus", "radius", "ulna", "spine", "patella"];

const drawExaminations = (site: Site, diagnosisDay: number, random: Random): Examination[] => {
  const second: View = sitesWithLateral.includes(site) ? "lateral" : "oblique";
  const count = random.pick([1, 2, 3, 4], radiographCounts);
  const day = diagnosisDay - random.integer(30);
  const earlier = day - 60 - random.integer(340);
  const take = (at: number, study: number, view: View): Examination => ({ date: isoDate(at), study, view });
  if (count === 1) return [take(day, 1, random.chance(0.75) ? "AP" : second)];
  if (count === 2) return [take(day, 1, "AP"), take(day, 1, second)];
  const before = [take(earlier, 1, "AP"), ...(count === 4 ? [take(earlier, 1, second)] : [])];
  return [...before, take(day, 2, "AP"), take(day, 2, second)];
};

const drawFollowUp = (profile: EntityProfile, random: Random): FollowUp => {
  const treatment = random.pick(profile.treatments);
  const other = Object.entries(profile.outcomes) as [FollowUp["outcome"], number][];
  const rest = 1 - other.reduce((sum, [, chance]) => sum + chance, 0);
  const outcome =
    treatment === "observation"
      ? "stable disease"
      : random.pick<FollowUp["outcome"]>(
          ["no evidence of disease", ...other.map(([name]) => name)],
          [rest, ...other.map(([, chance]) => chance)],
        );
  return { treatment, outcome, months: 3 + Math.floor(random.uniform(0, 1) ** 1.5 * 120) };
};

/** One patient with an entity on a bone; all else is drawn from the stream. */
export const phantomPatient = (
  name: string,
  { entity, site, isNew = false }: { entity: Entity; site: Site; isNew?: boolean },
  random: Random,
): PhantomPatient => {
  const profile = entityProfiles[entity];
  const place = drawPlace(profile, site, random);
  const [from, to] = isNew ? [firstNewDay, lastNewDay] : [firstDay, lastDay];
  const diagnosisDay = from + random.integer(to - from);
  return {
    id: patientId(name),
    seed: random.uint32(),
    entity,
    ageYears: drawAge(profile, random),
    sex: random.chance(profile.female) ? "F" : "M",
    site,
    ...(siteFacts(site).paired ? { side: random.chance(0.5) ? ("left" as const) : ("right" as const) } : {}),
    ...(place.position ? { position: place.position } : {}),
    place: place.place,
    region: place.region,
    origin: random.chance(externalShare) ? "external" : "internal",
    diagnosisDate: isoDate(diagnosisDay),
    examinations: drawExaminations(site, diagnosisDay, random),
    followUp: drawFollowUp(profile, random),
  };
};

/**
 * The patients of the centre, P0001 and on; entities by quota, so that even a small centre has nearly the published mix.
 * @example
 * phantomPatients({ patients: 60, seed: 41 }).length; // 60
 * @throws OsteonError `bad-usage` for fewer than one patient or more than 9999
 */
export const phantomPatients = (options: PhantomOptions): PhantomPatient[] => {
  const { patients, seed } = options;
  if (!Number.isInteger(patients) || patients < 1 || patients > 9999) {
    throw new OsteonError("bad-usage", `A phantom centre has between 1 and 9999 patients, not ${patients}.`, {
      patients,
    });
  }
  const random = new Random(seed, "phantom centre");
  const joint = jointCounts();
  const counts = quotas(
    entities.map((facts) => facts.publishedPatients),
    patients,
  );
  const drawn = entities.flatMap(({ entity }, i) =>
    drawSites(joint[i]!, counts[i]!, random.fork("sites", entity)).map((site) => ({ entity, site })),
  );
  return Array.from(random.fork("order").permutation(patients), (index, i) => {
    const name = `P${String(i + 1).padStart(4, "0")}`;
    return phantomPatient(name, drawn[index]!, random.fork("patient", name));
  });
};

/** New patients without a diagnosis, U0001 and on, drawn from the same population, after the centre's years. */
export const undiagnosedPatients = (options: PhantomOptions): PhantomPatient[] => {
  const joint = jointCounts();
  return Array.from({ length: options.patients }, (_, i) => {
    const name = `U${String(i + 1).padStart(4, "0")}`;
    const random = new Random(options.seed, "phantom centre", "undiagnosed", name);
    const row = random.pick(
      entities.map((_, index) => index),
      entities.map((facts) => facts.publishedPatients),
    );
    const site = random.pick(
      sites.map((facts) => facts.site),
      joint[row]!,
    );
    return phantomPatient(name, { entity: entities[row]!.entity, site, isNew: true }, random);
  });
};
