/** What the two benches of transfer share: a home whose radiographs are pretrained on, the comparison on it, and its figures. */

import { jsonLines, osteon } from "../scripts/osteon-process.ts";
import type { TransferReport } from "../src/systems/transfer/index.ts";
import type { Figure } from "./figure.ts";

/** How the networks of a bench are told to learn, as words of the command line. */
export interface StudyNetwork {
  readonly network: string;
  readonly imageSize: number;
  /** Clusterings of DeepCluster. */
  readonly clusterings: number;
  /** What DeepCluster and the pretraining begin with, as published; nothing where no file is named. */
  readonly weights?: string;
}

/** Lets DeepCluster put what a home holds in clusters, and a network learn their numbers. */
export const pretrainOn = async (
  home: string,
  { network, imageSize, clusterings, weights }: StudyNetwork,
  say: (line: string) => void,
): Promise<void> => {
  const common = ["--home", home, "--network", network, "--image-size", String(imageSize), "--quiet"];
  const from = weights === undefined ? [] : ["--weights", weights];
  const clustering = await osteon(["atlas", "cluster", ...common, ...from, "--epochs", String(clusterings)]);
  say(`${clustering.stdout.trim()} (${clustering.seconds.toFixed(0)} s)`);
  const pretraining = await osteon(["transfer", "pretrain", ...common, ...from]);
  say(pretraining.stdout.trim());
};

/** The comparison on a home, by further words of the command line; its table is said as users see it. */
export const compareStarts = async (
  home: string,
  words: readonly string[],
  say: (line: string) => void,
): Promise<TransferReport> => {
  const told = ["transfer", "evaluate", "--home", home, "--quiet", ...words];
  const [report] = jsonLines<TransferReport>(await osteon([...told, "--json"]));
  for (const { start, bySeed } of report!.transfer.rows)
    say(`${start}: ${bySeed.map((accuracy) => (100 * accuracy).toFixed(1)).join(" ")}`);
  return report!;
};

/** Percent, and points of it. */
export const figuresOfStarts = (
  { transfer }: TransferReport,
  wanted: Readonly<Record<string, string>> = {},
): Figure[] => {
  const percent = (name: string, share: number): Figure => ({
    name,
    value: 100 * share,
    unit: "%",
    ...(wanted[name] ? { wanted: wanted[name] } : {}),
  });
  const ends = (name: string, [low, high]: readonly [number, number]): Figure[] => [
    percent(`${name}, lower end`, low),
    percent(`${name}, upper end`, high),
  ];
  return [
    { name: "radiographs tested", value: transfer.radiographs, unit: "radiographs" },
    percent("always the commonest class", transfer.chance),
    ...transfer.rows.flatMap(({ start, accuracy, interval, byPatient }) => [
      percent(`accuracy from ${start}`, accuracy),
      ...(interval ? ends(`accuracy from ${start} over seeds`, interval) : []),
      ...(byPatient ? ends(`accuracy from ${start} by patient`, byPatient) : []),
    ]),
    ...transfer.differences.flatMap(({ first, second, difference, interval, byPatient, differs }) => [
      percent(`${second} less ${first}`, difference),
      ...(interval ? ends(`${second} less ${first} over seeds`, interval) : []),
      ...(byPatient ? ends(`${second} less ${first} by patient`, byPatient) : []),
      { name: `${second} differs from ${first}`, value: Number(differs), unit: "1 = yes" },
    ]),
    { name: "networks trained and tested", value: transfer.seconds / 60, unit: "minutes" },
  ];
};
