/** The names of entities, sites and regions as the pages show them; the server's own names are the English ones. */

import { z } from "zod";

const term = z.object({ name: z.string(), de: z.string() });

export const vocabulary = z.object({ entities: z.array(term), sites: z.array(term), regions: z.array(term) });
export type Vocabulary = z.infer<typeof vocabulary>;
