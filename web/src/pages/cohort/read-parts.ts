/** `train=0.8, test=0.2` as the parts of a split. */

import type { SplitPlan } from "../../../../src/contract/cohorts.ts";

/** Undefined where the text names no two parts or more whose shares sum to 1. Decimals have a point or a comma. */
export const readParts = (text: string): SplitPlan["parts"] | undefined => {
  const pairs = [...text.matchAll(/([\w-]+)\s*=\s*(\d*[.,]?\d+)/g)];
  if (text.replaceAll(/([\w-]+)\s*=\s*(\d*[.,]?\d+)/g, "").replaceAll(/[\s,;]/g, "") !== "") return undefined;
  const parts = pairs.map(([, name, share]) => ({ name: name!, share: Number(share!.replace(",", ".")) }));
  const sum = parts.reduce((total, { share }) => total + share, 0);
  const isWhole = parts.length >= 2 && Math.abs(sum - 1) < 1e-6 && parts.every(({ share }) => share > 0);
  return isWhole && new Set(parts.map(({ name }) => name)).size === parts.length ? parts : undefined;
};
