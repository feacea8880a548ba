/**
 * Where a session runs, and what ONNX Runtime's providers get wrong or leave out: docs/explanation/providers.md tells how
 * each was found.
 */

import type { InferenceSession } from "onnxruntime-node";
import { OsteonError } from "../errors.ts";
import type { OnnxModel, OnnxNode } from "../onnx/model.ts";
import { writeOutTranspositions } from "./plain-matrix-products.ts";

/** The processor; a graphics card through Vulkan, Direct3D 12 or Metal; an NVIDIA card through CUDA 12. */
export const providers = ["cpu", "webgpu", "cuda"] as const;

/** One of {@link providers}. */
export type Provider = (typeof providers)[number];

/** What a provider asks of the graphs: gradients are written in the form that runs on it. */
export interface ProviderForms {
  /**
   * Where max pooling's gradient finds the winners: in the second output of `MaxPool`, or by comparing every tap with the
   * result, for a kernel without that output. Both choose the first of equal values.
   */
  readonly maxPool: "indices" | "comparisons";
}

/** The forms that run on a provider. */
export const formsOf = (provider: Provider): ProviderForms => ({
  maxPool: provider === "webgpu" ? "comparisons" : "indices",
});

/** Nodes whose WebGPU kernel fails or computes wrongly; all other gaps ONNX Runtime fills from the processor by itself. */
const isBrokenOnWebGpu = ({ type, outputs, attributes }: OnnxNode): boolean => {
  // Registered, but throws at the first run: "The Indices output is not supported yet".
  if (type === "MaxPool") return outputs.length > 1;
  // Computes wrongly, without a word, where a group has one output channel and several input channels.
  if (type === "ConvTranspose") return attributes.group?.kind === "int" && attributes.group.value > 1;
  return false;
};

/** A model as a provider is to have it, and what ONNX Runtime is told about that provider. */
export const prepareFor = (
  provider: Provider,
  model: OnnxModel,
): { readonly model: OnnxModel; readonly config: InferenceSession.ExecutionProviderConfig } => {
  if (provider !== "webgpu") return { model, config: provider };
  const plain = writeOutTranspositions(model);
  if (!plain.nodes.some(isBrokenOnWebGpu)) return { model: plain, config: provider };
  // ONNX Runtime takes the list of what is to stay on the processor by name.
  const nodes = plain.nodes.map((node, i) => (isBrokenOnWebGpu(node) ? { ...node, name: `broken_${i}` } : node));
  const forceCpuNodeNames = nodes.flatMap((node) => (isBrokenOnWebGpu(node) ? [node.name!] : []));
  return { model: { ...plain, nodes }, config: { name: "webgpu", forceCpuNodeNames } };
};

/** What each provider needs, for those whom it fails. */
const needs: Readonly<Record<Exclude<Provider, "cpu">, string>> = {
  webgpu: "It needs a graphics card and its driver; on Linux that is a Vulkan driver and the package libvulkan1.",
  cuda: "It needs Linux on x64, an NVIDIA card, CUDA 12 and cuDNN 9; `ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node` fetches its kernels.",
};

/** What ONNX Runtime says where a provider is missing, and what that means. */
const missing: readonly (readonly [message: RegExp, reason: string])[] = [
  [/backend not found/, "this build of ONNX Runtime has no such provider"],
  [/WebGPU adapter/, "no graphics card with a driver was found"],
  [/Failed to load shared library/, "its kernels are not installed or do not load"],
];

/** The last line of a message, without the places in ONNX Runtime's source. */
const shortened = (message: string): string => {
  const line = message.split("\n").findLast((each) => each.trim() !== "") ?? "no reason given";
  return line.replace(/^.*\bwas false\. /, "").slice(0, 200);
};

/**
 * The error for a session that could not be made on a provider.
 *
 * @returns an error `unsupported`, with the reason in a few words as `context.reason`
 */
export const providerFailure = (provider: Exclude<Provider, "cpu">, cause: unknown): OsteonError => {
  const message = cause instanceof Error ? cause.message : String(cause);
  const known = missing.find(([pattern]) => pattern.test(message))?.[1];
  const reason = known ?? shortened(message);
  const sentence = known
    ? `The provider ${provider} does not run on this machine: ${reason}. ${needs[provider]}`
    : `The provider ${provider} did not take the graph: ${reason.replace(/\.$/, "")}.`;
  const advice = "`osteon doctor` tells which providers run here; the provider cpu always does.";
  return new OsteonError("unsupported", `${sentence} ${advice}`, { provider, reason }, cause);
};
