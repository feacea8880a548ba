/** The archive behind an address, with all that is needed to speak to it. */

import type { PictureArchive } from "../../../pacs/archive.ts";
import type { ArchiveUrl } from "../../../pacs/archive-url.ts";
import { DicomWebArchive } from "../../../pacs/dicomweb/dicom-web-archive.ts";
import { DimseArchive, type MoveReceiver } from "../../../pacs/dimse/dimse-archive.ts";

/** How an archive is spoken to. */
export interface ArchiveAccess {
  /** DICOMweb: the value of the Authorization header. */
  readonly authorization?: string | undefined;
  /** DICOMweb: the certificates of trusted authorities, PEM. */
  readonly ca?: string | undefined;
  /** DIMSE: our AE title. */
  readonly aeTitle: string;
  /** DIMSE: where a C-MOVE sends to; undefined gets by C-GET. */
  readonly receiver?: MoveReceiver | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Makes ready to speak to an archive; nothing is sent yet. Close it when done. */
export const openArchive = (url: ArchiveUrl, access: ArchiveAccess): PictureArchive => {
  const { authorization, ca, aeTitle, receiver, signal } = access;
  if (url.protocol === "dicomweb") return new DicomWebArchive({ url: url.root, authorization, ca, signal });
  const { host, port, calledAeTitle } = url;
  return new DimseArchive({ peer: { host, port, calledAeTitle, callingAeTitle: aeTitle }, receiver, signal });
};
