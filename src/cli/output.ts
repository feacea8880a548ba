/** What the command line says: answers on standard output, everything else on standard error. */

/** How talkative a command is. */
export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The answer of a command: a JSON object per line with --json, text for people otherwise. */
export const answer = (value: unknown, text: string, { json }: OutputOptions): void => {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text}\n`);
};

/** A remark on the way. */
export const say = (line: string, { quiet }: OutputOptions): void => {
  if (!quiet) process.stderr.write(`${line}\n`);
};

/** A number with its noun: `1 radiograph`, `12 radiographs`; `2 studies` where the plural is given. */
export const count = (number: number, noun: string, plural = `${noun}s`): string =>
  `${number} ${number === 1 ? noun : plural}`;
