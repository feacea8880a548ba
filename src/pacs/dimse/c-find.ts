/** C-FIND as a user (PS3.4 annex C.4.1). */

import { OsteonError } from "../../errors.ts";
import type { QueryAnswer } from "../query.ts";
import { type Association, PeerLeft } from "./association.ts";
import { COMMANDS, NO_DATA_SET } from "./command-set.ts";
import { decodeIdentifier, readIdentifier } from "./identifier.ts";
import { ProtocolError } from "./pdu.ts";
import { type QueryRequest, type SentRequest, sendQueryRequest } from "./query-request.ts";
import { isPending, statusMeaning } from "./status.ts";

/**
 * The answers to a query, as they come. Who stops reading cancels the query (C-CANCEL); the association can go on.
 *
 * @throws OsteonError `unreachable` where the archive ends the query with a failure, or what the association throws
 * @example
 * for await (const { StudyInstanceUID } of find(association, { root: "study", level: "STUDY", keys: { StudyInstanceUID: "" } }))
 *   studies.push(StudyInstanceUID);
 */
export async function* find(association: Association, request: QueryRequest): AsyncGenerator<QueryAnswer> {
  const sent = await sendQueryRequest(association, "find", request);
  let isOpen = true;
  try {
    for (;;) {
      const { status, answer } = await nextAnswer(association, sent);
      isOpen = isPending(status);
      if (isOpen && answer) yield answer;
      if (isOpen) continue;
      if (status !== 0)
        throw new OsteonError("unreachable", `The archive ended the query: ${statusMeaning(status)}.`, { status });
      return;
    }
  } catch (error) {
    isOpen = false;
    throw error;
  } finally {
    if (isOpen) await cancel(association, sent);
  }
}

const nextAnswer = async (
  association: Association,
  { messageId }: SentRequest,
): Promise<{ status: number; answer: QueryAnswer | undefined }> => {
  const message = await association.receive();
  if (!message) throw new PeerLeft("The archive left in the middle of a query.");
  const { command, context, data } = message;
  const isOurs = command.MessageIDBeingRespondedTo === messageId;
  if (command.CommandField !== (COMMANDS.find | COMMANDS.response) || !isOurs)
    throw new ProtocolError("An answer came to another question.");
  const answer = data && decodeIdentifier(await readIdentifier(data), context.transferSyntax);
  return { status: command.Status ?? 0xc000, answer };
};

const cancel = async (association: Association, sent: SentRequest): Promise<void> => {
  await association.send(sent.context, {
    CommandField: COMMANDS.cancel,
    MessageIDBeingRespondedTo: sent.messageId,
    CommandDataSetType: NO_DATA_SET,
  });
  while (isPending((await nextAnswer(association, sent)).status));
};
