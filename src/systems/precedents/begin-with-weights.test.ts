import { expect, test } from "vitest";
import { encodeSafetensors } from "../../engine/safetensors.ts";
import { floatTensor, type StateDict } from "../../engine/tensor.ts";
import { GreyDataset } from "../../learning/grey-dataset.ts";
import { resNet18 } from "../../models/resnet.ts";
import { initialState, stateSpecs } from "../../nn/network.ts";
import { Random } from "../../numeric/random.ts";
import type { StoredImage } from "../../store/index.ts";
import { presets } from "./config.ts";
import { studyPresets } from "./study/config.ts";
import { StudyTrainer } from "./study/study-trainer.ts";
import { beginningOf, cardFor, fitMembers } from "./train.ts";

const side = 32;
const labels = [0, 1, 0, 1, 0, 1, 0, 1];
const kernel = "conv1.weight";

/** As torchvision has them: a thousand classes, and kernels that no network is drawn with. */
const given: StateDict = new Map(
  [...initialState(stateSpecs(resNet18({ numClasses: 1000 }), [1, 1, side, side]), 7)].map(([name, tensor]) =>
    name === kernel
      ? [
          name,
          floatTensor(
            tensor.shape,
            tensor.data.map((value) => value + 3),
          ),
        ]
      : [name, tensor],
  ),
);
const begin = { name: "other-radiographs.safetensors", bytes: encodeSafetensors({ tensors: given, metadata: {} }) };

const pictures = new GreyDataset(side);
const random = new Random(1);
for (const label of labels)
  pictures.addBytes(Uint8Array.from({ length: side * side }, () => 60 + 100 * label + random.integer(60)));

/** How far the kernels are from the given ones, in the mean. */
const farFrom = (state: StateDict): number => {
  const [own, wanted] = [state.get(kernel)!.data, given.get(kernel)!.data];
  return own.reduce((sum, value, i) => sum + Math.abs(value - wanted[i]!), 0) / own.length;
};

test("the networks of the precedents begin with given weights, all but the layer that names the classes", async () => {
  const images = labels.map((label, i) => ({ patient: `p${i}`, entity: "ab"[label] })) as unknown as StoredImage[];
  const settings = { ...presets.small, imageSizes: [side] };
  const card = cardFor("a-run", images, {
    target: "entity",
    classes: ["a", "b"],
    settings,
    epochs: 1,
    seed: 0,
    ...beginningOf({ begin }),
  });
  const nowhere = { read: async () => undefined, write: async () => {}, goOnAfter: async () => {} };
  const hooks = { pictures, memory: nowhere, course: nowhere, now: () => new Date(0) };
  const [begun] = (await fitMembers(card, images, { ...hooks, begin })).members;
  expect(farFrom(begun!)).toBeLessThan(0.1);
  expect(begun!.get("fc.weight")!.shape[0]).toBe(2);
  expect(card.begunWith).toMatchObject({ name: begin.name });
  const [drawn] = (await fitMembers(card, images, hooks)).members;
  expect(farFrom(drawn!)).toBeGreaterThan(2);
});

test("so does the study's ResNet; of a network that none are read for, weights are refused", async () => {
  await using trainer = new StudyTrainer();
  const { resnet, transformer } = studyPresets.small;
  const lesson = {
    baseline: resnet,
    hyperparameters: { lr: 1e-4, batchSize: 4, duration: { epochs: 1 }, augmentation: 0 },
    imageSize: side,
    pictures,
    labels,
    classes: 2,
    learned: [...labels.keys()],
    seed: 0,
    begin,
  };
  expect(farFrom((await trainer.train(lesson)).state)).toBeLessThan(0.1);
  await expect(trainer.train({ ...lesson, baseline: transformer })).rejects.toMatchObject({ code: "unsupported" });
});
