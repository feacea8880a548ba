/** What people decided on text in the pixels of the home's radiographs, for the de-identification of their files. */
import type { DecidedRegions } from "../../../dicom/deidentify/deidentify-file.ts";
import type { PlateGeometry } from "../../../imaging/plate-geometry.ts";
import { type Database, decidedTexts } from "../../../store/index.ts";

/** By the hash of the file's content, in pixels of the file's picture; of a split plate, those of the exposures that are decided. */
export const decidedRegions = async (database: Database): Promise<Map<string, DecidedRegions>> =>
  new Map(
    [...(await decidedTexts(database))].map(([file, images]) => [
      file,
      {
        isWhole: images.every(({ isExposure }) => !isExposure),
        regions: images.flatMap(({ geometry, regions }) => {
          const { left, top } = geometry === null ? { left: 0, top: 0 } : (JSON.parse(geometry) as PlateGeometry).shown;
          return regions.map((region) => ({ ...region, x: region.x + left, y: region.y + top }));
        }),
      },
    ]),
  );
