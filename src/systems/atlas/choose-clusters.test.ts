import { describe, expect, test } from "vitest";
import { patientId } from "../../clinic/ids.ts";
import { matrixOfRows, normalise } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import { type ScoredImage, scoreClusters } from "./choose-clusters.ts";

const groups = 4;
const images = 160;

/** Images of four kinds in turn, two of each patient, around four points; `fact` says what is known of each. */
const archive = (fact: (kind: number, i: number) => Partial<ScoredImage>) => {
  const random = new Random(4, "archive");
  const rows = Array.from({ length: images }, (_, i) =>
    normalise(Float32Array.from({ length: groups }, (_, j) => (j === i % groups ? 1 : 0) + random.normal(0, 0.1))),
  );
  return {
    rows: matrixOfRows(rows),
    images: rows.map(
      (_, i): ScoredImage => ({
        patient: patientId(`P${i >> 1}`),
        region: null,
        bodyPart: null,
        ...fact(i % groups, i),
      }),
    ),
    seed: 1,
  };
};

const right = Int32Array.from({ length: images }, (_, i) => i % groups);
const mixed = Int32Array.from({ length: images }, (_, i) => (i % groups) >> 1);
const single = Int32Array.from({ length: images }, (_, i) => i);
const regionOf = (kind: number): string => ["Hand", "Foot", "Knee", "Hip"][kind]!;

describe("a score of clusters", () => {
  test("is the share that other patients' clusters name rightly, where regions are known", async () => {
    const known = archive((kind) => ({ region: regionOf(kind), bodyPart: "LIMB" }));
    const score = (assignment: Int32Array) => scoreClusters({ ...known, assignment });
    expect(await score(right)).toEqual({ score: 1, what: "region" });
    expect((await score(mixed)).score).toBeCloseTo(0.5, 1); // two regions a cluster
    expect((await score(single)).score).toBe(0); // nobody else is in the cluster
  });

  test("takes the headers' body part where too few regions are known", async () => {
    const known = archive((kind, i) => ({ region: i < 20 ? regionOf(kind) : null, bodyPart: regionOf(kind) }));
    expect(await scoreClusters({ ...known, assignment: right })).toEqual({ score: 1, what: "body part" });
  });

  test("is how well other patients' centres tell the clusters, where nothing is known", async () => {
    const unknown = archive(() => ({}));
    const score = async (assignment: Int32Array) => await scoreClusters({ ...unknown, assignment });
    expect(await score(right)).toEqual({ score: 1, what: "clusters" });
    const random = new Random(9, "any");
    const any = Int32Array.from({ length: images }, () => random.integer(groups));
    expect((await score(any)).score).toBeLessThan(0.1);
  });

  test("is nothing where all radiographs are one patient's", async () => {
    const alone = archive(() => ({ patient: patientId("P1") }));
    expect(await scoreClusters({ ...alone, assignment: right })).toEqual({ score: 0, what: "clusters" });
  });
});
