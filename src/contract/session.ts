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
  /** What the centre's own login is called where there is one, such as `Hospital login`. */
  singleSignOn: z.string().nullable(),
  /** The centre's name; empty where none was set. */
  centre: z.string(),
  /** To be sent back in the header `x-csrf-token` with every request that changes something. */
  csrfToken: z.string().nullable(),
  version: z.string(),
});
export type Session = z.infer<typeof session>;

export const credentials = z.strictObject({
  login: z.string().min(1).max(200),
  password: z.string().min(1).max(1000),
});
export type Credentials = z.infer<typeof credentials>;
