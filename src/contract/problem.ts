/** What the server answers where it refuses or fails: RFC 9457, problem details. */

import { z } from "zod";

export const problem = z.object({
  status: z.number().int(),
  /** A code from a closed set, such as `not-found`; what the page translates. */
  code: z.string(),
  /** One sentence: what is wrong and what to do. Never patient data. */
  detail: z.string(),
  /** When to try again, where there were too many. */
  retrySeconds: z.number().int().optional(),
  /** Where in the request, of a malformed one. */
  places: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;
