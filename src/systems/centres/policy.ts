/** The terms on which a centre answers others and asks them, before an administrator sets others (decision 027). */

/** On which terms others are answered. */
export interface AnswerTerms {
  /** Of which entities is told; null for all. */
  readonly entities: readonly string[] | null;
  /** Entities of fewer patients are not told of. */
  readonly smallestGroup: number;
  /** Distances are rounded up to a multiple of this; 0 tells them as they are. */
  readonly distanceStep: number;
  /** Smaller distances are told as this: how near a radiograph itself is, and how near other radiographs of its patient. */
  readonly closest: number;
  /** Farther patients are not told of. */
  readonly farthest: number;
  readonly mostNeighbours: number;
}

/** How much one centre may ask. */
export interface QuestionLimits {
  readonly perHour: number;
  readonly perDay: number;
  /** Questions of a day that resemble nothing, or almost an earlier one. */
  readonly mostOddities: number;
}

/** All of it; plain data. */
export interface CentrePolicy extends AnswerTerms, QuestionLimits {
  readonly answers: boolean;
  readonly address: string;
  readonly contact: string;
  readonly sentBits: number | null;
  readonly flippedShare: number;
  readonly waitSeconds: number;
}

/** Nobody is answered before an administrator says so; the rest is what bench/code-leakage.ts spoke for. */
export const defaultPolicy: CentrePolicy = {
  answers: false,
  address: "",
  contact: "",
  entities: null,
  smallestGroup: 5,
  distanceStep: 0.05,
  closest: 0.25,
  farthest: 0.35,
  mostNeighbours: 5,
  perHour: 60,
  perDay: 300,
  mostOddities: 20,
  sentBits: 256,
  flippedShare: 0,
  waitSeconds: 10,
};

/** Bits of a code of the common network. */
export const commonBits = 512;
