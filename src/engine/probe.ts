/** Whether the engine runs on this machine: one tiny graph, compiled and run. */

import { createRequire } from "node:module";
import { OsteonError } from "../errors.ts";
import { Graph } from "./graph.ts";
import { add } from "./ops.ts";
import { Session } from "./session.ts";
import { floatTensor } from "./tensor.ts";

/**
 * The version of ONNX Runtime, once it has computed 1 + 1.
 *
 * @throws OsteonError `unsupported` when it computes something else; whatever the runtime throws when it does not load
 */
export const probeEngine = async (): Promise<string> => {
  const graph = new Graph();
  const x = graph.input("x", [1]);
  const session = await Session.create(graph.toModel({ y: add(x, x) }));
  const { y } = await session.run({ x: floatTensor([1], Float32Array.of(1)) });
  await session.release();
  if (y!.data[0] !== 2) throw new OsteonError("unsupported", "ONNX Runtime computes wrongly on this machine.");
  return (createRequire(import.meta.url)("onnxruntime-node/package.json") as { version: string }).version;
};
