/** The transfer syntaxes of the network: all that Osteon reads but the deflated one, which few peers write right. */

import { transferSyntaxes } from "../../dicom/transfer-syntaxes.ts";

/** UIDs of transfer syntaxes that may be agreed on, plain ones first. */
export const networkSyntaxes: readonly string[] = transferSyntaxes
  .filter(({ deflated }) => !deflated)
  .map(({ uid }) => uid);

/** In which commands' identifiers are written: every peer knows one of these (PS3.5 section 10.1). */
export const identifierSyntaxes: readonly string[] = ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"];
