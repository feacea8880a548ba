/** How many errors of each kind the tables hold: 44 among 2,000 patients. */
export const plantedPerKind = (patients: number): number => Math.max(1, Math.round(0.022 * patients));
