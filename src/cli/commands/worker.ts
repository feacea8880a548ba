/** `osteon worker`: why there is none beside the server yet. */

import { Command } from "commander";
import { OsteonError } from "../../errors.ts";
import { withCommonOptions } from "../context.ts";

export const workerCommand = (): Command =>
  withCommonOptions(new Command("worker"))
    .description("work on the jobs of a workbench from a process of its own (needs a database server)")
    .action(() => {
      throw new OsteonError(
        "unsupported",
        "A home's own database belongs to one process, so `osteon serve` itself works on the jobs, each in a process of its own; workers beside it need a PostgreSQL server, which is not supported yet.",
      );
    });
