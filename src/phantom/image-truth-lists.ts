/** Writes pictures with the files that come with them, and keeps the rows of truth/images.jsonl and truth/identifiers.jsonl. */
import type { Drawing } from "./draw-pool.ts";
import type { PlantedIdentifier } from "./files/identified-elements.ts";
import type { ImageTruth, PictureTruth } from "./image-truth.ts";

/** What writes whole files. */
export interface FileWriter {
  write(name: string, content: Uint8Array | string): Promise<void>;
}

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

/** Where a copy under another number lies: beside the patient's folder, in one of its own. */
const duplicateName = (name: string, patient: string, truth: PictureTruth): string =>
  name.replaceAll(patient, truth.patient);

/** The lists of one centre. */
export class ImageTruthLists {
  readonly #images: ImageTruth[] = [];
  readonly #identifiers: ({ readonly file: string } & PlantedIdentifier)[] = [];

  /** Writes a picture's file and those that come with it, each with its row. `name` is below the centre's folder. */
  async writeWithExtras(writer: FileWriter, name: string, drawing: Drawing): Promise<void> {
    await writer.write(name, drawing.file);
    this.#note(name, drawing.truth, drawing.planted);
    for (const { role, file, truth, planted } of drawing.extras) {
      const other =
        role === "duplicate"
          ? duplicateName(name, drawing.truth.patient, truth)
          : name.replace(/\.dcm$/, "-damaged.dcm");
      await writer.write(other, file);
      this.#note(other, truth, planted, name);
    }
  }

  #note(file: string, truth: PictureTruth, planted: readonly PlantedIdentifier[], duplicateOf?: string): void {
    this.#images.push({ file, ...truth, ...(duplicateOf === undefined ? {} : { duplicateOf }) });
    for (const one of planted) this.#identifiers.push({ file, ...one });
  }

  /** Writes both lists; that of identifiers only where there are any. */
  async writeTruth(writer: FileWriter): Promise<void> {
    await writer.write("truth/images.jsonl", lines(this.#images));
    if (this.#identifiers.length > 0) await writer.write("truth/identifiers.jsonl", lines(this.#identifiers));
  }
}
