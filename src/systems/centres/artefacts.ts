/** The runs of the centres, and the names of the files that they keep. */

/** A network that was made for centres to share, or came from another centre. */
export const networkSystem = "centres/network";
/** What was made of the archive's codes by such a network; they are kept apart, as they grow from run to run. */
export const codesSystem = "centres/index";

/** Of a `centres/network` run. */
export const networkName = "common-network.safetensors";
