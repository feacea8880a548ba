/** The lead letter that a radiographer lays beside the limb: L or R. */

const glyphs = {
  L: ["10000", "10000", "10000", "10000", "10000", "10000", "11111"],
  R: ["11110", "10001", "10001", "11110", "10100", "10010", "10001"],
} as const;

/** Where the letter lies: its upper left corner and its height in pixels. */
export interface MarkerPlace {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly angle: number;
}

/** Draws a letter into a picture of grey values, as lead shows: white. */
export const drawMarker = (
  picture: { readonly width: number; readonly height: number; readonly values: Float32Array },
  letter: "L" | "R",
  place: MarkerPlace,
): void => {
  const rows = glyphs[letter];
  const cell = place.height / rows.length;
  const [c, s] = [Math.cos(place.angle), Math.sin(place.angle)];
  const half = Math.ceil(place.height * 0.8);
  const [midX, midY] = [place.x + 2.5 * cell, place.y + 3.5 * cell];
  for (let y = Math.floor(midY) - half; y <= midY + half; y++) {
    for (let x = Math.floor(midX) - half; x <= midX + half; x++) {
      if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
      const u = (c * (x - midX) + s * (y - midY)) / cell + 2.5;
      const v = (c * (y - midY) - s * (x - midX)) / cell + 3.5;
      if (rows[Math.floor(v)]?.[Math.floor(u)] === "1") picture.values[y * picture.width + x] = 0.97;
    }
  }
};
