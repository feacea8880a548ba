/** The program that `probeProvider` starts: tries one provider and tells its parent what came of it. */

import { OsteonError } from "../errors.ts";
import { type ProbeResult, probeEngine } from "./probe.ts";
import type { Provider } from "./providers.ts";

const provider = process.argv[2] as Provider;

const result = async (): Promise<ProbeResult> => {
  try {
    return { runs: true, detail: `ONNX Runtime ${await probeEngine(provider)}` };
  } catch (error) {
    const reason = error instanceof OsteonError ? (error.context.reason as string | undefined) : undefined;
    return { runs: false, detail: reason ?? "ONNX Runtime does not run" };
  }
};

process.send?.(await result(), () => process.disconnect());
