/** What a test of a hypothesis says. */

/** The outcome of a test. */
export interface TestResult {
  /** The name that a table prints, such as `Shapiro-Wilk`. */
  readonly test: string;
  readonly statistic: number;
  /** In [0, 1]; two-sided where the test has sides. */
  readonly pValue: number;
}
