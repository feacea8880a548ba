/** Accounts and sessions, as pages see them: without anything that proves who somebody is. */

import { z } from "zod";
import { role } from "./roles.ts";

export const account = z.object({
  id: z.string(),
  /** What is typed to log in. */
  login: z.string(),
  name: z.string(),
  role,
  kind: z.enum(["password", "single sign-on"]),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
  loggedInAt: z.iso.datetime().nullable(),
});
export type AccountView = z.infer<typeof account>;

export const accountList = z.object({ accounts: z.array(account) });

const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, "must not hold control characters");

/** Letters of any script, digits and `.`, `_`, `-`, `@`. */
const login = z
  .string()
  .max(100)
  .regex(/^[\p{L}\p{N}._@-]+$/u, "must be of letters, digits and . _ - @");

const password = z.string().min(1).max(1000);

export const accountToAdd = z.strictObject({ login, name, role, password });
export type AccountToAddView = z.infer<typeof accountToAdd>;

export const accountChange = z
  .strictObject({
    name,
    role,
    disabled: z.boolean(),
    /** A new one for who has forgotten theirs; ends the person's sessions. */
    password,
  })
  .partial();
export type AccountChangeView = z.infer<typeof accountChange>;

/** The own one. */
export const passwordChange = z.strictObject({ current: password, next: password });
export type PasswordChange = z.infer<typeof passwordChange>;

export const sessionList = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      createdAt: z.iso.datetime(),
      usedAt: z.iso.datetime(),
      address: z.string(),
      browser: z.string(),
      /** Whether it is the one that asks. */
      current: z.boolean(),
    }),
  ),
});
export type SessionList = z.infer<typeof sessionList>;
