/** Progress of long work: a bar with rate and time left on a terminal, a line now and then elsewhere. */

import type { OutputOptions } from "./output.ts";

/** Shows how far work has come. */
export interface Progress {
  update(done: number, total: number, note?: string): void;
  end(): void;
}

const barWidth = 24;
const lineEveryMs = 10_000;
const drawEveryMs = 100;

/** A progress display for one piece of work, on standard error. */
export const startProgress = (title: string, { quiet }: OutputOptions): Progress => {
  if (quiet) return { update: () => {}, end: () => {} };
  const start = performance.now();
  const onTerminal = process.stderr.isTTY === true;
  let last = onTerminal ? Number.NEGATIVE_INFINITY : start;
  let drawn = false;
  const update = (done: number, total: number, note = ""): void => {
    const now = performance.now();
    const isDue = now - last >= (onTerminal ? drawEveryMs : lineEveryMs);
    if (!isDue && !(onTerminal && done === total)) return;
    last = now;
    const seconds = (now - start) / 1e3;
    const rate = done / seconds;
    const left = done > 0 && done < total ? `, ${duration((total - done) / rate)} left` : "";
    const text = `${done} of ${total}, ${rate.toPrecision(3)} a second${left}${note === "" ? "" : `, ${note}`}`;
    if (!onTerminal) {
      process.stderr.write(`${title}: ${text}\n`);
      return;
    }
    const filled = Math.round((barWidth * done) / Math.max(total, 1));
    process.stderr.write(`\r\x1b[K${title} ${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${text}`);
    drawn = true;
  };
  return {
    update,
    end: () => {
      if (drawn) process.stderr.write("\n");
    },
  };
};

/** Seconds as people say them. */
export const duration = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
};
