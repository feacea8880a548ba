/** `osteon serve`: the workbench. */

import { Command, Option } from "commander";
import { serve } from "../../server/serve.ts";
import { startServices } from "../../server/start-services.ts";
import { type CommonOptions, interruptSignal, version, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { type DoorCommandOptions, doorOf, withDoorOptions } from "../door-options.ts";
import { say } from "../output.ts";

interface ServeCommandOptions extends CommonOptions, DoorCommandOptions {
  readonly port: number;
  readonly pages?: string;
}

export const serveCommand = (): Command =>
  withCommonOptions(withDoorOptions(new Command("serve")))
    .description("the workbench, for browsers")
    .option("--port <n>", "the port to listen on", wholeNumber(0, 65535), 4780)
    .addOption(new Option("--pages <dir>", "another folder of built pages, as the tests have").hideHelp())
    .action(run);

const run = async (options: ServeCommandOptions): Promise<void> => {
  const signal = interruptSignal();
  const door = await doorOf(options);
  await withHome(options, { command: "serve", create: true }, async (home) => {
    const { host, port, pages } = options;
    const services = await startServices(home, { now: () => new Date(), door });
    const server = await serve(services, { host, port, version, ...(pages === undefined ? {} : { pages }) });
    say(`The workbench is at ${server.url} (Ctrl-C ends).`, options);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await server.close();
  });
};
