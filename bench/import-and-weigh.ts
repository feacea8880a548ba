/** The child of ingest-memory.ts: imports a folder and tells now and then how large the process is. */
import { openHome } from "../src/store/index.ts";
import { findFiles, importRadiographs } from "../src/systems/cohort/index.ts";

const [folder, directory] = process.argv.slice(2) as [string, string];
const home = await openHome(directory, { command: "a bench", create: true, since: new Date().toISOString() });
await importRadiographs(home, await findFiles([folder]), {
  onProgress: (done) => {
    if (done % 50 === 0) process.send?.({ done, bytes: process.memoryUsage.rss() });
  },
});
await home.close();
process.disconnect?.();
