/**
 * Where a session runs, and what ONNX Runtime's providers get wrong or leave out: docs/explanation/providers.md tells how
 * each was found.
 */

import type { InferenceSession } from "onnxruntime-node";
import { OsteonError } from "../errors.ts";
import type { OnnxModel, OnnxNode } from "../onnx/model.ts";

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
  // With one output channel per group it reads the channels of the first group for every group.
  if (type === "ConvTranspose") return attributes.group?.kind === "int" && attributes.group.value > 1;
  return false;
};

/** A model as a provider is to have it, and what ONNX Runtime is told about that provider. */
export const prepareFor = (
  provider: Provider,
  model: OnnxModel,
): { model: OnnxModel; config: InferenceSession.ExecutionProviderConfig } => {
  if (provider !== "webgpu") return { model, config: provider };
  const nodes = model.nodes.map((node, i) => (isBrokenOnWebGpu(node) ? { ...node, name: `on the cpu ${i}` } : node));
  const forceCpuNodeNames = nodes.flatMap(({ name }) => (name?.startsWith("on the cpu ") ? [name] : []));
  return { model: { ...model, nodes }, config: { name: "webgpu", forceCpuNodeNames } };
};

/** What each provider needs, for those whom it fails. */
const needs: Readonly<Record<Provider, string>> = {
  cpu: "Install the packages again with `npm ci`.",
  webgpu: "It needs a graphics card and its driver; on Linux that is a Vulkan driver and the package libvulkan1.",
  cuda: "It needs Linux on x64, an NVIDIA card, CUDA 12 and cuDNN 9; `ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node` fetches its kernels.",
};

/** Messages of ONNX Runtime, and what they mean. */
const reasons: readonly (readonly [message: RegExp, reason: string])[] = [
  [/backend not found/, "this build of ONNX Runtime has no such provider"],
  [/WebGPU adapter/, "no graphics card with a driver was found"],
  [/Failed to load shared library/, "its kernels are not installed or do not load"],
  [/disable_cpu_ep_fallback|fallback to CPU EP has been explicitly disabled/, "it does not run what it was given"],
];

/** Why ONNX Runtime refused, in a few words without its source's paths. */
const shortReason = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  const known = reasons.find(([pattern]) => pattern.test(message));
  if (known) return known[1];
  const line = message.split("\n").findLast((each) => each.trim() !== "") ?? "no reason given";
  return line.replace(/^.*was false\. /, "").slice(0, 160);
};

/** The error for a session that could not be made on a provider. */
export const providerFailure = (provider: Provider, error: unknown): OsteonError => {
  const reason = shortReason(error);
  return new OsteonError(
    "unsupported",
    `The provider ${provider} does not run this on this machine: ${reason}. ${needs[provider]} ` +
      "`osteon doctor` tells which providers run here.",
    { provider, reason },
    error,
  );
};
