/** An epoch as pages see it. */

import type { RunEpoch as EpochView } from "../../contract/runs.ts";
import type { RunEpoch } from "../../store/index.ts";

export const showEpoch = ({ pictures, seconds, ...epoch }: RunEpoch): EpochView => ({
  ...epoch,
  seconds,
  picturesPerSecond: seconds > 0 ? pictures / seconds : null,
});
