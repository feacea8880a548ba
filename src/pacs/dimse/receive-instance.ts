/**
 * The receiving end of C-STORE (PS3.7 section 9.1.1, PS3.4 annex B): the sender's data set goes to the disk as its bytes came,
 * behind file meta information of ours (PS3.10 section 7.1). Success is answered only for a file that is whole on the disk.
 */

import { findTransferSyntax } from "../../dicom/transfer-syntaxes.ts";
import { encodeDataSet, implementationClassUid, implementationVersion } from "../../dicom/write-part10.ts";
import { InstanceFile, InstanceTooLarge, isDiskFull, type ReceivedInstance } from "../instance-file.ts";
import { leadingBytes, readLeadingUids } from "../leading-uids.ts";
import { isUid } from "../storage-classes.ts";
import type { DimseMessage } from "./association.ts";
import { STATUS } from "./status.ts";

/** Where instances go. */
export interface InstanceTarget {
  readonly folder: string;
  /** The AE title of the sender, kept in the file's meta information. */
  readonly sender: string;
  /** A reason to refuse for now, asked before anything is written. */
  readonly refuse?: () => Promise<boolean>;
}

/** What became of a C-STORE. */
export interface StoreOutcome {
  readonly status: number;
  /** A short remark for the sender's log, without patient data. */
  readonly comment?: string;
  readonly instance?: ReceivedInstance;
}

/** Preamble and file meta information for a data set that follows. */
const fileHead = ({ context, command }: DimseMessage, sender: string): Uint8Array => {
  const group = encodeDataSet([
    { tag: 0x00020001, vr: "OB", value: Uint8Array.of(0, 1) },
    { tag: 0x00020002, vr: "UI", value: command.AffectedSOPClassUID! },
    { tag: 0x00020003, vr: "UI", value: command.AffectedSOPInstanceUID! },
    { tag: 0x00020010, vr: "UI", value: context.transferSyntax },
    { tag: 0x00020012, vr: "UI", value: implementationClassUid },
    { tag: 0x00020013, vr: "SH", value: implementationVersion },
    { tag: 0x00020016, vr: "AE", value: sender },
  ]);
  const length = encodeDataSet([{ tag: 0x00020000, vr: "UL", value: group.length }]);
  return Buffer.concat([Buffer.alloc(128), Buffer.from("DICM"), length, group]);
};

/**
 * Takes the instance of a C-STORE request to the disk. The data set is read to its end whatever happens, so that the association
 * can go on.
 *
 * @throws only what the association throws
 */
export const receiveInstance = async (message: DimseMessage, target: InstanceTarget): Promise<StoreOutcome> => {
  const { context, command, data } = message;
  const uid = command.AffectedSOPInstanceUID ?? "";
  const refuse = async (status: number, comment: string): Promise<StoreOutcome> => {
    if (data) for await (const _ of data);
    return { status, comment };
  };
  if (!isUid(uid)) return refuse(0x0117, "Affected SOP Instance UID is no UID");
  if (command.AffectedSOPClassUID !== context.abstractSyntax)
    return refuse(STATUS.sopClassNotSupported, "SOP class is not the one of the presentation context");
  if (!data) return refuse(STATUS.cannotUnderstand, "No data set follows");
  if (await target.refuse?.()) return refuse(STATUS.outOfResources, "Out of disk space");
  return writeInstance(message, data, target);
};

const writeInstance = async (
  message: DimseMessage,
  data: AsyncIterable<Uint8Array>,
  { folder, sender }: InstanceTarget,
): Promise<StoreOutcome> => {
  const identity = new IdentityCheck(message);
  let file: InstanceFile | undefined;
  let trouble: unknown;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (trouble === undefined)
      await work().catch((error) => {
        trouble = error;
      });
  };
  try {
    await attempt(async () => {
      file = await InstanceFile.create(folder);
      await file.write(fileHead(message, sender));
    });
    for await (const part of data) {
      identity.see(part);
      await attempt(() => file!.write(part)); // to the end, so that the next message can be read
    }
    let instance: ReceivedInstance | undefined;
    if (identity.isRight)
      await attempt(async () => {
        instance = await file!.keep(message.command.AffectedSOPInstanceUID!);
      });
    else trouble ??= new WrongIdentity("The data set is of another instance.");
    return instance ? { status: STATUS.success, instance } : outcomeOf(trouble);
  } finally {
    await (file as InstanceFile | undefined)?.discard();
  }
};

class WrongIdentity extends Error {}

const outcomeOf = (trouble: unknown): StoreOutcome => {
  if (trouble instanceof WrongIdentity)
    return { status: STATUS.dataSetDoesNotMatch, comment: "Data set is of another instance" };
  if (trouble instanceof InstanceTooLarge) return { status: STATUS.outOfResources, comment: "Larger than 512 MiB" };
  if (isDiskFull(trouble)) return { status: STATUS.outOfResources, comment: "Out of disk space" };
  return { status: STATUS.processingFailure, comment: "The object could not be written" };
};

/** Compares what the data set says of itself with what its command said. */
class IdentityCheck {
  readonly #message: DimseMessage;
  readonly #start = Buffer.allocUnsafe(leadingBytes);
  #bytes = 0;

  constructor(message: DimseMessage) {
    this.#message = message;
  }

  see(part: Uint8Array): void {
    const more = part.subarray(0, leadingBytes - this.#bytes);
    this.#start.set(more, this.#bytes);
    this.#bytes += more.length;
  }

  get isRight(): boolean {
    const { context, command } = this.#message;
    const syntax = findTransferSyntax(context.transferSyntax);
    const found = syntax && readLeadingUids(this.#start.subarray(0, this.#bytes), syntax);
    return (
      found?.SOPInstanceUID === command.AffectedSOPInstanceUID && found?.SOPClassUID === command.AffectedSOPClassUID
    );
  }
}
