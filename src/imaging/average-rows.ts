/**
 * A picture reduced by a whole number: each pixel the mean of a square. What is reduced further is only then weighed with
 * taps (resize.ts), in a fraction of the time.
 */
import type { GreyRows } from "./grey-rows.ts";

/**
 * The rows of a picture with `factor` x `factor` pixels to one; at the right and the lower side fewer, where the size is no
 * multiple of it. Rows must be read in order, each once.
 */
export const averageRows = (rows: GreyRows, factor: number): GreyRows => {
  const { width, height, readRow, addSums } = rows;
  const reduced = { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
  const whole = new Float32Array(width);
  return {
    ...reduced,
    readRow: (y, into) => {
      into.fill(0);
      const end = Math.min((y + 1) * factor, height);
      for (let from = y * factor; from < end; from++) {
        if (addSums) addSums(from, factor, into);
        else addSumsOfRow(readRow(from, whole), factor, into);
      }
      const count = end - y * factor;
      const weight = 1 / (factor * count);
      for (let x = 0; x < into.length - 1; x++) into[x]! *= weight;
      into[into.length - 1]! /= count * (width - (reduced.width - 1) * factor);
      return into;
    },
  };
};

/** Adds the sum of each `factor` neighbours of a row. */
const addSumsOfRow = (row: Float32Array, factor: number, into: Float32Array): void => {
  const wholes = Math.floor(row.length / factor);
  if (factor === 2) for (let x = 0, i = 0; x < wholes; x++, i += 2) into[x]! += row[i]! + row[i + 1]!;
  else if (factor === 3)
    for (let x = 0, i = 0; x < wholes; x++, i += 3) into[x]! += row[i]! + row[i + 1]! + row[i + 2]!;
  else {
    for (let x = 0, i = 0; x < wholes; x++) {
      let sum = 0;
      for (let n = 0; n < factor; n++) sum += row[i++]!;
      into[x]! += sum;
    }
  }
  for (let i = wholes * factor; i < row.length; i++) into[wholes]! += row[i]!;
};
