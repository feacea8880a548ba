/** Who may change what somebody decided: that person, or an administrator. Nobody decides over another one's head. */

import { mayActAs } from "../contract/roles.ts";
import type { Person } from "../contract/session.ts";
import { OsteonError } from "../errors.ts";

/** @param by null where nobody has decided */
export const mayChange = (person: Person | null, by: string | null): boolean =>
  by === null || (person !== null && (by === person.name || mayActAs(person.role, "administrator")));

/** @throws OsteonError `not-allowed` where somebody else decided */
export const checkMayChange =
  (person: Person | null) =>
  (by: string | null): void => {
    if (mayChange(person, by)) return;
    throw new OsteonError("not-allowed", "Somebody else decided this; ask them, or an administrator, to take it back.");
  };
