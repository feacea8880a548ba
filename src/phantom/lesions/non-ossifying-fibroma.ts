/** Non ossifying fibroma: an eccentric, grape-like lucency in the metaphyseal cortex, long in the bone's axis, with a sclerotic rim. */
import { edge } from "../tissue.ts";
import { type Lesion, type LesionSite, lump } from "./lesion.ts";

/** Draws the size and the lobes of one non ossifying fibroma. */
export const nonOssifyingFibroma = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, toSurface, kind } = site;
  const scale = kind === "small" ? 0.45 : Math.min(1.1, 0.5 + halfWidth / 35);
  const length = scale * random.uniform(13, 24);
  const width = scale * random.uniform(6.5, 10);
  const lobes = Array.from({ length: 3 + random.integer(3) }, () => ({
    at: random.uniform(-0.7, 0.7) * length,
    out: random.uniform(-0.25, 0.2) * width,
    around: random.uniform(-0.6, 0.6) * width,
  }));
  const shapes = lobes.map(() =>
    lump(noise, [width * random.uniform(0.7, 1.05), width * 0.75, width * random.uniform(0.7, 0.95)], {
      rough: 0.4,
      grain: 4,
    }),
  );
  const body = lump(noise, [length, 0.72 * width, width], { rough: 0.6, grain: 5 });
  const inside = (along: number, out: number, around: number): number =>
    shapes.reduce(
      (best, shape, i) => {
        const lobe = lobes[i]!;
        return Math.max(best, shape(along - lobe.at, out - lobe.out, around - lobe.around));
      },
      body(along, out, around),
    );
  const expansion = 0.9 * scale;
  return {
    centre: [0, toSurface - 0.55 * width, 0],
    reach: 1.9 * length + 5,
    reshape: (s) => s.bare - expansion * edge(inside(s.along, s.out, s.around) + 2, 4),
    change(s) {
      const depth = inside(s.along, s.out, s.around);
      if (depth < -4) return;
      const within = edge(-s.distance - 0.6, 0.8);
      const here = edge(depth, 0.8) * within;
      const rim = edge(depth + 2.2, 1) * edge(-depth, 0.8) * within;
      s.mineral += here * (0.02 - s.mineral);
      s.mineral = Math.max(s.mineral, 0.8 * rim);
      // ridges between the lobes look like septa
      const ridge = edge(1.2 - depth, 0.8) * edge(depth, 0.5) * within;
      s.mineral = Math.max(s.mineral, 0.12 * ridge);
      s.trabecular *= 1 - here;
      s.member = Math.max(here, rim);
    },
  };
};
