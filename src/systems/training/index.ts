/** What every system that trains networks shares: the archive's pictures, networks with given weights, checkpoints, and the course of a run. */

export { loadPictures } from "./archive-pictures.ts";
export { forgetCheckpoint, forgetCheckpoints, memoryOf, type TrainingMemory } from "./checkpoints.ts";
export { codeVersion } from "./code-version.ts";
export { courseOf, type TrainingCourse, underWatch } from "./course.ts";
export { type FitHooks, type FitPlace, fitNetwork, type NetworkLesson, overallReport } from "./fit-network.ts";
export { type GivenWeightsOptions, givenWeights, readyToTrain } from "./given-weights.ts";
export { type KeptListKind, readKeptList, writeKeptList } from "./kept-list.ts";
export { type NamedNetwork, type NetworkName, namedNetwork, networkNames } from "./networks.ts";
export { timedCheckpoints } from "./timed-checkpoints.ts";
export { readHomeWeights, readWeightsFile, type WeightsFile } from "./weights-files.ts";
