/** A process that writes codes to an archive, as a worker does, and says of each batch that it was acknowledged. */

import { type BucketShape, DatabaseServer, openHome } from "../../src/store/index.ts";
import { CodedArchive } from "../../src/systems/precedents/coded-archive.ts";
import { drawClusteredCodes } from "../clustered-codes.ts";
import { batchOf, batchSize, codeBits } from "./archive-rows.ts";

/** What a writer is told. */
export interface WriterOrder {
  readonly address: string;
  readonly folder: string;
  readonly owner: string;
  /** Which codes are drawn, how many, and the number of the first image. */
  readonly part: string;
  readonly count: number;
  readonly first: number;
  readonly shape: BucketShape;
  /** Which of how many writers this is: they take turns with the batches. */
  readonly writer: number;
  readonly writers: number;
}

/** Each batch by its first code's place once the database has it; then that all are written. */
export type WriterMessage =
  | { readonly ready: true }
  | { readonly written: number; readonly codes: number }
  | { readonly ended: true };

const tell = (message: WriterMessage): void => void process.send?.(message);

process.once("message", (order: WriterOrder) => {
  write(order).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit(1));

const write = async ({
  address,
  folder,
  owner,
  part,
  count,
  first,
  shape,
  writer,
  writers,
}: WriterOrder): Promise<void> => {
  const codes = drawClusteredCodes(count, { bits: codeBits, part });
  const home = await openHome(folder, {
    command: "bench",
    since: new Date().toISOString(),
    server: new DatabaseServer(address),
  });
  const archive = await CodedArchive.open([{ name: "one", database: home.database }], owner, shape);
  tell({ ready: true });
  await new Promise((begin) => process.once("message", begin));
  for (let from = writer * batchSize; from < count; from += writers * batchSize) {
    const rows = batchOf(codes, from, first);
    await archive.write(rows);
    tell({ written: from, codes: rows.length });
  }
  tell({ ended: true });
  await home.close();
};
