import { describe, expect, test } from "vitest";
import { imageId, patientId } from "../../clinic/ids.ts";
import { matrixOfRows, rowOf } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import { hashFamilies } from "../../retrieval/hashing/hashing.ts";
import { exactNeighbours, rerankedNeighbours } from "../../retrieval/neighbours.ts";
import { buildPrecedentIndex, queryOf } from "../../retrieval/precedent-index.ts";
import { recallAgainst } from "../../retrieval/recall.ts";
import { fitHashing } from "./fit-hashing.ts";

/** Sixteen kinds of patients with two radiographs each, in the positive orthant as features are. */
const draw = (patients: number, seed: number) => {
  const rows = Array.from({ length: patients * 2 }, (_, i) => {
    const kind = new Random((i >> 1) % 16, "kind");
    const patient = new Random(seed, i >> 1);
    const own = new Random(seed, "radiograph", i);
    return Array.from({ length: 32 }, () =>
      Math.max(0, 1 + kind.normal() + patient.normal(0, 0.6) + own.normal(0, 0.3)),
    );
  });
  return {
    features: matrixOfRows(rows),
    patients: rows.map((_, i) => patientId(`S${seed}P${i >> 1}`)),
    labels: rows.map((_, i) => String((i >> 1) % 16)),
  };
};

const training = draw(150, 1);
const archive = draw(600, 2);
const queries = draw(30, 3);

describe.each(hashFamilies)("%s", (family) => {
  test("hands the near ones of a twentieth of an archive to the features, and says on whom it was fitted", async () => {
    const hashing = await fitHashing(training, { family, bits: 128, seed: 1 });
    expect([hashing.family, hashing.bits]).toEqual([family, 128]);
    expect(hashing.fittedOn).toEqual([...new Set(training.patients)].sort());
    const entries = archive.patients.map((patient, i) => ({ image: imageId(`I${i}`), patient, label: null }));
    const index = buildPrecedentIndex({ modelId: "m", hashing, entries, features: archive.features });
    let recall = 0;
    for (let i = 0; i < 60; i++) {
      const query = queryOf(index, rowOf(queries.features, i));
      const options = { k: 10, excludePatients: new Set<never>(), unit: "image" } as const;
      recall += recallAgainst(exactNeighbours(index, query, options), rerankedNeighbours(index, query, options)) / 60;
    }
    expect(recall).toBeGreaterThan(0.95);
  });

  test("refuses a length that does not fill words", async () => {
    await expect(fitHashing(training, { family, bits: 100, seed: 1 })).rejects.toThrow("multiple of 32");
  });
});
