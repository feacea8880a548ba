/** C-MOVE as a user (PS3.4 annex C.4.2): the archive sends what is asked for to an AE title that it knows, in associations of its own. */

import { OsteonError } from "../../errors.ts";
import { type Association, PeerLeft } from "./association.ts";
import { COMMANDS } from "./command-set.ts";
import { ProtocolError } from "./pdu.ts";
import { type QueryRequest, type SuboperationCounts, sendQueryRequest } from "./query-request.ts";
import { isPending, isSuccess, statusMeaning } from "./status.ts";

/**
 * Has an archive send objects to `destination`, and waits for its last answer. What failed is counted there.
 *
 * @throws OsteonError `unreachable` where the archive ends the operation with a failure, or what the association throws
 */
export const move = async (
  association: Association,
  request: QueryRequest & { readonly destination: string },
): Promise<SuboperationCounts> => {
  const { messageId } = await sendQueryRequest(association, "move", request);
  for (;;) {
    const message = await association.receive();
    if (!message) throw new PeerLeft("The archive left in the middle of a C-MOVE.");
    const { command } = message;
    const isOurs = command.MessageIDBeingRespondedTo === messageId;
    if (command.CommandField !== (COMMANDS.move | COMMANDS.response) || !isOurs)
      throw new ProtocolError("An answer came to another question.");
    const status = command.Status ?? 0xc000;
    if (isPending(status)) continue;
    if (!isSuccess(status))
      throw new OsteonError("unreachable", `The archive ended the C-MOVE: ${statusMeaning(status)}.`, { status });
    return {
      status,
      completed: command.NumberOfCompletedSuboperations,
      failed: command.NumberOfFailedSuboperations,
      warning: command.NumberOfWarningSuboperations,
    };
  }
};
