/** The list as a table on the user's disk. */

import { fetchFile } from "../../api/client.ts";
import type { ArchiveFilter, ArchiveOrder } from "./archive-names.ts";

/** Asks for the table and hands it to the browser as a download. */
export const exportImages = async (filter: ArchiveFilter, order: ArchiveOrder): Promise<void> => {
  const table = await fetchFile("/api/images/export", { filter, order });
  const address = URL.createObjectURL(table);
  const link = document.createElement("a");
  link.href = address;
  link.download = "osteon-archive.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // the browser may still be reading
};
