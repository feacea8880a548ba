/** Connected strokes (8-connectivity) as boxes: a character, a part of one, or several that touch. */

import { BLOCK, type StrokeContrast } from "./stroke-contrast.ts";

/** One connected piece; its ends are exclusive. */
export interface StrokeComponent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** In pixels. */
  readonly area: number;
  /** Mean top-hat, 0 to 255. */
  readonly contrast: number;
}

/** Growing lists of numbers, for runs of which nobody knows how many there are. */
class Numbers {
  values = new Int32Array(1024);
  length = 0;
  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }
}

/** The components with at least `leastArea` pixels, ordered by their first pixel. */
export const strokeComponents = (
  { width, height, values, blocks, blocksAcross }: StrokeContrast,
  leastArea: number,
): readonly StrokeComponent[] => {
  const starts = new Numbers();
  const ends = new Numbers();
  const rows = new Numbers();
  const sums = new Numbers();
  const parents = new Numbers();
  const rootOf = (run: number): number => {
    let root = run;
    while (parents.values[root] !== root) root = parents.values[root]!;
    for (let i = run; i !== root; ) {
      const next = parents.values[i]!;
      parents.values[i] = root;
      i = next;
    }
    return root;
  };
  let [aboveFrom, aboveTo] = [0, 0];
  for (let y = 0; y < height; y++) {
    const from = starts.length;
    const blockRow = Math.floor(y / BLOCK) * blocksAcross;
    const row = y * width;
    let above = aboveFrom;
    let start = -1;
    let sum = 0;
    const close = (end: number): void => {
      const run = starts.length;
      starts.push(start);
      ends.push(end);
      rows.push(y);
      sums.push(sum);
      parents.push(run);
      while (above < aboveTo && ends.values[above]! < start) above++;
      for (let i = above; i < aboveTo && starts.values[i]! <= end; i++) {
        const [p, q] = [rootOf(i), rootOf(run)];
        if (p < q) parents.values[q] = p;
        else parents.values[p] = q;
      }
      start = -1;
      sum = 0;
    };
    for (let block = 0; block < blocksAcross; block++) {
      const left = block * BLOCK;
      if (!blocks[blockRow + block]) {
        if (start >= 0) close(left);
        continue;
      }
      const right = Math.min(width, left + BLOCK);
      for (let x = left; x < right; x++) {
        const value = values[row + x]!;
        if (value > 0) {
          if (start < 0) start = x;
          sum += value;
        } else if (start >= 0) close(x);
      }
    }
    if (start >= 0) close(width);
    aboveFrom = from;
    aboveTo = starts.length;
  }
  const boxes = new Map<
    number,
    { left: number; top: number; right: number; bottom: number; area: number; sum: number }
  >();
  for (let run = 0; run < starts.length; run++) {
    const root = rootOf(run);
    const [left, right, y] = [starts.values[run]!, ends.values[run]!, rows.values[run]!];
    const box = boxes.get(root);
    if (!box) {
      boxes.set(root, { left, right, top: y, bottom: y + 1, area: right - left, sum: sums.values[run]! });
      continue;
    }
    if (left < box.left) box.left = left;
    if (right > box.right) box.right = right;
    box.bottom = y + 1;
    box.area += right - left;
    box.sum += sums.values[run]!;
  }
  return [...boxes.values()]
    .filter(({ area }) => area >= leastArea)
    .map(({ sum, ...box }) => ({ ...box, contrast: sum / box.area }));
};
