import { expect, test } from "vitest";
import { patientId } from "../../clinic/ids.ts";
import { wilsonInterval } from "../../evidence/wilson-interval.ts";
import { decodePastLinks, encodePastLinks, type PastLink, type PastLinks, PastRecord } from "./past-links.ts";

const link = (label: string | null, voters: (string | null)[], nearest: number): PastLink => ({
  label,
  voters,
  nearest,
});

/** Ten patients: of six whose vote was unanimous five were right, of four whose vote was two of three one was. */
const past: PastLinks = {
  basis: "held-out",
  references: new Map([["A", 3]]),
  heldOut: [patientId("P1")],
  links: [
    ...Array.from({ length: 5 }, (_, i) => link("A", ["A", "A", "A", "B"], 0.1 + i / 100)),
    link("B", ["A", "A", "A", "B"], 0.2),
    link("A", ["A", "B", "A", "B"], 0.3),
    ...Array.from({ length: 3 }, () => link("C", ["A", null, "B", "B"], 0.4)),
  ],
};

test("a distance is told by the share of past links whose nearest was farther", () => {
  const record = new PastRecord(past);
  expect(record.closerThan(0.05)).toBe(1);
  expect(record.closerThan(0.2)).toBe(0.4);
  expect(record.closerThan(0.5)).toBe(0);
});

test("a vote is as certain as past votes with as large a share were right, with their number and an interval", () => {
  const record = new PastRecord(past);
  expect(record.certaintyOf(["X", "X", "X"], 3)).toEqual({
    share: 5 / 6,
    interval: wilsonInterval(5, 6),
    patients: 6,
    agreeing: 3,
    voters: 3,
  });
  // The same six patients had three of four neighbours agree.
  expect(record.certaintyOf(["X", "X", "X", "Y"], 4)?.patients).toBe(6);
  expect(record.certaintyOf(["X", "Y", "X"], 3)).toBeNull(); // once is too few to say anything
  expect(record.certaintyOf([null, null], 2)).toBeNull();
});

test("without past links nothing is said", () => {
  const record = new PastRecord({ basis: "learned", references: new Map(), heldOut: [], links: [] });
  expect([record.closerThan(0.1), record.certaintyOf(["X"], 1), record.patients]).toEqual([null, null, 0]);
});

test("nobody is near where all but one in fifty past patients had somebody nearer, if the network was kept from them", () => {
  const links = Array.from({ length: 99 }, (_, i) => link("A", ["A"], i / 100));
  const record = new PastRecord({ ...past, links });
  expect([0.5, 0.97, 0.98, 0.99].map((distance) => record.isFar(distance))).toEqual([false, false, true, true]);
  expect(new PastRecord({ ...past, basis: "learned", links }).isFar(2)).toBe(false);
  expect(new PastRecord({ ...past, links: links.slice(0, 48) }).isFar(2)).toBe(false); // too few to call anything unusual
});

test("only of patients from whom the network had not learned is it told what cannot be ruled out", () => {
  expect(new PastRecord(past).sets).not.toBeNull();
  expect(new PastRecord({ ...past, basis: "evaluation" }).sets).not.toBeNull();
  expect(new PastRecord({ ...past, basis: "learned" }).sets).toBeNull();
});

test("past links are read back as they were written, and anything else is refused", () => {
  expect(decodePastLinks(encodePastLinks(past))).toEqual(past);
  expect(() => decodePastLinks("{}")).toThrow("build the index anew");
});
