/** What the routes work with; made once when the server starts, closed in the opposite order when it ends. */

import type { Home } from "../store/index.ts";
import type { Access } from "./access/access.ts";
import type { Settings } from "./access/settings.ts";
import type { CentresService } from "./centres/centres-service.ts";
import type { EventHub } from "./events/event-hub.ts";
import type { ArchiveLists } from "./images/archive-lists.ts";
import type { Thumbnails } from "./images/thumbnails.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type { LinkService } from "./link/link-service.ts";
import type { Log } from "./logs/log.ts";
import type { GradCams } from "./runs/grad-cams.ts";
import type { RunThread } from "./runs/run-thread.ts";
import type { Uploads } from "./uploads/uploads.ts";

export interface Services {
  readonly home: Home;
  /** The clock of the edge. */
  readonly now: () => Date;
  readonly log: Log;
  /** What administrators set for the whole server. */
  readonly settings: Settings;
  /** Accounts, sessions and the audit log. */
  readonly access: Access;
  /** What pages hear of without asking. */
  readonly events: EventHub;
  readonly uploads: Uploads;
  /** Work in the background. */
  readonly jobs: Jobs;
  /** Answers about the whole archive. */
  readonly archiveLists: ArchiveLists;
  readonly thumbnails: Thumbnails;
  /** What takes long to work out for the pages of runs. */
  readonly runThread: RunThread;
  /** Where the networks of runs look. */
  readonly gradCams: GradCams;
  /** Queries and their links, and pictures for the viewer. */
  readonly link: LinkService;
  /** What goes to and fro between this centre and others. */
  readonly centres: CentresService;
}
