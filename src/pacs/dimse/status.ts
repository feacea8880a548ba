/** Status codes of DIMSE answers (PS3.7 annex C, PS3.4 annexes B, C.4) and what they mean to a person. */

/** Codes that Osteon sends. */
export const STATUS = {
  success: 0x0000,
  /** Refused: out of resources. */
  outOfResources: 0xa700,
  /** Error: the data set is not what its command says. */
  dataSetDoesNotMatch: 0xa900,
  /** Error: cannot understand. */
  cannotUnderstand: 0xc000,
  processingFailure: 0x0110,
  sopClassNotSupported: 0x0122,
  unrecognisedOperation: 0x0211,
} as const;

/** Whether more answers follow. */
export const isPending = (status: number): boolean => status === 0xff00 || status === 0xff01;

/** Whether an operation ended without failure; warnings (Bxxx, 0001, 0107, 0116) are none. */
export const isSuccess = (status: number): boolean =>
  status === 0 || status === 0x0001 || status === 0x0107 || status === 0x0116 || status >>> 12 === 0xb;

const meanings: Readonly<Record<number, string>> = {
  261: "it knows no such attribute",
  262: "it finds an attribute value invalid",
  272: "it failed while processing",
  274: "it has no such object",
  279: "it finds an object's UID invalid",
  280: "it has no such SOP class",
  290: "it does not support this SOP class",
  292: "this AE title is not authorised",
  528: "a message number was used twice",
  529: "it does not know this operation",
  530: "it found the message mistyped",
  531: "its resources are limited",
  42752: "it is out of resources",
  42753: "it cannot count the matches",
  42754: "it cannot perform the sub-operations",
  43009: "it does not know where to send: the move destination is not in its list of AE titles",
  43264: "the identifier does not match the SOP class",
  65024: "the operation was cancelled",
};

/** What a failure means, as the end of a sentence, with its number. */
export const statusMeaning = (status: number): string => {
  const code = status.toString(16).padStart(4, "0").toUpperCase();
  const known = meanings[status] ?? (status >>> 12 === 0xc ? "it is unable to process this" : "it failed");
  return `${known} (status ${code}H)`;
};

/** Why an association was rejected (PS3.8 table 9-21), as the end of a sentence. */
export const rejectionMeaning = ({ source, reason }: { readonly source: number; readonly reason: number }): string => {
  const user: Readonly<Record<number, string>> = {
    1: "it gives no reason",
    2: "it does not know the application context",
    3: "it does not know our AE title; have it entered there, or name another with --aet",
    7: "its own AE title is another one",
  };
  const provider: Readonly<Record<number, string>> = {
    1: "it is congested",
    2: "its limit of associations is reached",
  };
  const known = source === 1 ? user[reason] : source === 3 ? provider[reason] : undefined;
  return known ?? `it gives the reason ${source}/${reason}`;
};
