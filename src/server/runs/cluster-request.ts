/** The job that goes on with a clustering from the command line: told the same, it has the same plan, and so is the same run. */

import type { RunDetail } from "../../contract/runs.ts";
import type { Run } from "../../store/index.ts";
import type { DeepClusterPlan } from "../../systems/atlas/index.ts";

type JobToStart = Extract<NonNullable<RunDetail["resume"]>, { request: unknown }>["request"];

/** Null where it began with a file of weights, which lies nobody knows where, or took the precedents' features. */
export const clusterRequestOf = ({ settings: plan }: Run): JobToStart | null => {
  const { features, preset, candidates, weights, seed, settings } = plan as DeepClusterPlan;
  if (features !== "deepcluster" || weights !== null) return null;
  const { network, clusters, epochs, batchSize } = settings;
  const { name, sobel, imageSize } = network;
  return {
    kind: "cluster-atlas",
    settings: { preset, network: name, sobel, imageSize, clusters: candidates ?? clusters, epochs, batchSize, seed },
  };
};
