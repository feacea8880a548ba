/** The pictures of a link and what is known of their patients, for the page. */

import { decodeGreyPng, encodeGreyPng } from "../imaging/grey-png.ts";
import { letterbox } from "../imaging/letterbox.ts";
import { type Home, listImages, type StoredImage } from "../store/index.ts";
import { describeRecords, type Link, type LinkPageContent, type PageRadiograph } from "../systems/precedents/index.ts";

const shownSide = 320;

/** Everything the page needs of one link. */
export const pageContent = async (home: Home, { result, picture, neighbours }: Link): Promise<LinkPageContent> => {
  const images = new Map((await listImages(home.database)).map((image) => [image.id as string, image]));
  const shown = await Promise.all(
    neighbours.map(async ({ image }, i): Promise<PageRadiograph> => {
      const stored = images.get(image)!;
      const png = await encodeGreyPng(letterbox(await decodeGreyPng(await home.files.readPicture(image)), shownSide));
      return { dataUrl: dataUrl(png), facts: [...factsOf(stored), ...describeRecords(result.neighbours[i]!)] };
    }),
  );
  const query = picture ? dataUrl(await encodeGreyPng(letterbox(picture, shownSide))) : "";
  return { result, query: { dataUrl: query, facts: [] }, neighbours: shown };
};

const dataUrl = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString("base64")}`;

const factsOf = ({ ageYears, sex, site, position, origin }: StoredImage): string[] => {
  const sexes: Readonly<Record<string, string>> = { F: "female", M: "male", female: "female", male: "male" };
  const person = [ageYears === null ? "" : `${ageYears} years`, sex ? (sexes[sex] ?? sex) : ""]
    .filter(Boolean)
    .join(", ");
  const place = [site ?? "", position ?? ""].filter(Boolean).join(", ");
  return [person, place, origin === "external" ? "external image" : ""].filter(Boolean);
};
