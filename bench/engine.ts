/**
 * Training step, inference and peak memory of the networks beside PyTorch. Each round measures the project, then the peer, in
 * processes of their own; the medians are compared, so that a drift of the machine cancels out.
 *
 * `npm run bench -- engine` measures all; `npm run bench -- engine resnet18 resnet50` the named ones.
 */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Bench, beside, type Figure, median } from "./figure.ts";
import { type MeasuredNetwork, measuredNetworks } from "./networks.ts";

const [steps, rounds] = [4, 3];

/** Images a second, and bytes. */
interface Measurement {
  readonly engine?: string;
  readonly train: number;
  readonly infer: number;
  readonly peakMemory: number;
}

const measure = (command: string, args: readonly string[]): Measurement | undefined => {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? (JSON.parse(stdout) as Measurement) : undefined;
};

const here = import.meta.dirname;

const measureOurs = (name: string): Measurement => {
  const found = measure(process.execPath, [join(here, "measure-network.ts"), name, String(steps)]);
  if (!found) throw new Error(`${name} could not be measured.`);
  return found;
};

const measurePeer = (name: string, { inputShape }: MeasuredNetwork): Measurement | undefined =>
  measure("/usr/bin/python3", [
    join(here, "torch_peer.py"),
    name,
    ...[inputShape[0], inputShape[3], steps].map(String),
  ]);

const figuresOf = (name: string, measured: MeasuredNetwork, say: (line: string) => void): Figure[] => {
  const ours: Measurement[] = [];
  const peers: Measurement[] = [];
  for (let round = 1; round <= rounds; round++) {
    say(`${measured.title}, round ${round} of ${rounds}`);
    ours.push(measureOurs(name));
    const peer = measurePeer(name, measured);
    if (peer) peers.push(peer);
  }
  const peer = peers[0]?.engine ?? "PyTorch (not installed)";
  const of = (all: readonly Measurement[], key: "train" | "infer" | "peakMemory"): number =>
    median(all.map((measurement) => measurement[key]));
  const peerValue = (key: "train" | "infer"): { peerValue?: number } =>
    peers.length > 0 ? { peerValue: of(peers, key) } : {};
  const memory = of(ours, "peakMemory") / 1e9;
  const peerMemory = peers.length > 0 ? of(peers, "peakMemory") / 1e9 : undefined;
  return [
    beside({
      name: `${measured.title}: training step`,
      value: of(ours, "train"),
      unit: "images/s",
      peer,
      ...peerValue("train"),
      wanted: `ratio >= ${measured.wanted}`,
    }),
    beside({
      name: `${measured.title}: inference`,
      value: of(ours, "infer"),
      unit: "images/s",
      peer,
      ...peerValue("infer"),
      wanted: "ratio >= 1.2",
    }),
    {
      name: `${measured.title}: peak memory of training`,
      value: memory,
      unit: "GB",
      peer,
      ...(peerMemory === undefined ? {} : { peerValue: peerMemory, ratio: memory / peerMemory }),
      wanted: "ratio <= 1.3",
    },
  ];
};

export const engine: Bench = async ({ args, say }) => {
  const names = args.length > 0 ? args : Object.keys(measuredNetworks);
  const unknown = names.filter((name) => !measuredNetworks[name]);
  if (unknown.length > 0) {
    say(`There is no ${unknown.join(", ")}; name any of ${Object.keys(measuredNetworks).join(", ")}.`);
    return [];
  }
  return names.flatMap((name) => figuresOf(name, measuredNetworks[name]!, say));
};
