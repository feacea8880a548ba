/** What people call the browser that calls itself something longer. */

const browsers = [
  ["Edge", /\bEdg\w*\//],
  ["Firefox", /\bFirefox\//],
  ["Chrome", /\b(?:Headless)?Chrom(?:e|ium)\//],
  ["Safari", /\bSafari\//],
] as const;

const systems = [
  ["Windows", /Windows/],
  ["iPad", /iPad/],
  ["iPhone", /iPhone/],
  ["Android", /Android/],
  ["macOS", /Mac OS X/],
  ["Linux", /Linux/],
] as const;

/** Such as `Firefox, Linux`; null where it is none of those that are known. */
export const browserName = (userAgent: string): string | null => {
  const browser = browsers.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const parts = [browser, system].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(", ") : null;
};
