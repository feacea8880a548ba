/** Stature by age and sex. */

/** Stature of a child as a share of an adult's (about the WHO growth reference, both sexes together). */
export const bodyScale = (ageYears: number, sex: "F" | "M"): number => {
  const grown = Math.min(1, 0.45 + 0.55 * Math.min(1, ageYears / 16.5) ** 0.85);
  return grown * (sex === "F" ? 0.94 : 1);
};
