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
  expect(table.rows.get("a.png")).toEqual({ region: "Knee", ageYears: 12.5, origin: "external" });
  expect(table.problems).toEqual([]);
});

test("quotes, umlauts in UTF-8 and Latin-1, and a byte order mark are understood", () => {
  expect(parse('\uFEFFimage,entity\n"a,1.png","Knöchel ""links"""\n').rows.get("a,1.png")).toEqual({
    entity: 'Knöchel "links"',
  });
  const latin1 = Uint8Array.from("image,site\na.png,Schädel", (character) => character.charCodeAt(0));
  expect(parseLabelsTable(latin1).rows.get("a.png")).toEqual({ site: "Schädel" });
});

test("what is wrong with a row is told by its line, and the rest of the table serves", () => {
  const { rows, problems } = parse("image,age,origin\na.png,old,internal\n,3,\na.png,4,\nb.png,5,home\n");
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ["bad-age", 2],
    ["no-image", 3],
    ["repeated-image", 4],
    ["bad-origin", 5],
  ]);
  expect(rows.get("a.png")).toEqual({ origin: "internal" });
  expect(rows.get("b.png")).toEqual({ ageYears: 5 });
});

test("a table without the column, an empty one, and no table at all are refused with what was found", () => {
  expect(() => parse("file,label\na,b\n")).toThrow('needs a column "image"; it has "file", "label".');
  expect(() => parse("")).toThrow("it is empty");
  expect(() => parse('image,label\n"a,b\n')).toThrow("cannot be read");
});
