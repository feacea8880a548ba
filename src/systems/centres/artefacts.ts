/** The runs of the centres, and the names of the files that they keep. */

/** A network that was made for centres to share, or came from another centre. */
export const networkSystem = "centres/network";
/** The codes of the archive by such a network. */
export const codesSystem = "centres/index";

/** Of a `centres/network` run. */
export const networkName = "common-network.safetensors";
/** Of a `centres/index` run. */
export const codesName = "codes.osteon";
