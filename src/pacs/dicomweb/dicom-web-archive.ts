/** An archive spoken to by DICOMweb. */

import { OsteonError } from "../../errors.ts";
import type { FetchRequest, FetchTarget, IsWanted, PictureArchive, StudyContent } from "../archive.ts";
import type { ReceivedInstance } from "../instance-file.ts";
import type { InstanceReference, StudyQuery } from "../query.ts";
import { isUid } from "../storage-classes.ts";
import type { ConnectionOptions } from "./connection.ts";
import { DicomWebClient, type WadoResource } from "./dicom-web-client.ts";

/** An archive behind a DICOMweb server. */
export class DicomWebArchive implements PictureArchive {
  readonly name: string;
  readonly parallel = 3;
  readonly #client: DicomWebClient;

  constructor(options: ConnectionOptions) {
    this.#client = new DicomWebClient(options);
    this.name = this.#client.connection.name;
  }

  async *findStudies({ keys, modalities }: StudyQuery): AsyncGenerator<string> {
    const seen = new Set<string>();
    for (const ModalitiesInStudy of modalities ?? [""]) {
      const search = this.#client.search({ kind: "studies", keys: { ...keys, ModalitiesInStudy } });
      for await (const { StudyInstanceUID: uid = "" } of search) {
        if (seen.has(uid) || !isUid(uid)) continue;
        seen.add(uid);
        yield uid;
      }
    }
  }

  async findInstances(StudyInstanceUID: string, isWanted: IsWanted): Promise<StudyContent> {
    const instances: InstanceReference[] = [];
    const otherSeries = new Set<string>();
    let nameless = 0;
    const search = this.#client.search({
      kind: "instances",
      within: { StudyInstanceUID },
      keys: {},
      include: ["Modality"],
    });
    for await (const { SeriesInstanceUID = "", SOPInstanceUID = "", SOPClassUID, Modality } of search) {
      if (!isWanted(Modality)) otherSeries.add(SeriesInstanceUID);
      else if (!isUid(SeriesInstanceUID) || !isUid(SOPInstanceUID)) nameless += 1;
      else
        instances.push({
          StudyInstanceUID,
          SeriesInstanceUID,
          SOPInstanceUID,
          ...(SOPClassUID ? { SOPClassUID } : {}),
        });
    }
    return { instances, otherSeries: otherSeries.size, nameless };
  }

  async fetch({ instances, isWholeSeries }: FetchRequest, target: FetchTarget): Promise<void> {
    const { StudyInstanceUID, SeriesInstanceUID } = instances[0]!;
    const left = new Set(instances.map(({ SOPInstanceUID }) => SOPInstanceUID));
    const onInstance = (instance: ReceivedInstance): void => {
      left.delete(instance.SOPInstanceUID);
      target.onInstance(instance);
    };
    const retrieve = (resource: WadoResource): Promise<void> =>
      this.#client
        .retrieve(resource, { folder: target.folder, wanted: new Set(left), onInstance })
        .catch((error: unknown) => {
          if (!isAboutTheResource(error)) throw error;
        });
    if (isWholeSeries && instances.length > 1) await retrieve({ StudyInstanceUID, SeriesInstanceUID });
    for (const SOPInstanceUID of [...left]) await retrieve({ StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID });
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

/** Whether a server said no to what was asked for, and may say yes to something else. */
const isAboutTheResource = (error: unknown): boolean => {
  const status = error instanceof OsteonError ? error.context.status : undefined;
  return typeof status === "number" && [400, 404, 406, 409, 410, 500].includes(status);
};
