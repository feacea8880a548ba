/** Lets a clean picture become one as archives have them: some of the usual disturbances, in the order in which they happen. */
import type { Random } from "../../numeric/random.ts";
import type { Picture } from "../picture.ts";
import { addBorder } from "./add-border.ts";
import { burnInText, type TextIdentity } from "./burn-in-text.ts";
import { collimateTilted } from "./collimate-tilted.ts";
import { photographFilm } from "./photograph-film.ts";
import type { Plate } from "./plate.ts";
import { scanFilm } from "./scan-film.ts";
import { sharePlate } from "./share-plate.ts";
import { turnPlate } from "./turn-plate.ts";

/** What may be done to a picture. */
export type Disturbance = "collimation" | "exposures" | "rotation" | "border" | "text" | "scan" | "photograph";

/** How often each comes among disturbed pictures. */
const chances: Readonly<Record<Disturbance, number>> = {
  collimation: 0.35,
  exposures: 0.14,
  rotation: 0.15,
  border: 0.28,
  text: 0.5,
  scan: 0.18,
  photograph: 0.08,
};

/** What the disturbances need to know. */
export interface DisturbOptions {
  readonly random: Random;
  readonly identity: TextIdentity;
  /** Draws the second exposure, if one is needed. */
  readonly second: () => Picture;
  /** Exactly these; drawn where absent. */
  readonly only?: readonly Disturbance[];
}

/** Disturbs a plate; at least one thing is done. */
export const disturb = (
  clean: Plate,
  options: DisturbOptions,
): { readonly plate: Plate; readonly done: readonly Disturbance[] } => {
  const { random, identity, second } = options;
  const kinds = Object.keys(chances) as Disturbance[];
  const drawn = kinds.filter((kind) => random.chance(chances[kind]));
  const done = options.only ?? (drawn.length > 0 ? drawn : [random.pick(kinds.slice(0, 5))]);
  const has = (kind: Disturbance): boolean => done.includes(kind);
  let plate: Plate = { ...clean, picture: { ...clean.picture, values: clean.picture.values.slice() } };
  if (has("collimation")) plate = collimateTilted(plate, random.fork("collimation"));
  if (has("exposures")) plate = sharePlate(plate, second(), random.fork("exposures"));
  if (has("rotation")) plate = turnPlate(plate, random.pick([90, 180, 270] as const, [1, 2, 1]));
  if (has("scan")) plate = scanFilm(plate, random.fork("scan"));
  if (has("border")) plate = addBorder(plate, random.chance(0.6) ? "white" : "black", random.fork("border"));
  if (has("text")) {
    const added = burnInText(plate.picture, identity, random.fork("text"));
    plate = { ...plate, burnedInText: [...plate.burnedInText, ...added] };
  }
  if (has("photograph")) plate = photographFilm(plate, random.fork("photograph"));
  return { plate, done };
};
