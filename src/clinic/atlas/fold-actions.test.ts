import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ClusterAction, foldActions, isDisputed, isOpenTo, settledLabel } from "./fold-actions.ts";

/** Actions by their readers, in order: `anna 1 Knee`, `ben 1 discard`, `anna 1 =Hip` (decides), `anna 1 <2` (undoes the second). */
const actionsOf = (...lines: string[]): ClusterAction[] =>
  lines.map((line, i) => {
    const [, reader, cluster, word] = /^(\w+) (\d+) (.*)$/.exec(line)!;
    const common = { id: `a${i + 1}`, number: i + 1, reader: reader!, cluster: Number(cluster) };
    if (word!.startsWith("<")) return { ...common, kind: "undo", label: null, undoes: `a${word!.slice(1)}` };
    if (word!.startsWith("=")) return { ...common, kind: "adjudicate", label: word!.slice(1), undoes: null };
    return { ...common, kind: "label", label: word!, undoes: null };
  });

const labelsOf = (...lines: string[]) =>
  foldActions(actionsOf(...lines))
    .get(1)
    ?.labels.map(({ reader, label }) => `${reader} ${label}`);

describe("labels", () => {
  test("the newest of each reader stands", () => {
    expect(labelsOf("ben 1 Hip", "anna 1 Knee", "anna 2 Hand", "anna 1 Foot")).toEqual(["anna Foot", "ben Hip"]);
  });

  test("an undo brings back what stood before, and undone twice is undone once", () => {
    expect(labelsOf("anna 1 Knee", "anna 1 Foot", "anna 1 <2", "anna 1 <2")).toEqual(["anna Knee"]);
    expect(labelsOf("anna 1 Knee", "anna 1 <1")).toEqual([]);
  });

  test("a cluster that nobody acted on has no reading", () => {
    expect(labelsOf("anna 2 Knee")).toBeUndefined();
  });

  test("whatever is done and undone in turn leaves what stood at first", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("Knee", "Hip", "discard"), { minLength: 1, maxLength: 9 }), (labels) => {
        const done = labels.map((label) => `anna 1 ${label}`);
        const undone = done.map((_, i) => `anna 1 <${done.length - i + 1}`);
        expect(labelsOf("anna 1 Foot", ...done, ...undone)).toEqual(["anna Foot"]);
      }),
    );
  });
});

describe("what a cluster is", () => {
  const settled = (...lines: string[]) => settledLabel(foldActions(actionsOf(...lines)).get(1)!);

  test("is what its one reader says, or what all say", () => {
    expect(settled("anna 1 Knee")).toBe("Knee");
    expect(settled("anna 1 Knee", "ben 1 Knee")).toBe("Knee");
  });

  test("is open where they differ, until it is decided; the decision can be taken back", () => {
    expect(settled("anna 1 Knee", "ben 1 Hip")).toBeNull();
    expect(settled("anna 1 Knee", "ben 1 Hip", "eva 1 =Femur")).toBe("Femur");
    expect(settled("anna 1 Knee", "ben 1 Hip", "eva 1 =Femur", "eva 1 <3")).toBeNull();
    expect(isDisputed(foldActions(actionsOf("anna 1 Knee", "ben 1 Hip", "eva 1 =Hip")).get(1)!)).toBe(true);
  });
});

test("the others' labels are shown to who has labelled or was told before; to a third reader not even when two have", () => {
  const actions = actionsOf("anna 1 Knee", "ben 1 Hip", "eva 1 =Hip");
  const reading = foldActions(actions, [{ cluster: 1, reader: "eva", after: 2 }]).get(1)!;
  expect(["anna", "ben", "eva", "tom"].map((reader) => isOpenTo(reading, reader))).toEqual([true, true, true, false]);
});

test("what is changed or undone after another's label was seen does not count as read alone", () => {
  const actions = actionsOf("anna 1 Knee", "ben 1 Hip", "anna 1 Hip", "ben 1 Foot", "ben 1 <2");
  const seen = [
    { cluster: 1, reader: "anna", after: 2 },
    { cluster: 1, reader: "ben", after: 3 },
  ];
  const reading = foldActions(actions, seen).get(1)!;
  expect(reading.labels.map(({ label }) => label)).toEqual(["Hip", "Foot"]);
  expect(reading.independent.map(({ label }) => label)).toEqual(["Knee", "Hip"]);
});
