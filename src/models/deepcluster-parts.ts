/**
 * What the two networks of DeepCluster share (Caron et al., 2018, "Deep Clustering for Unsupervised Learning of Visual
 * Features"; facebookresearch/deepcluster, models/): the fixed Sobel input, and the initialisation of its layers.
 */

import type { Value } from "../engine/graph.ts";
import { conv2d, maxPool2d, relu, reshape } from "../engine/ops.ts";
import { sizeOf } from "../engine/shape-rules.ts";
import { OsteonError } from "../errors.ts";
import { batchNormalisation } from "../nn/batch-normalisation.ts";
import { constantFill, kaimingNormalFanOut, normal, zeros } from "../nn/initialisers.ts";
import { type ConvolutionOptions, convolution, linear } from "../nn/layers.ts";
import type { Network } from "../nn/network.ts";
import type { Initialiser, Scope } from "../nn/scope.ts";

/** What a network of DeepCluster is told. */
export interface DeepClusterOptions {
  /** Rows of the top layer: classes, or clusters. */
  readonly numClasses: number;
  /** Whether the picture goes through the fixed Sobel filters first, as the published results need; false by default, as there. */
  readonly sobel?: boolean;
  /** The probability of the classifier's dropout in training, in [0, 1); 0.5 by default, 0 switches it off. */
  readonly dropout?: number;
  /** Length of both hidden layers of the classifier, and so of `features`; 4096 as published. */
  readonly featureLength?: number;
}

/**
 * `features` [N, featureLength]: the last hidden layer before its ReLU, which DeepCluster clusters; and `logits`
 * [N, numClasses], the top layer on those features after the ReLU.
 */
export type DeepClusterNetwork = Network<"features" | "logits">;

/** Length of the published feature vector of AlexNet and VGG-16. */
export const deepClusterFeatureLength = 4096;

/** A convolution of the feature extractor, or a max-pool. */
export type Stage = ConvolutionOptions | { readonly pool: { readonly kernel: number; readonly stride: number } };

type ClassifierOptions = Required<Pick<DeepClusterOptions, "dropout" | "featureLength">>;

/** How a network is laid out before its top layer. */
export interface DeepClusterLayout {
  readonly name: string;
  /** The smallest side of a picture, in pixels, that leaves a map of one pixel. */
  readonly smallestSide: number;
  readonly stages: readonly Stage[];
  /** The classifier up to its last hidden layer before the ReLU: flattened maps [N, F] to [N, featureLength]. */
  readonly classifier: (scope: Scope, x: Value, options: ClassifierOptions) => Value;
}

/** The network of a layout; the first hidden layer takes as many values as the maps of the input have. */
export const deepClusterNetwork =
  (
    { name, smallestSide, stages, classifier }: DeepClusterLayout,
    { sobel = false, dropout = 0.5, featureLength = deepClusterFeatureLength, numClasses }: DeepClusterOptions,
  ): DeepClusterNetwork =>
  (scope, x) => {
    const [, , height, width] = x.shape;
    if (!(height! >= smallestSide && width! >= smallestSide)) {
      throw new OsteonError(
        "shape-mismatch",
        `${name} needs pictures of at least ${smallestSide} pixels in both directions (224 x 224 as published), not [${x.shape.join(", ")}].`,
        { shape: x.shape },
      );
    }
    const maps = extractor(scope.at("features"), sobel ? sobelFilters(scope.at("sobel"), x) : x, stages);
    const flat = reshape(maps, [maps.shape[0]!, sizeOf(maps.shape.slice(1))]);
    const features = classifier(scope.at("classifier"), flat, { dropout, featureLength });
    return { features, logits: fullyConnected(scope.at("top_layer"), relu(features), numClasses) };
  };

/** torch.nn.Linear with weights N(0, 0.01^2) and bias 0. */
export const fullyConnected = (scope: Scope, x: Value, outFeatures: number): Value =>
  linear(scope, x, outFeatures, { initialiseWeight: normal(0.01), initialiseBias: zeros });

/** Convolutions with bias, each followed by batch normalisation and ReLU, and pools: numbered as in one torch Sequential. */
const extractor = (scope: Scope, x: Value, stages: readonly Stage[]): Value => {
  let y = x;
  let module = 0;
  for (const stage of stages) {
    if ("pool" in stage) {
      y = maxPool2d(y, stage.pool);
      module += 1;
      continue;
    }
    const initialisation = { initialiseWeight: kaimingNormalFanOut, initialiseBias: zeros };
    y = convolution(scope.at(module), y, { ...stage, ...initialisation });
    y = relu(batchNormalisation(scope.at(module + 1), y));
    module += 3;
  }
  return y;
};

/** Brightness falling to the right, and brightness falling downwards: two kernels [2, 1, 3, 3]. */
const sobelKernels: Initialiser = () => Float32Array.of(1, 0, -1, 2, 0, -2, 1, 0, -1, 1, 2, 1, 0, 0, 0, -1, -2, -1);

/**
 * The mean of the channels, then the two Sobel filters: x [N, C, H, W] to [N, 2, H, W]. The filters carry DeepCluster's
 * names, `sobel.0` and `sobel.1`, and travel in the state, but as buffers: there they are parameters that ask for no
 * gradient, so nothing may train them.
 */
export const sobelFilters = (scope: Scope, x: Value): Value => {
  const channels = x.shape[1]!;
  const grey = fixedConvolution(scope.at(0), x, { shape: [1, channels, 1, 1], initialise: constantFill(1 / channels) });
  return fixedConvolution(scope.at(1), grey, { shape: [2, 1, 3, 3], initialise: sobelKernels });
};

const fixedConvolution = (
  scope: Scope,
  x: Value,
  { shape, initialise }: { readonly shape: readonly number[]; readonly initialise: Initialiser },
): Value =>
  conv2d(x, scope.buffer("weight", shape, initialise), {
    bias: scope.buffer("bias", [shape[0]!], zeros),
    padding: Math.floor(shape[2]! / 2),
  });
