/** C-ECHO as a user (PS3.7 section 9.1.5): does a DICOM node answer? */

import { OsteonError } from "../../errors.ts";
import { VERIFICATION } from "../storage-classes.ts";
import { type Association, PeerLeft } from "./association.ts";
import { COMMANDS, NO_DATA_SET } from "./command-set.ts";
import { identifierSyntaxes } from "./network-syntaxes.ts";
import {
  type AssociationWish,
  type DicomPeer,
  peerError,
  peerName,
  requestAssociation,
} from "./request-association.ts";
import { statusMeaning } from "./status.ts";

/**
 * Opens an association with a node, asks for an echo and releases the association.
 *
 * @throws as `requestAssociation`; OsteonError `unreachable` where the node refuses the echo
 */
export const echo = async (
  peer: DicomPeer,
  options: Omit<AssociationWish, "contexts" | "roles"> = {},
): Promise<void> => {
  const contexts = [{ abstractSyntax: VERIFICATION, transferSyntaxes: identifierSyntaxes }];
  const association = await requestAssociation(peer, { ...options, contexts });
  try {
    await echoOn(association, peer);
  } catch (error) {
    association.abort(error);
    throw peerError(error, peer);
  }
  await association.release();
};

const echoOn = async (association: Association, peer: DicomPeer): Promise<void> => {
  const context = association.contextFor(VERIFICATION);
  if (!context) throw new OsteonError("unreachable", `${peerName(peer)} does not support verification (C-ECHO).`);
  await association.send(context, {
    CommandField: COMMANDS.echo,
    MessageID: association.nextMessageId(),
    AffectedSOPClassUID: VERIFICATION,
    CommandDataSetType: NO_DATA_SET,
  });
  const answer = await association.receive();
  if (!answer) throw new PeerLeft("The node left without an answer.");
  const status = answer.command.Status ?? 0xffff;
  if (status !== 0)
    throw new OsteonError("unreachable", `${peerName(peer)} refused the echo: ${statusMeaning(status)}.`);
};
