/**
 * Keeps ONNX Runtime silent. From version 1.29 on it tells its maker over the network of every process that uses it, unless the
 * environment says otherwise before it loads; the message is made from the command line, in which file names stand, and a long command
 * line ends the process while it is made. Nothing of a hospital's machine is told to anybody.
 */

import { isMainThread } from "node:worker_threads";
import { OsteonError } from "../errors.ts";

const variable = "ORT_DISABLE_TELEMETRY";

/**
 * To be called before the runtime loads. A thread cannot change the environment of its process, so that who starts threads calls it
 * too.
 *
 * @throws OsteonError `unsupported` in a thread of a process that has not called it
 */
export const disableTelemetry = (): void => {
  if (process.env[variable] === "1") return;
  if (!isMainThread) {
    throw new OsteonError(
      "unsupported",
      `ONNX Runtime is not loaded in a thread while its telemetry is on; start the process with ${variable}=1.`,
    );
  }
  process.env[variable] = "1";
};
