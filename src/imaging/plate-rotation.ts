/** How a plate stands, by what its file says of the directions of its rows and columns (PS3.3 C.7.6.1.1.1). */

/** By how many quarter turns clockwise a picture has to be turned to have the head, or the near end of a limb, at the top. */
export type QuarterTurns = 0 | 1 | 2 | 3;

/**
 * The turns that bring a picture upright; null where the file does not say.
 *
 * @param patientOrientation where the rows and the columns lead, e.g. `["L", "F"]`: to the left side, to the feet
 * @example
 * quarterTurns(["H", "L"]); // 3: its rows lead to the head
 */
export const quarterTurns = (patientOrientation: readonly string[] | undefined): QuarterTurns | null => {
  const [rows = "", columns = ""] = patientOrientation ?? [];
  // The first letter is the main direction; those after it say how oblique it is.
  if (columns.startsWith("F")) return 0;
  if (rows.startsWith("F")) return 1;
  if (columns.startsWith("H")) return 2;
  if (rows.startsWith("H")) return 3;
  return null;
};
