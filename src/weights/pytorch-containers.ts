/** The two containers of torch.save, opened: the pickled object, and the bytes of each storage. */

import { type NumberFormat, numberFormats } from "../engine/number-formats.ts";
import { OsteonError, shown } from "../errors.ts";
import { type Unpickled, unpickle } from "./pickle.ts";
import { pytorchWorld } from "./pytorch-objects.ts";
import type { ValueBudget } from "./value-budget.ts";
import { readStoredRecords, readZipDirectory } from "./zip.ts";

/** What torch.save was given, with the numbers still in the file. */
export interface PytorchFile {
  readonly root: unknown;
  /** The bytes of the storage with this key. */
  readonly storage: (key: string) => Uint8Array;
}

const broken = (why: string): OsteonError => new OsteonError("bad-input", `The PyTorch file is corrupt: ${why}.`);

const bigEndian = (): OsteonError =>
  new OsteonError("unsupported", "The PyTorch file was written on a big-endian machine; save it anew on another one.");

/** The archive of PyTorch 1.6 and later: `name/data.pkl`, `name/data/0`, `name/data/1`, ... */
export const readZipFile = (file: Uint8Array, budget: ValueBudget): PytorchFile => {
  const entries = readZipDirectory(file);
  const pickles = entries.map(({ name }) => name).filter((name) => /^[^/]*\/data\.pkl$/.test(name));
  if (pickles.length !== 1) {
    throw new OsteonError(
      "bad-input",
      "The zip archive is no file of torch.save: it has no record data.pkl, or several.",
    );
  }
  const folder = pickles[0]!.slice(0, -"data.pkl".length);
  if (entries.some(({ name }) => name === `${folder}constants.pkl`)) {
    const remedy = "save its weights instead: torch.save(torch.jit.load(path).state_dict(), other)";
    throw new OsteonError("unsupported", `The file is a TorchScript program, which is not read; ${remedy}.`);
  }
  const records = readStoredRecords(file, entries);
  const byteOrder = records.get(`${folder}byteorder`);
  if (byteOrder && new TextDecoder().decode(byteOrder) !== "little") throw bigEndian();
  const { value } = unpickle(records.get(pickles[0]!)!, 0, pytorchWorld(budget));
  const storage = (key: string): Uint8Array => {
    const bytes = records.get(`${folder}data/${key}`);
    if (!bytes) throw broken(`the storage ${shown(key)} is missing`);
    return bytes;
  };
  return { root: value, storage };
};

const legacyMagic = 0x1950a86a20f9469cfc6cn;
const legacyProtocol = 1001;

/** How every file of torch.save before PyTorch 1.6 begins: a pickle, of protocol 2, of the magic number. */
export const legacyStart: readonly number[] = [
  0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19,
];

/** The format before PyTorch 1.6: five pickles, then each storage as its count (int64) and its numbers. */
export const readLegacyFile = (file: Uint8Array, budget: ValueBudget): PytorchFile => {
  const formats = new Map<string, NumberFormat>();
  const world = pytorchWorld(budget, ({ key, format }) => {
    if ((formats.get(key) ?? format) !== format) throw broken(`the storage ${shown(key)} has two types`);
    formats.set(key, format);
  });
  let at = 0;
  const next = (): Unpickled["value"] => {
    const { value, end } = unpickle(file, at, world);
    at = end;
    return value;
  };
  if (next() !== legacyMagic) throw broken("its magic number is another");
  if (next() !== legacyProtocol) throw broken("it has another protocol than 1001");
  const system = next();
  if (!(system instanceof Map)) throw broken("it does not say what machine it was written on");
  if (system.get("little_endian") !== true) throw bigEndian();
  const root = next();
  const keys = next();
  if (!Array.isArray(keys)) throw broken("it does not list its storages");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const storages = new Map<string, Uint8Array>();
  for (const key of keys) {
    const format = formats.get(key);
    if (!format || storages.has(key)) throw broken("it lists a storage that no tensor has, or one twice");
    if (at + 8 > file.length) throw broken("it ends before its storages do; it is truncated");
    const bytes = Number(view.getBigInt64(at, true)) * numberFormats[format].bytes;
    if (!(bytes >= 0 && at + 8 + bytes <= file.length)) throw broken("it ends before its storages do; it is truncated");
    storages.set(key, file.subarray(at + 8, at + 8 + bytes));
    at += 8 + bytes;
  }
  const storage = (key: string): Uint8Array => {
    const bytes = storages.get(key);
    if (!bytes) throw broken(`the storage ${shown(key)} is missing`);
    return bytes;
  };
  return { root, storage };
};
