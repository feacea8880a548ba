/** An epoch as pages see it. */

import type { ClusterMeasures, RunEpoch as EpochView } from "../../contract/runs.ts";
import type { RunEpoch } from "../../store/index.ts";

export const showEpoch = ({ pictures, seconds, measures, ...epoch }: RunEpoch): EpochView => ({
  ...epoch,
  seconds,
  measures: (measures as ClusterMeasures | undefined) ?? null, // the atlas alone measures something else
  picturesPerSecond: seconds > 0 ? pictures / seconds : null,
});
