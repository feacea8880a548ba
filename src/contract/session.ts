/** Who is at the browser, and how the server is run. */

import { z } from "zod";
import { role } from "./roles.ts";

export const person = z.object({
  /** Stays the same when the name changes; `local` where no accounts are asked for. */
  id: z.string(),
  name: z.string(),
  role,
});
export type Person = z.infer<typeof person>;

export const session = z.object({
  /** Null where accounts are asked for and nobody has logged in. */
  person: person.nullable(),
  accounts: z.boolean(),
  /** To be sent back in the header `x-csrf-token` with every request that changes something. */
  csrfToken: z.string().nullable(),
  version: z.string(),
});
export type Session = z.infer<typeof session>;
