import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCodeDatabases, readCodeDatabases, writeCodeDatabases } from "./code-databases.ts";

test("databases are chosen by name and address, and the home remembers them", async () => {
  const root = await mkdtemp(join(tmpdir(), "osteon-code-databases-"));
  try {
    expect(await readCodeDatabases({ root })).toBeNull();
    const chosen = parseCodeDatabases(
      "north=postgresql://osteon@db1/codes, south=postgres://osteon@127.0.0.1:5433/codes",
    );
    await writeCodeDatabases({ root }, chosen);
    const read = (await readCodeDatabases({ root }))!;
    expect(read.map(({ name, server }) => `${name}: ${server}`)).toEqual([
      'north: the database "codes" at db1:5432',
      'south: the database "codes" at 127.0.0.1:5433',
    ]);
    const path = join(root, "code-databases.json");
    for (const damaged of ["", "{}", (await readFile(path, "utf8")).replace("db1/codes", "db1/codes?sslmode=maybe")]) {
      await writeFile(path, damaged);
      await expect(readCodeDatabases({ root })).rejects.toMatchObject({ code: "corrupt-store" });
    }
  } finally {
    await rm(root, { recursive: true });
  }
});

test.each([
  ["", "NAME=URL"],
  ["postgresql://osteon@db1/codes", "NAME=URL"],
  ["north=mysql://osteon@db1/codes", "NAME=URL"],
  ["no rth=postgresql://db1/codes", "NAME=URL"],
  ["a=postgresql://db1/codes,a=postgresql://db2/codes", "two databases alike"],
  ["a=postgresql://osteon:open%20sesame@db1/codes", "~/.pgpass"],
  ["a=postgresql://osteon@db1/codes?sslmode=maybe", "--code-databases has an sslmode"],
])("%j is refused with a sentence, and without a password", (text, reason) => {
  const refused = (): unknown => parseCodeDatabases(text);
  expect(refused).toThrow(expect.objectContaining({ code: "bad-usage" }));
  expect(refused).toThrow(reason);
  expect(refused).not.toThrow(/sesame/);
});
