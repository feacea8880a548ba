/** A cohort's flow as the lines of its diagram: criteria without a heading of their own share a box of exclusions. */
import type { Cohort, Counts } from "./build-cohort.ts";

/** One box down the middle, with the exclusions before it. */
export interface FlowBox {
  readonly remaining: readonly string[];
  readonly excluded?: readonly string[];
}

const grouped = (value: number): string => value.toLocaleString("en-GB");

const counted = (value: number, noun: string): string => `${grouped(value)} ${noun}${value === 1 ? "" : "s"}`;

const lineOf = ({ patients, images }: Counts): string =>
  `${counted(patients, "patient")}, ${counted(images, "radiograph")}`;

/** The boxes of a cohort's diagram, from the first to the last. */
export const flowBoxes = ({ definition, start, flow }: Cohort): FlowBox[] => {
  const boxes: FlowBox[] = [{ remaining: [definition.start, lineOf(start)] }];
  let excluded: string[] = [];
  for (const [i, step] of flow.entries()) {
    excluded.push(`${step.reason} (n = ${grouped(step.excluded.patients)})`);
    const isLast = i === flow.length - 1;
    if (step.remainingTitle === undefined && !isLast) continue;
    boxes.push({ excluded, remaining: [step.remainingTitle ?? definition.title, lineOf(step.remaining)] });
    excluded = [];
  }
  return boxes;
};
