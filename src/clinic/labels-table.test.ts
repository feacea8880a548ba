import { expect, test } from "vitest";
import { parseLabelsTable } from "./labels-table.ts";

const parse = (text: string) => parseLabelsTable(new TextEncoder().encode(text));

test.each([",", ";", "\t"])("columns separated by %j are read by name, in any order", (separator) => {
  const table = parse(
    [
      ["Region", "image", "age", "origin", "detail"],
      ["Knee", "a.png", separator === "," ? "12.5" : "12,5", "external", "x"],
    ]
      .map((row) => row.join(separator))
      .join("\r\n"),
  );
  expect(table.rows.get("a.png")?.facts).toEqual({ region: "Knee", ageYears: 12.5, origin: "external" });
  expect(table.problems).toEqual([]);
});

test("quotes, umlauts in UTF-8 and Latin-1, and a byte order mark are understood", () => {
  expect(parse('\uFEFFimage,entity\n"a,1.png","Knöchel ""links"""\n').rows.get("a,1.png")).toEqual({
    line: 2,
    facts: { entity: 'Knöchel "links"' },
  });
  const latin1 = Uint8Array.from("image,site\na.png,Schädel", (character) => character.charCodeAt(0));
  expect(parseLabelsTable(latin1).rows.get("a.png")?.facts).toEqual({ site: "Schädel" });
  const decomposed = "image,site\nü.png,Schädel\n".normalize("NFD");
  expect(parse(decomposed).rows.get("ü.png")?.facts).toEqual({ site: "Schädel" });
});

test("a row with more cells than columns is left out and told: what it says stands under other columns", () => {
  const { rows, problems } = parse("image,patient,entity\na.png,Smith, John,Chordoma\nb.png,P2,Chordoma,\nc.png,P3\n");
  expect([...rows.keys()]).toEqual(["c.png"]);
  expect(problems).toEqual([
    {
      code: "extra-cells",
      line: 2,
      detail: "The row has 4 cells under 3 columns, as with an unquoted separator; it was left out.",
    },
    expect.objectContaining({ code: "extra-cells", line: 3 }),
  ]);
  expect(JSON.stringify(problems)).not.toContain("Smith");
});

test("the same image in two spellings is one image", () => {
  const { problems } = parse("image\na/1.png\na\\1.png\n./a/1.png\n");
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ["repeated-image", 3],
    ["repeated-image", 4],
  ]);
});

test("what is wrong with a row is told by its line, and the rest of the table serves", () => {
  const { rows, problems } = parse("image,age,origin\na.png,old,internal\n,3,\na.png,4,\nb.png,5,home\n");
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ["bad-age", 2],
    ["no-image", 3],
    ["repeated-image", 4],
    ["bad-origin", 5],
  ]);
  expect(rows.get("a.png")?.facts).toEqual({ origin: "internal" });
  expect(rows.get("b.png")?.facts).toEqual({ ageYears: 5 });
});

test("the lesion's box is four numbers of pixels, or it is left out and told", () => {
  const head = "image,box_x,box_y,box_width,box_height\n";
  const { rows, problems } = parse(`${head}a.png,1,"2,5",30,40\nb.png,,,,\nc.png,1,2,0,4\nd.png,1,2,3\n`);
  expect(rows.get("a.png")?.facts).toEqual({ lesion: { x: 1, y: 2.5, width: 30, height: 40 } });
  expect(rows.get("b.png")?.facts).toEqual({});
  expect(rows.get("c.png")?.facts).toEqual({});
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ["bad-box", 4],
    ["bad-box", 5],
  ]);
});

test("a table without the column, an empty one, and no table at all are refused with what was found", () => {
  expect(() => parse("file,label\na,b\n")).toThrow('needs a column "image"; it has "file", "label".');
  expect(() => parse("")).toThrow("it is empty");
  expect(() => parse('image,label\n"a,b\n')).toThrow("cannot be read");
  expect(() => parse("image,Label, label\n")).toThrow('has the column "label" more than once');
  expect([...parse("image,label,,\na.png,x,,\n").rows.keys()]).toEqual(["a.png"]);
});
