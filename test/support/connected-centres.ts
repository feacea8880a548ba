/** Two centres that know each other: real servers with homes and keys of their own, and a network in common. */

import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { CentreCard, CentrePolicyChange, CentreSettings } from "../../src/contract/centres.ts";
import type { Door } from "../../src/server/access/door.ts";
import { type RunningTestServer, startTestServer } from "./running-server.ts";
import type { Visitor } from "./visitor.ts";
import { centresHome } from "./workbench/centres-home.ts";
import type { PhantomHome } from "./workbench/phantom-home.ts";

/** A centre that runs, and its administrator's browser. */
export interface RunningCentre {
  readonly server: RunningTestServer;
  readonly phantom: PhantomHome;
  readonly administrator: Visitor;
  /** Where others reach it. */
  readonly address: string;
  readonly card: CentreCard;
  /** The fingerprint of its key. */
  readonly id: string;
}

interface CentreOptions {
  readonly name: string;
  readonly door?: Partial<Door>;
  /** By default the server's own address. */
  readonly addressOf?: (server: RunningTestServer) => string;
}

/** Starts a centre on a home of its own, with its name and address set; it answers whoever it knows. */
export const startCentre = async ({ name, door, addressOf }: CentreOptions): Promise<RunningCentre> => {
  const phantom = await centresHome();
  const server = await startTestServer({ directory: phantom.home, ...(door ? { door } : {}) });
  const address = addressOf?.(server) ?? server.url;
  const administrator = await server.visitorOf("administrator");
  await administrator.ask("PATCH", "/api/settings", { body: { centre: name } });
  await setPolicy(administrator, { answers: true, address, contact: `tumour board of ${name}`, waitSeconds: 60 });
  const { card, fingerprint } = (await administrator.get("/api/centres")).json<CentreSettings>();
  return { server, phantom, administrator, address, card: card!, id: fingerprint };
};

/** Changes a centre's terms. */
export const setPolicy = async (administrator: Visitor, change: CentrePolicyChange): Promise<void> => {
  const { status } = await administrator.ask("PATCH", "/api/centres/policy", { body: change });
  expect(status).toBe(200);
};

/** Has one centre know another, as its administrator would after a call. */
export const introduce = async (to: RunningCentre, who: RunningCentre, authority?: string): Promise<void> => {
  const { status } = await to.administrator.post("/api/centres", {
    card: who.card,
    fingerprint: who.id,
    ...(authority === undefined ? {} : { authority }),
  });
  expect(status).toBe(201);
};

/** Waits for a condition, also where `expect.poll` may not: before the tests of a file. Their time-out ends it. */
export const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await sleep(100);
};

/** Ends a centre, and removes its home. */
export const stopCentre = async ({ server, phantom }: RunningCentre): Promise<void> => {
  await server.close();
  await phantom.remove();
};

/** Two centres, the first of which asks the other; each knows the other and may ask it. */
export const startPair = async (): Promise<readonly [RunningCentre, RunningCentre]> => {
  const [asking, answering] = [await startCentre({ name: "Asking" }), await startCentre({ name: "Answering" })];
  await introduce(asking, answering);
  await introduce(answering, asking);
  return [asking, answering];
};
