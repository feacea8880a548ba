import { describe, expect, test } from "vitest";
import { discard } from "../../../clinic/atlas/fold-actions.ts";
import { patientId } from "../../../clinic/ids.ts";
import { Random } from "../../../numeric/random.ts";
import { fitRecognition, type SeenLesson } from "./fit-recognition.ts";
import { directionOf, reasonOf, recognitionOf, recognitionTensors, strangenessReason } from "./recognition.ts";

const folds = 5;

/** A radiograph whose features stand out along some axes and whose texture lies about some value. */
const draw = (
  label: string,
  { axes, texture, seed }: { readonly axes: readonly number[]; readonly texture: number; readonly seed: number },
): SeenLesson => {
  const random = new Random(seed, label);
  const features = Array.from({ length: folds }, () =>
    Float32Array.from({ length: 12 }, (_, j) => Math.max(0, (axes.includes(j) ? 4 : 0.5) + random.normal(0, 0.3))),
  );
  return {
    patient: patientId(`${label} ${seed}`),
    label,
    texture: Float64Array.from({ length: 6 }, () => texture + random.normal(0, 1)),
    features,
    discarded: features.map(() => (label === discard ? 0.9 : 0.05)),
    leftOutBy: seed % folds,
    hiddenFrom: label === discard ? (seed + 1) % folds : null,
  };
};

const seeds = Array.from({ length: 40 }, (_, seed) => seed);
const hands = seeds.map((seed) => draw("Hand", { axes: [0, 1], texture: 0, seed }));
const knees = seeds.map((seed) => draw("Knee", { axes: [2, 3], texture: 1, seed }));
const others = seeds.map((seed) => draw(discard, { axes: [8, 9], texture: 12, seed }));
const { recognition, trial } = fitRecognition([...hands, ...knees, ...others], { folds, seed: 1 });
const reason = ({ features, texture }: SeenLesson, discarded = 0.05) =>
  reasonOf(recognition, { features, texture, discarded });

describe("a recognition", () => {
  const later = (label: string, axes: readonly number[], texture: number) =>
    seeds.map((seed) => draw(label, { axes, texture, seed: seed + 1000 }));

  test("lets radiographs of its regions pass, but for a few", () => {
    const passed = [...later("Hand", [0, 1], 0), ...later("Knee", [2, 3], 1)].filter((one) => reason(one) === null);
    expect(passed.length / 80).toBeGreaterThanOrEqual(0.95);
  });

  test("refuses what is unlike them in its features, or in its texture, and says which", () => {
    expect(new Set(later("Skull", [10, 11], 0).map((one) => reason(one)))).toEqual(new Set(["unlike-regions"]));
    expect(new Set(later("Slice", [0, 1], 12).map((one) => reason(one)))).toEqual(new Set(["unlike-archive"]));
  });

  test("refuses what the networks take for what was discarded, however familiar it looks", () => {
    expect(reason(hands[0]!, 0.51)).toBe("like-discarded");
    expect(reason(hands[0]!, 0.5)).not.toBe("like-discarded");
  });

  test("was tried on clusters that a network did not see, and on regions that were taken out", () => {
    expect(trial).toMatchObject({ hiddenClusters: 1, falseAlarms: expect.any(Number) });
    expect(trial.leftOutRegions).toBeGreaterThan(0.9);
  });

  test("of features so familiar that they could make up for a strange texture does not let it pass", () => {
    const limits = { texture: 3, features: 3, both: 4 };
    expect(strangenessReason(limits, { texture: 3.5, features: -9 })).toBe("unlike-archive");
    expect(strangenessReason(limits, { texture: -9, features: 3.5 })).toBe("unlike-regions");
    expect(strangenessReason(limits, { texture: 2.1, features: 2.1 })).not.toBeNull();
    expect(strangenessReason(limits, { texture: 2.9, features: -9 })).toBeNull();
  });

  test("is the same after it was written and read", () => {
    const read = recognitionOf(JSON.parse(JSON.stringify(recognition.rules)), recognitionTensors(recognition));
    for (const one of [...hands, ...knees, ...others]) {
      expect(reasonOf(read, { ...one, discarded: 0 })).toBe(reasonOf(recognition, { ...one, discarded: 0 }));
    }
  });

  test("without anything discarded is tried on regions alone", () => {
    const alone = fitRecognition([...hands, ...knees], { folds, seed: 1 });
    expect(alone.trial.hiddenClusters).toBeNull();
    expect(reasonOf(alone.recognition, { ...others[0]!, discarded: 0 })).not.toBeNull();
  });

  test("of more radiographs than are kept as references still knows each region", () => {
    const many = Array.from({ length: 2100 }, (_, seed) =>
      draw("Hand", { axes: [0, 1], texture: 0, seed: seed + 5000 }),
    );
    const { features, texture } = fitRecognition([...many, ...knees], { folds, seed: 1 }).recognition;
    expect(texture.references.rows).toBe(2000);
    expect(features[0]!.references.rows).toBeLessThan(2000);
  });
});

test("long features are folded so that near ones stay near", () => {
  const random = new Random(3);
  const features = Float32Array.from({ length: 4096 }, () => Math.max(0, random.normal(0, 1)));
  const near = features.map((value) => Math.max(0, value + random.normal(0, 0.05)));
  const far = Float32Array.from({ length: 4096 }, () => Math.max(0, random.normal(0, 1)));
  const distance = (a: Float64Array, b: Float64Array): number => Math.hypot(...a.map((value, j) => value - b[j]!));
  const [one, two, other] = [features, near, far].map(directionOf) as [Float64Array, Float64Array, Float64Array];
  expect(one).toHaveLength(512);
  expect(distance(one, two)).toBeLessThan(0.4 * distance(one, other));
});
