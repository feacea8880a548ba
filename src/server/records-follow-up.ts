/** Lets patients and cases follow the corrections of people, by a job: writing them anew would hold the server up. */

import type { Person } from "../contract/session.ts";
import { clinicalRecordsWork, isWorkOwed } from "../store/index.ts";
import type { Services } from "./services.ts";

const kind = "refresh-records";

/** Who starts what an earlier server owed. */
const server: Person = { id: "server", name: "Osteon", role: "administrator" };

export class RecordsFollowUp {
  readonly #services: Pick<Services, "home" | "jobs">;

  constructor(services: Pick<Services, "home" | "jobs">) {
    this.#services = services;
  }

  /** Starts the work where it is owed and does not wait already. */
  async follow(person: Person): Promise<void> {
    const { home, jobs } = this.#services;
    if (!(await isWorkOwed(home.database, clinicalRecordsWork))) return;
    const [waiting] = await jobs.list({ kinds: [kind], states: ["waiting"], limit: 1 });
    if (!waiting) await jobs.start(kind, {}, person);
  }

  /** Does what a killed server owed. */
  catchUp(): Promise<void> {
    return this.follow(server);
  }
}
