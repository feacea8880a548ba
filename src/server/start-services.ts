/** Makes what the routes work with, in the order in which the parts need each other. */

import type { Home } from "../store/index.ts";
import { tidySetAside } from "../systems/cohort/index.ts";
import { openAccess } from "./access/access.ts";
import { type Door, loopbackDoor } from "./access/door.ts";
import { openSettings } from "./access/settings.ts";
import { CentresService } from "./centres/centres-service.ts";
import { EventHub } from "./events/event-hub.ts";
import { ArchiveLists } from "./images/archive-lists.ts";
import { Thumbnails } from "./images/thumbnails.ts";
import { checkFolders } from "./jobs/check-folders.ts";
import { Jobs } from "./jobs/jobs.ts";
import { showJob } from "./jobs/show-job.ts";
import { LinkService } from "./link/link-service.ts";
import { type Log, silentLog } from "./logs/log.ts";
import { GradCams } from "./runs/grad-cams.ts";
import { publishEpochs } from "./runs/publish-epochs.ts";
import { RunThread } from "./runs/run-thread.ts";
import type { Services } from "./services.ts";
import { Uploads } from "./uploads/uploads.ts";

interface ServicesOptions {
  /** The clock of the edge. */
  readonly now: () => Date;
  /** How people reach the server; loopback without accounts where it is left out. */
  readonly door?: Door;
  /** Folders on this machine from which imports may be asked for; any where nobody but this machine's user gets in. */
  readonly importFolders?: readonly string[];
  readonly log?: Log;
  /** Shows what the processes of jobs write to standard error. */
  readonly debug?: boolean;
  /** Leaves the jobs to workers beside this process. */
  readonly leavesJobs?: boolean;
}

/** The services, and how they end: in the opposite order. */
export interface RunningServices extends Services {
  close(): Promise<void>;
}

export const startServices = async (home: Home, options: ServicesOptions): Promise<RunningServices> => {
  const { now, door = loopbackDoor, importFolders, log = silentLog, debug = false, leavesJobs = false } = options;
  await using opened = new AsyncDisposableStack();
  await tidySetAside(home); // before jobs import
  const settings = await openSettings(home.database);
  const events = opened.adopt(new EventHub(), (hub) => hub.disconnect());
  const onSessionEnd = (account: string): void => events.disconnect(account);
  const access = await openAccess({ database: home.database, settings, now, door, onSessionEnd });
  const uploads = opened.adopt(
    await Uploads.open({ home, now, mostBytes: () => settings.current().uploadMebibytes * 2 ** 20 }),
    (service) => service.close(),
  );
  const jobs = opened.adopt(
    await Jobs.open({
      home,
      now,
      heavyAtOnce: () => settings.current().jobsAtOnce,
      checkSources: async (sources, person) => {
        await uploads.getAll(sources.uploads, person);
        await checkFolders(sources.folders, door.accounts ? (importFolders ?? []) : importFolders);
      },
      onMistake: ({ kind }, frames) => log.error({ job: kind, frames }, "a job stumbled over a mistake in the program"),
      debug,
      ...(leavesJobs ? { mostAtOnce: 0 } : {}),
    }),
    (service) => service.close(),
  );
  jobs.subscribe((job) => events.publish("job", job, (person) => showJob(job, person)));
  opened.defer(publishEpochs({ home, jobs, events }));
  const archiveLists = new ArchiveLists(home.database);
  const thumbnails = new Thumbnails(home.files);
  const runThread = opened.adopt(new RunThread(home.files.root), (thread) => thread.close());
  const gradCams = new GradCams(home, runThread);
  const link = opened.adopt(await LinkService.open({ home, now }), (service) => service.close());
  const centres = opened.adopt(await CentresService.open({ home, now, settings, door }), (service) => service.close());
  jobs.subscribe(({ state }) => {
    if (state === "finished") link.prepare(); // a new index is loaded before anybody waits for it
  });
  const parts = opened.move(); // nothing failed: they stay open until they are closed
  return {
    home,
    now,
    log,
    settings,
    access,
    events,
    uploads,
    jobs,
    archiveLists,
    thumbnails,
    runThread,
    gradCams,
    link,
    centres,
    close: () => parts.disposeAsync(),
  };
};
