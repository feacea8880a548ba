/** One picture file of a batch, read and decoded; what is wrong with it is told by its place, never by its name. */

import { readFileSync, statSync } from "node:fs";
import { OsteonError } from "../errors.ts";
import { decodeGreyPicture, pictureFormat } from "../imaging/decode-picture.ts";
import type { GreyImage } from "../imaging/grey-image.ts";
import { Unreadable } from "../imaging/unreadable.ts";

/** No picture file is larger; 100 million pixels of 16 bits are 200 MB. */
const mostFileBytes = 512 * 2 ** 20;

/**
 * The grey picture of a PNG or JPEG file, told apart by its content.
 *
 * @param place of the file in its batch, from 0
 * @throws OsteonError `not-found` for a path that is no file, `bad-input` for a file that is no picture or may not be read
 */
export const readGreyPicture = async (path: string, place: number): Promise<GreyImage> => {
  const which = `Picture ${place + 1} of the batch`;
  const refuse = (why: string, cause?: unknown): OsteonError =>
    new OsteonError(
      "bad-input",
      `${which} cannot be used: ${why} Leave it out, or put a sound copy in its place.`,
      {
        place,
      },
      cause,
    );
  const bytes = withoutPath(refuse, () => {
    const file = statSync(path, { throwIfNoEntry: false });
    // Opening a pipe would wait for ever, in a thread that cannot be ended.
    if (!file?.isFile())
      throw new OsteonError("not-found", `${which} is no file; name files that are there.`, { place });
    if (file.size > mostFileBytes) throw refuse("The file is larger than 512 MiB.");
    return readFileSync(path);
  });
  const format = pictureFormat(bytes);
  if (!format) throw refuse("The file is neither PNG nor JPEG.");
  try {
    return await decodeGreyPicture(bytes, format);
  } catch (error) {
    if (error instanceof Unreadable) throw refuse(error.message, error);
    throw error;
  }
};

/** What the system refuses, without the path that its errors name: a file's name may be a patient's. */
const withoutPath = <Value>(refuse: (why: string) => OsteonError, read: () => Value): Value => {
  try {
    return read();
  } catch (error) {
    if (error instanceof OsteonError) throw error;
    throw refuse(`The file cannot be read (${(error as NodeJS.ErrnoException).code ?? "no reason given"}).`);
  }
};
