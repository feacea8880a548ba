/** A role, with what it may do. */

import type { Role } from "../../../../src/contract/roles.ts";
import { Field } from "../../parts/field.tsx";
import { useWords } from "../../shell/language.tsx";
import { shellWords } from "../../shell/words.ts";
import { usersWords } from "./users-words.ts";

const roles: readonly Role[] = ["viewer", "annotator", "researcher", "administrator"];

interface RoleFieldProps {
  readonly role: Role;
  readonly onChange: (role: Role) => void;
  readonly disabled?: boolean;
}

export const RoleField = ({ role, onChange, disabled = false }: RoleFieldProps) => {
  const words = useWords(usersWords);
  const names = useWords(shellWords).roles;
  return (
    <Field label={words.role} hint={words.rights[role]}>
      <select
        value={role}
        disabled={disabled}
        onChange={({ target }) => onChange(roles.find((one) => one === target.value) ?? "viewer")}
      >
        {roles.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </Field>
  );
};
