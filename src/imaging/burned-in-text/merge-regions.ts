/** One region for what several levels, polarities or pieces of a line found at one place. */

import type { TextRegion } from "./text-region.ts";

/** Pixels that two regions have in common. */
export const sharedArea = (a: TextRegion, b: TextRegion): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
};

const areaOf = ({ width, height }: TextRegion): number => width * height;

const union = (a: TextRegion, b: TextRegion): TextRegion => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
  return { x, y, width, height, score: Math.max(a.score, b.score), kind: a.kind };
};

/** Joins regions of which one lies for the greater part in the other and whose union is hardly larger than the two. */
const join = (regions: readonly TextRegion[]): TextRegion[] => {
  const open = [...regions];
  const joined: TextRegion[] = [];
  for (let region = open.shift(); region; region = open.shift()) {
    let current = region;
    for (let i = 0; i < open.length; ) {
      const shared = sharedArea(current, open[i]!);
      const smaller = Math.min(areaOf(current), areaOf(open[i]!));
      const whole = union(current, open[i]!);
      const isSame = shared > 0.4 * smaller && areaOf(whole) < 1.3 * (areaOf(current) + areaOf(open[i]!) - shared);
      if (!isSame) {
        i++;
        continue;
      }
      current = whole;
      open.splice(i, 1);
      i = 0;
    }
    joined.push(current);
  }
  return joined;
};

const fromTheTop = (a: TextRegion, b: TextRegion): number =>
  a.y - b.y || a.x - b.x || a.width - b.width || a.height - b.height;

/** Texts first, then the markers that lie in no text. */
export const mergeRegions = (texts: readonly TextRegion[], markers: readonly TextRegion[]): readonly TextRegion[] => {
  const lines = join(texts).sort(fromTheTop);
  const alone = markers.filter((marker) => lines.every((line) => sharedArea(marker, line) < 0.5 * areaOf(marker)));
  return [...lines, ...join(alone).sort(fromTheTop)];
};
