/**
 * What is promised of sets of diagnoses beside what comes of it: classes are drawn as Gaussian clouds with the frequencies of the
 * study's entities, so that there are as many new patients as are wanted, and everything is drawn anew many times.
 */

import { entities } from "../src/clinic/entities.ts";
import { Random } from "../src/numeric/random.ts";
import { keptVoters } from "../src/systems/precedents/past-links.ts";
import { PredictionSets } from "../src/systems/precedents/prediction-set.ts";
import type { Bench, Figure } from "./figure.ts";

const names = entities.map(({ entity }) => entity as string);
const frequencies = entities.map(({ publishedPatients }) => publishedPatients);
const dimensions = 8;
const draws = 150;
const newPatients = 60;
const references = 300;

/** How far apart the middles of two classes lie, in deviations of one class; about half of the votes are right. */
const spread = 0.8;

interface Patient {
  readonly label: string;
  readonly place: Float64Array;
}

const drawPatients = (count: number, middles: ReadonlyMap<string, Float64Array>, random: Random): Patient[] =>
  Array.from({ length: count }, () => {
    const label = random.pick(names, frequencies);
    return { label, place: middles.get(label)!.map((middle) => middle + random.normal()) };
  });

const votersOf = ({ place }: Patient, among: readonly Patient[]): string[] =>
  among
    .map(({ label, place: other }) => ({
      label,
      distance: other.reduce((sum, value, i) => sum + (value - place[i]!) ** 2, 0),
    }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, keptVoters)
    .map(({ label }) => label);

/** Whether each new patient's diagnosis was in the set, by label, and how many diagnoses sets had. */
interface Outcome {
  readonly byLabel: Map<string, { right: number; all: number }>;
  labels: number;
}

const tryOut = (heldOut: number, byLabel: boolean): Outcome => {
  const outcome: Outcome = { byLabel: new Map(), labels: 0 };
  const random = new Random(heldOut, "prediction sets");
  for (let draw = 0; draw < draws; draw++) {
    const middles = new Map(
      names.map((name) => [name, Float64Array.from({ length: dimensions }, () => spread * random.normal())]),
    );
    const among = drawPatients(references, middles, random);
    const counts = new Map([...Map.groupBy(among, ({ label }) => label)].map(([label, own]) => [label, own.length]));
    const past = drawPatients(heldOut, middles, random).map((one) => ({
      label: one.label,
      voters: votersOf(one, among),
    }));
    const sets = new PredictionSets(past, counts);
    for (const one of drawPatients(newPatients, middles, random)) {
      const set = sets.of(votersOf(one, among), { coverage: 0.9, byLabel })!;
      const counted = outcome.byLabel.get(one.label) ?? { right: 0, all: 0 };
      counted.right += Number(set.labels.some(({ label }) => label === one.label));
      counted.all += 1;
      outcome.byLabel.set(one.label, counted);
      outcome.labels += set.labels.length;
    }
  }
  return outcome;
};

const figuresOf = (heldOut: number, byLabel: boolean): Figure[] => {
  const { byLabel: counted, labels } = tryOut(heldOut, byLabel);
  const all = [...counted.values()].reduce((sum, one) => sum + one.all, 0);
  const right = [...counted.values()].reduce((sum, one) => sum + one.right, 0);
  const worst = Math.min(...[...counted.values()].map((one) => one.right / one.all));
  const name = `${heldOut} held out, 90 % ${byLabel ? "by label" : "of all"}`;
  return [
    { name: `${name}: right`, value: right / all, unit: "share", wanted: "0.9 or more" },
    { name: `${name}: right for the worst label`, value: worst, unit: "share" },
    { name: `${name}: diagnoses in a set`, value: labels / all, unit: "labels" },
  ];
};

export const predictionSets: Bench = async () =>
  [20, 50, 200].flatMap((heldOut) => [false, true].flatMap((byLabel) => figuresOf(heldOut, byLabel)));
