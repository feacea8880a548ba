/** Finds what everybody sees first of the archive before the first one asks: the first question to a database is the slowest. */

import { archiveFilter } from "../../contract/images.ts";
import type { Services } from "../services.ts";
import { searchOf } from "./search-of.ts";

export const warmArchive = async ({ archiveLists }: Pick<Services, "archiveLists">): Promise<void> => {
  const everything = searchOf(archiveFilter.parse({}));
  await archiveLists.images(everything, "newest");
  await archiveLists.facets(everything);
};
