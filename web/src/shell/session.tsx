/** Who is logged in: read once, and again after a login. */

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, use } from "react";
import type { Role } from "../../../src/contract/roles.ts";
import type { Session } from "../../../src/contract/session.ts";
import { get, rememberCsrfToken } from "../api/client.ts";

const SessionContext = createContext<Session | undefined>(undefined);

export const sessionKey = ["session"];

export const SessionProvider = ({ children }: { children: ReactNode }) => {
  const { data } = useQuery({
    queryKey: sessionKey,
    queryFn: async () => {
      const session = await get<Session>("/api/session");
      rememberCsrfToken(session.csrfToken);
      return session;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ? <SessionContext value={data}>{children}</SessionContext> : null;
};

export const useSession = (): Session => {
  const session = use(SessionContext);
  if (!session) throw new Error("There is no session around this part.");
  return session;
};

const order: readonly Role[] = ["viewer", "annotator", "researcher", "administrator"];

/** Whether the person at the browser may do what asks for this role; the server decides, the page only hides. */
export const useMay = (asked: Role): boolean => {
  const { person } = useSession();
  return person !== null && order.indexOf(person.role) >= order.indexOf(asked);
};
