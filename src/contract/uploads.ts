/** Files on their way into the home. */

import { z } from "zod";

export const upload = z.object({ id: z.string(), bytes: z.number().int() });
export type Upload = z.infer<typeof upload>;
