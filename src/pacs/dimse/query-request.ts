/** What C-FIND, C-MOVE and C-GET have in common: a request with an identifier, and answers until one is final. */

import { OsteonError } from "../../errors.ts";
import type { QueryKeys, QueryLevel } from "../query.ts";
import { type QueryRoot, type QueryService, queryClasses } from "../storage-classes.ts";
import type { AcceptedContext, Association } from "./association.ts";
import { COMMANDS } from "./command-set.ts";
import { encodeIdentifier } from "./identifier.ts";
import { identifierSyntaxes } from "./network-syntaxes.ts";
import type { ContextWish } from "./request-association.ts";

/** What is asked. */
export interface QueryRequest {
  readonly root: QueryRoot;
  readonly level: QueryLevel;
  /** A value matches, an empty one is asked for. */
  readonly keys: QueryKeys;
}

/** How an operation over objects went (PS3.4 annex C.4.2.1.6); undefined where the node does not count. */
export interface SuboperationCounts {
  readonly status: number;
  readonly completed: number | undefined;
  readonly failed: number | undefined;
  readonly warning: number | undefined;
}

/** The presentation context of a query service. */
export const queryContext = (root: QueryRoot, service: QueryService): ContextWish => ({
  abstractSyntax: queryClasses[root][service],
  transferSyntaxes: identifierSyntaxes,
});

/** A request on its way. */
export interface SentRequest {
  readonly context: AcceptedContext;
  readonly messageId: number;
}

/**
 * Sends the request of a query service.
 *
 * @throws OsteonError `unsupported` where the node did not accept the service
 */
export const sendQueryRequest = async (
  association: Association,
  service: QueryService,
  { root, level, keys, destination }: QueryRequest & { readonly destination?: string },
): Promise<SentRequest> => {
  const AffectedSOPClassUID = queryClasses[root][service];
  const context = association.contextFor(AffectedSOPClassUID);
  if (!context)
    throw new OsteonError(
      "unsupported",
      `The archive does not offer C-${service.toUpperCase()} from the ${root} root.`,
    );
  const messageId = association.nextMessageId();
  const command = {
    CommandField: COMMANDS[service],
    MessageID: messageId,
    AffectedSOPClassUID,
    Priority: 0, // medium
    CommandDataSetType: 1, // a data set follows
    ...(destination === undefined ? {} : { MoveDestination: destination }),
  };
  const identifier = encodeIdentifier({ ...keys, QueryRetrieveLevel: level }, context.transferSyntax);
  await association.send(context, command, identifier);
  return { context, messageId };
};
