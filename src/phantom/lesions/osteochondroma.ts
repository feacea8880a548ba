/** Osteochondroma: a stalk or broad base in continuity with cortex and marrow, pointing away from the joint, with a cartilage cap. */
import { smoothUnion } from "../geometry/shape.ts";
import { edge } from "../tissue.ts";
import type { Lesion, LesionSite } from "./lesion.ts";

/** Draws the size and the slant of one osteochondroma. */
export const osteochondroma = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, toSurface, kind } = site;
  const scale = kind === "small" ? 0.4 : Math.min(1.15, 0.55 + halfWidth / 40);
  const sessile = random.chance(0.35);
  const height = scale * (sessile ? random.uniform(13, 20) : random.uniform(22, 38));
  const slant = kind === "flat" ? 0 : sessile ? random.uniform(0.1, 0.5) : random.uniform(0.5, 1.1);
  const base = scale * (sessile ? random.uniform(15, 22) : random.uniform(6, 9));
  const cap = scale * (sessile ? random.uniform(13, 19) : random.uniform(10, 16));
  // unit vector of the stalk: outwards, and away from the joint
  const stalkOut = Math.cos(slant);
  const stalkAlong = -Math.sin(slant);
  const foot = toSurface - base * 0.5;
  const blend = 5 * scale + 1;
  const growth = (along: number, out: number, around: number): number => {
    const o = out - foot;
    const t = Math.max(0, Math.min(1, (o * stalkOut + along * stalkAlong) / height));
    const dx = along - t * height * stalkAlong;
    const dy = o - t * height * stalkOut;
    const stalk = Math.sqrt(dx * dx + dy * dy + around * around) - (base + (0.72 * base - base) * t);
    const ex = along - height * stalkAlong;
    const ey = o - height * stalkOut;
    const lobes = 0.2 * cap * noise.at(along / (0.42 * cap), out / (0.42 * cap), around / (0.42 * cap));
    const head = Math.sqrt(ex * ex * 0.8 + ey * ey * 1.2 + around * around * 0.9) - cap - lobes;
    return smoothUnion(stalk, head, blend);
  };
  return {
    centre: [0, 0, 0],
    reach: foot + height + 1.5 * cap + 4,
    reshape: (s) => smoothUnion(s.bare, growth(s.along, s.out, s.around), blend),
    change(s) {
      const own = growth(s.along, s.out, s.around);
      if (own > 3) return;
      s.member = edge(-own, 1.5) * edge(s.bare + 1, 1.5);
      if (s.bare < 0) return;
      const tip = (s.out - foot) * stalkOut + s.along * stalkAlong;
      const inCap = edge(tip - height + 0.3 * cap, 5);
      // the cap calcifies in flecks, the stalk holds cancellous bone
      const grain = 2.6 * Math.max(0.6, scale);
      const flecks = noise.cloud(s.along / grain, s.out / grain, s.around / grain);
      const interior = edge(-s.distance - 1.2, 1.2);
      s.mineral += interior * inCap * (flecks > 0.12 ? 0.42 : -0.02);
      s.mineral = Math.max(0, s.mineral);
    },
  };
};
