/** Under which name the pages keep what they know of other centres. */
export const centresKey = ["centre-settings"] as const;
