/** The real server of the workbench on a home of its own, for tests of what it answers; without a browser. */

import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "../../src/contract/roles.ts";
import { type Door, loopbackDoor } from "../../src/server/access/door.ts";
import { hashPassword } from "../../src/server/access/passwords.ts";
import { csrfTokenOf } from "../../src/server/access/sessions.ts";
import { type App, makeApp } from "../../src/server/app.ts";
import type { Log } from "../../src/server/logs/log.ts";
import type { Services } from "../../src/server/services.ts";
import { startServices } from "../../src/server/start-services.ts";
import { addAccount, getAccount, type Home, openHome } from "../../src/store/index.ts";
import { Visitor } from "./visitor.ts";

/** The password of every account here. */
export const testPassword = "a quiet reading room";

/** The server, and who visits it. */
export interface RunningTestServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly app: App;
  readonly home: Home;
  readonly services: Services;
  /** A browser that knows nothing yet. */
  visitor(): Visitor;
  /** A new person of a role. */
  addPerson(role: Role, login?: string): Promise<{ readonly id: string; readonly login: string }>;
  /** A browser with a session of a new person of a role, which no password was typed for. */
  visitorOf(role: Role): Promise<Visitor>;
  /** A browser in which a new person of a role, or who has this login, has logged in. */
  loggedIn(role: Role, login?: string): Promise<Visitor>;
  close(): Promise<void>;
}

interface RunningServerOptions {
  /** Accounts on loopback where it is left out. */
  readonly door?: Partial<Door>;
  readonly now?: () => Date;
  readonly log?: Log;
  /** A home that is there already; it is not removed. */
  readonly directory?: string;
  readonly importFolders?: readonly string[];
  /** The folder of the built pages; none where it is left out. */
  readonly pages?: string;
}

export const startTestServer = async (options: RunningServerOptions = {}): Promise<RunningTestServer> => {
  const { door = {}, now = () => new Date(), directory, pages, ...rest } = options;
  const folder = directory === undefined ? await mkdtemp(join(tmpdir(), "osteon-server-")) : undefined;
  const home = await openHome(directory ?? join(folder!, "home"), {
    command: "test",
    create: true,
    since: now().toISOString(),
  });
  const services = await startServices(home, { now, door: { ...loopbackDoor, accounts: true, ...door }, ...rest });
  const app = await makeApp(services, { version: "test", ...(pages === undefined ? {} : { pages }) });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://localhost:${port}`;
  let people = 0;
  let passwordHash: string | undefined;
  const addPerson = async (role: Role, login = `${role}-${++people}`) => {
    passwordHash ??= await hashPassword(testPassword);
    const proof = { passwordHash };
    const { id } = await addAccount(home.database, {
      id: randomUUID(),
      login,
      name: `Person ${login}`,
      role,
      createdAt: now(),
      proof,
    });
    return { id, login };
  };
  return {
    url,
    app,
    home,
    services,
    visitor: () => new Visitor(url),
    addPerson,
    visitorOf: async (role) => {
      const { id } = await addPerson(role);
      const account = await getAccount(home.database, id);
      const token = await services.access.sessions.begin(account, { address: "127.0.0.1", browser: "test" });
      const visitor = new Visitor(url);
      visitor.cookies.set("osteon", token);
      visitor.csrfToken = csrfTokenOf(token);
      return visitor;
    },
    loggedIn: async (role, login) => {
      const person = login === undefined ? await addPerson(role) : { login };
      const visitor = new Visitor(url);
      await visitor.logIn(person.login, testPassword);
      return visitor;
    },
    close: async () => {
      await app.close();
      await services.close();
      await home.close();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
