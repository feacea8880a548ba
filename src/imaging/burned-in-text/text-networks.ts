/** The trained classifiers: made by scripts/burned-in-text/train.ts from synthetic pictures alone. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadNetwork, type NetworkFile, type SmallNetwork } from "./small-network.ts";

/** Windows of a strip; stretches of a line; lone letters. */
export interface TextNetworks {
  readonly windows: SmallNetwork;
  readonly segments: SmallNetwork;
  readonly markers: SmallNetwork;
}

let loaded: TextNetworks | undefined;

/** Reads the classifiers once. */
export const loadTextNetworks = (): TextNetworks => {
  if (!loaded) {
    const path = join(import.meta.dirname, "text-networks.json");
    const file: Readonly<Record<keyof TextNetworks, NetworkFile>> = JSON.parse(readFileSync(path, "utf8"));
    loaded = {
      windows: loadNetwork(file.windows),
      segments: loadNetwork(file.segments),
      markers: loadNetwork(file.markers),
    };
  }
  return loaded;
};
