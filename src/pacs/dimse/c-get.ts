/** C-GET as a user (PS3.4 annex C.4.3): the archive sends what is asked for over the same association, by C-STORE requests. */

import { transferSyntaxes } from "../../dicom/transfer-syntaxes.ts";
import { OsteonError } from "../../errors.ts";
import type { FetchTarget } from "../archive.ts";
import { type QueryRoot, storageClasses } from "../storage-classes.ts";
import { type Association, type DimseMessage, PeerLeft } from "./association.ts";
import { COMMANDS, NO_DATA_SET } from "./command-set.ts";
import { networkSyntaxes } from "./network-syntaxes.ts";
import { ProtocolError, type RoleSelection } from "./pdu.ts";
import { type QueryRequest, queryContext, type SuboperationCounts, sendQueryRequest } from "./query-request.ts";
import { receiveInstance } from "./receive-instance.ts";
import { type ContextWish, maximumContexts } from "./request-association.ts";
import { isPending, isSuccess, statusMeaning } from "./status.ts";

/**
 * Contexts and roles of an association for C-GET. An archive can only send in what was agreed on beforehand, so each storage
 * class gets a context for every transfer syntax of its own; where the classes are too many for that, for the common ones.
 *
 * @param classes those that are expected; all of radiography where nothing is known
 */
export const getContexts = (
  root: QueryRoot,
  classes: readonly string[],
): { readonly contexts: readonly ContextWish[]; readonly roles: readonly RoleSelection[] } => {
  const known = classes.filter((uid) => storageClasses.has(uid));
  const wanted = known.length > 0 ? known : [...storageClasses.keys()];
  const apart = networkSyntaxes.map((uid) => [uid]);
  const syntaxes = wanted.length * apart.length < maximumContexts ? apart : commonSyntaxes;
  const storage = wanted.flatMap((abstractSyntax) =>
    syntaxes.map((list): ContextWish => ({ abstractSyntax, transferSyntaxes: list })),
  );
  const roles = wanted.map((sopClass): RoleSelection => ({ sopClass, isUser: false, isProvider: true }));
  return { contexts: [queryContext(root, "get"), ...storage], roles };
};

/** The plain syntaxes together, and those of lossless and of baseline JPEG, JPEG-LS, JPEG 2000 and RLE. */
const commonSyntaxes: readonly (readonly string[])[] = [
  transferSyntaxes.filter(({ coding, deflated }) => coding === "native" && !deflated).map(({ uid }) => uid),
  ["1.2.840.10008.1.2.4.70"],
  ["1.2.840.10008.1.2.4.50"],
  ["1.2.840.10008.1.2.4.80"],
  ["1.2.840.10008.1.2.4.90"],
  ["1.2.840.10008.1.2.5"],
];

/**
 * Gets objects over an association that was opened with {@link getContexts}.
 *
 * @param sender the archive's AE title, kept in the files
 * @throws OsteonError `unreachable` where the archive ends the operation with a failure, or what the association throws
 */
export const get = async (
  association: Association,
  request: QueryRequest,
  { folder, onInstance, sender }: FetchTarget & { readonly sender: string },
): Promise<SuboperationCounts> => {
  const { messageId } = await sendQueryRequest(association, "get", request);
  for (;;) {
    const message = await association.receive();
    if (!message) throw new PeerLeft("The archive left in the middle of a C-GET.");
    const { command } = message;
    if (command.CommandField === COMMANDS.store) {
      await takeInstance(association, message, { folder, onInstance, sender });
      continue;
    }
    const isOurs = command.MessageIDBeingRespondedTo === messageId;
    if (command.CommandField !== (COMMANDS.get | COMMANDS.response) || !isOurs)
      throw new ProtocolError("An answer came to another question.");
    const status = command.Status ?? 0xc000;
    if (isPending(status)) continue;
    if (!isSuccess(status))
      throw new OsteonError("unreachable", `The archive ended the C-GET: ${statusMeaning(status)}.`, { status });
    return {
      status,
      completed: command.NumberOfCompletedSuboperations,
      failed: command.NumberOfFailedSuboperations,
      warning: command.NumberOfWarningSuboperations,
    };
  }
};

const takeInstance = async (
  association: Association,
  message: DimseMessage,
  { onInstance, ...target }: FetchTarget & { readonly sender: string },
): Promise<void> => {
  const { status, comment, instance } = await receiveInstance(message, target);
  if (instance) onInstance(instance);
  const { command, context } = message;
  await association.send(context, {
    CommandField: COMMANDS.store | COMMANDS.response,
    MessageIDBeingRespondedTo: command.MessageID ?? 0,
    CommandDataSetType: NO_DATA_SET,
    Status: status,
    AffectedSOPClassUID: command.AffectedSOPClassUID ?? "",
    AffectedSOPInstanceUID: command.AffectedSOPInstanceUID ?? "",
    ...(comment === undefined ? {} : { ErrorComment: comment }),
  });
};
