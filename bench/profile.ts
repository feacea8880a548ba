/** `npm run bench -- profile resnet50`: which operators a training step spends its time in. */

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initialState, stateSpecs } from "../src/nn/network.ts";
import { TrainStep } from "../src/nn/train-step.ts";
import type { Bench, Figure } from "./figure.ts";
import { batchOf, measuredNetworks } from "./networks.ts";

const steps = 4;
const shownOperators = 12;
const shownShapes = 24;

/** One line of ONNX Runtime's trace. */
interface TraceEvent {
  readonly cat?: string;
  readonly name: string;
  readonly dur: number;
  readonly args: {
    readonly op_name?: string;
    readonly input_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
  };
}

export const profile: Bench = async ({ args, say }) => {
  const name = args[0] ?? "resnet18";
  const measured = measuredNetworks[name];
  if (!measured) {
    say(`Name one network: ${Object.keys(measuredNetworks).join(", ")}.`);
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), "osteon-profile-"));
  try {
    const { network, inputShape } = measured;
    const state = initialState(stateSpecs(network, inputShape), 0);
    const trainer = await TrainStep.create({ ...measured, state, profileTo: join(folder, "trace") });
    const batch = batchOf(measured);
    for (let i = 0; i < steps; i++) await trainer.step({ ...batch, lr: 0.01 });
    await trainer.release();
    const [file] = await readdir(folder);
    const trace = JSON.parse(await readFile(join(folder, file!), "utf8")) as readonly TraceEvent[];
    const kernels = trace.filter(({ cat, name: kernel }) => cat === "Node" && kernel.endsWith("_kernel_time"));
    say(`${measured.title}: ${(total(kernels) / steps / 1e3).toFixed(0)} ms a step in operators`);
    return [
      ...shares(kernels, shownOperators, ({ args: { op_name: operator = "?" } }) => operator),
      ...shares(kernels, shownShapes, operatorAndShapes),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const total = (events: readonly TraceEvent[]): number => events.reduce((sum, { dur }) => sum + dur, 0);

const operatorAndShapes = ({
  args: { op_name: operator = "?", input_type_shape: inputs = [] },
}: TraceEvent): string => {
  const shapes = inputs.slice(0, 2).map((input) => `[${Object.values(input)[0]?.join(" ")}]`);
  return `${operator} ${shapes.join(" ")}`;
};

const shares = (events: readonly TraceEvent[], shown: number, keyOf: (event: TraceEvent) => string): Figure[] => {
  const all = total(events);
  return [...Map.groupBy(events, keyOf)]
    .map(([key, group]) => ({ name: `${key} (${group.length / steps} times)`, time: total(group) }))
    .sort((a, b) => b.time - a.time)
    .slice(0, shown)
    .map(({ name, time }) => ({ name, value: (100 * time) / all, unit: "% of the step" }));
};
