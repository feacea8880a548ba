/** Who is logged in: read once, and again after a login. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, Suspense, use, useEffect } from "react";
import type { Role } from "../../../src/contract/roles.ts";
import type { Session } from "../../../src/contract/session.ts";
import { get, onLoggedOut, rememberCsrfToken } from "../api/client.ts";

const SessionContext = createContext<Session | undefined>(undefined);

export const sessionKey = ["session"];

/** How often it is asked whether the session still holds, so that an abandoned screen shows the login page. */
const checkMs = 60_000;

interface SessionProviderProps {
  readonly children: ReactNode;
  /** Shown in the place of everything else while accounts are asked for and nobody has logged in. */
  readonly login: ReactNode;
}

export const SessionProvider = ({ children, login }: SessionProviderProps) => {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: sessionKey,
    queryFn: async () => {
      const session = await get<Session>("/api/session");
      rememberCsrfToken(session.csrfToken);
      return session;
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data?.accounts ? checkMs : false),
  });
  useEffect(() => onLoggedOut(() => void queries.invalidateQueries({ queryKey: sessionKey })), [queries]);
  if (!data) return null;
  const isAskedFor = data.accounts && data.person === null;
  return <SessionContext value={data}>{isAskedFor ? <Suspense>{login}</Suspense> : children}</SessionContext>;
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
