/** How much of the exact answer a faster search finds. */

/**
 * Share of the exact search's k neighbours that are also among the approximate search's k, by image; 1 for an empty answer.
 *
 * @example
 * recallAgainst([{ image: a }, { image: b }], [{ image: b }, { image: c }]); // 0.5
 */
export const recallAgainst = (
  exact: readonly { readonly image: string }[],
  approximate: readonly { readonly image: string }[],
): number => {
  if (exact.length === 0) return 1;
  const found = new Set(approximate.map(({ image }) => image));
  return exact.filter(({ image }) => found.has(image)).length / exact.length;
};
