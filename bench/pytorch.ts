/** The peer of the engine: PyTorch on the same machine (Debian's python3-torch and python3-torchvision). */

import { spawnSync } from "node:child_process";

/** Images per second of one model, as the peer measured them. */
export interface PytorchSpeed {
  readonly engine: string;
  readonly train_images_per_s: number;
  readonly infer_images_per_s: number;
}

const script = `
import json, os, sys, time
import torch, torchvision
torch.set_num_threads(os.cpu_count()); torch.manual_seed(0)
name, batch, size, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
model = torchvision.models.__dict__[name](num_classes=10)
x, y = torch.randn(batch, 3, size, size), torch.randint(0, 10, (batch,))
loss, optimiser = torch.nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
def best(f):
    times = []
    for _ in range(steps + 1):
        t = time.perf_counter(); f(); times.append(time.perf_counter() - t)
    return min(times[1:])
def train():
    optimiser.zero_grad(); loss(model(x), y).backward(); optimiser.step()
model.train(); step = best(train)
model.eval()
with torch.no_grad(): infer = best(lambda: model(x))
print(json.dumps({"engine": "PyTorch " + torch.__version__, "train_images_per_s": batch / step, "infer_images_per_s": batch / infer}))
`;

/** Runs the peer once; undefined where PyTorch is not installed. */
export const pytorchSpeed = (
  model: string,
  { batch, size, steps }: { batch: number; size: number; steps: number },
): PytorchSpeed | undefined => {
  const run = spawnSync("/usr/bin/python3", ["-c", script, model, String(batch), String(size), String(steps)], {
    encoding: "utf8",
  });
  if (run.status !== 0) return undefined;
  return JSON.parse(run.stdout) as PytorchSpeed;
};
