import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OsteonError } from "../../../errors.ts";
import { Random } from "../../../numeric/random.ts";
import { openTable } from "./open-table.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-tables-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let number = 0;
const file = async (content: string | Uint8Array, name = `${++number}.csv`): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const read = async (path: string, sheet?: string) => {
  const table = await openTable(path, sheet === undefined ? {} : { sheet });
  const rows: [number, readonly string[]][] = [];
  for await (const { line, cells } of table.rows()) rows.push([line, cells]);
  return { table, rows };
};

const german = 'Nummer;Größe;Bemerkung\r\n1;7,5;"zwei\r\nZeilen; ein ""Fuß"""\r\n2;8,5;12" lang\r\n\r\n3;9\r\n';

describe("text", () => {
  test.each(["utf-8", "latin1", "utf16le"] as const)(
    "in %s: cells, quotes, and lines as an editor counts them",
    async (encoding) => {
      const { table, rows } = await read(await file(Buffer.from(german, encoding)));
      expect([table.delimiter, table.header]).toEqual([";", ["Nummer", "Größe", "Bemerkung"]]);
      expect(rows).toEqual([
        [2, ["1", "7,5", 'zwei\r\nZeilen; ein "Fuß"']],
        [4, ["2", "8,5", '12" lang']],
        [5, [""]],
        [6, ["3", "9"]],
      ]);
    },
  );

  test("marks of byte order are passed over, and titles above the header", async () => {
    const { table, rows } = await read(await file("\uFEFFTumorregister\n\nPatient,Alter\nP1,12\n"));
    expect([table.header, rows]).toEqual([["Patient", "Alter"], [[4, ["P1", "12"]]]]);
  });

  test("a stray letter on the last page makes the whole file Windows-1252, not a part of it", async () => {
    const ascii = `patient,site\n${"P1,femur\n".repeat(60_000)}`;
    const { table, rows } = await read(
      await file(Buffer.concat([Buffer.from(ascii), Buffer.from("P2,Sch\u00e4del\n", "latin1")])),
    );
    expect([table.encoding, rows.length, rows.at(-1)]).toEqual(["windows-1252", 60_001, [60_002, ["P2", "Schädel"]]]);
  });
});

describe("workbooks", () => {
  test("cells become text: real dates as days, numbers without rounding's tail, other sheets by name", async () => {
    const content = await writeXlsx({
      sheets: [
        {
          name: "visits",
          rows: [
            ["case number", "visit date", "months", "ok"],
            ["F1", new Date(Date.UTC(2016, 4, 12)), 0.1 + 0.2, true],
            [null, null, 7, null],
          ],
        },
        {
          name: "more",
          rows: [
            ["a", "b"],
            ["c", "d"],
          ],
        },
      ],
    });
    const path = await file(content as Uint8Array, "visits.xlsx");
    const { table, rows } = await read(path);
    expect([table.format, table.header]).toEqual(["workbook", ["case number", "visit date", "months", "ok"]]);
    expect(rows[0]).toEqual([2, ["F1", "2016-05-12", "0.3", "true"]]);
    expect(rows[1]).toEqual([3, expect.arrayContaining(["7"])]);
    expect((await read(path, "more")).rows).toEqual([[2, ["c", "d"]]]);
    await expect(read(path, "none")).rejects.toThrow('no sheet "none"');
  });
});

/** A ZIP archive with one part, which says of itself what it is told to say. */
const zip = (name: string, data: Buffer, said: { packed?: number; unpacked?: number } = {}): Buffer => {
  const packed = deflateRawSync(data);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(said.packed ?? packed.length, 4);
  sizes.writeUInt32LE(said.unpacked ?? data.length, 8);
  const local = Buffer.concat([
    Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0]),
    sizes,
    Buffer.from([name.length, 0, 0, 0]),
    Buffer.from(name),
  ]);
  const central = Buffer.concat([
    Buffer.from([0x50, 0x4b, 1, 2, 20, 0, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0]),
    sizes,
    Buffer.from([name.length, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, central, end]);
};

describe("what is no table, or hostile, is refused with a sentence", () => {
  test.each<[string, () => Buffer | string, string]>([
    ["an empty file", () => "", "is empty"],
    ["one column", () => "a\nb\n", "has no header"],
    ["a picture", () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3]), "holds no text"],
    ["an old workbook", () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "before 2007"],
    ["a quote left open", () => `a,b\n1,"${"x,y\n".repeat(400_000)}`, "a quote may have been left open"],
    ["a huge cell", () => `a,b\n1,${"x".repeat(2 ** 21)}\n`, "is too long"],
    ["a damaged workbook", () => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(100)]), "is damaged"],
    ["an archive that is no workbook", () => zip("a.txt", Buffer.from("a")), "is no workbook"],
    [
      "a bomb that lies about its size",
      () => zip("xl/sharedStrings.xml", Buffer.alloc(300 * 2 ** 20), { unpacked: 100 }),
      "unpacks to more than a table can hold",
    ],
  ])("%s", async (_, content, sentence) => {
    const path = await file(content());
    await expect(read(path)).rejects.toThrow(sentence);
    await expect(read(path)).rejects.toBeInstanceOf(OsteonError);
  });

  test("no file, and a folder", async () => {
    await expect(openTable(join(folder, "none.csv"))).rejects.toThrow("cannot be read");
    await expect(openTable(folder)).rejects.toThrow("is no file");
  });
});

test("files with changed bytes are read or refused with a sentence, and nothing hangs", async () => {
  const random = new Random(4);
  const workbook = (await writeXlsx({
    sheets: [
      { name: "s", rows: [["patient", "date"], ...Array.from({ length: 30 }, (_, i) => [`P${i}`, new Date(i * 1e9)])] },
    ],
  })) as Uint8Array;
  const originals = [Buffer.from(german, "latin1"), Buffer.from(workbook)];
  for (let i = 0; i < 300; i++) {
    const content = Buffer.from(originals[i % 2]!);
    for (let change = 0; change < 1 + (i % 8); change++) content[random.integer(content.length)] = random.integer(256);
    const cut = i % 5 === 0 ? content.subarray(0, random.integer(content.length)) : content;
    const path = await file(cut, "mutated");
    await read(path).catch((error: unknown) => {
      if (!(error instanceof OsteonError)) throw error;
    });
  }
});
