/** What a bench reports: one line per figure, beside its peer's where there is one. */

/** One measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly peerValue?: number;
  /** Above 1 the project is ahead of its peer. */
  readonly ratio?: number;
  /** What the issue or the design asks of the figure, in words. */
  readonly wanted?: string;
}

/** A bench by name: runs the project and its peer in turn and returns the figures. */
export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>;

/** What a bench is told. */
export interface BenchOptions {
  /** Further words of the command line. */
  readonly args: readonly string[];
  /** Says what is going on, on standard error. */
  readonly say: (line: string) => void;
}

/** A figure beside its peer's, where larger is better. */
export const beside = (figure: Omit<Figure, "ratio">): Figure =>
  figure.peerValue === undefined ? figure : { ...figure, ratio: figure.value / figure.peerValue };

/** The middle of some numbers. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
};

/** The value below which a share of the numbers lies (nearest rank). */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)]!;
