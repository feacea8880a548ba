/** Whether the server works; nothing else is said, since anybody may ask. */

import { z } from "zod";

export const health = z.object({ status: z.enum(["live", "ready", "not ready"]) });
export type Health = z.infer<typeof health>;
