import { describe, expect, test } from "vitest";
import { parseArchiveUrl } from "./archive-url.ts";
import { basic, bearer } from "./credentials.ts";
import { isAllowed, parseAllowList } from "./dimse/ae-title.ts";
import { parseStudyQuery } from "./study-query.ts";

describe("the address of an archive", () => {
  test.each([
    ["https://host/dicom-web", { protocol: "dicomweb", root: "https://host/dicom-web" }],
    ["https://host:8443/a/dicom-web/", { protocol: "dicomweb", root: "https://host:8443/a/dicom-web" }],
    ["http://host/dicom-web/studies", { protocol: "dicomweb", root: "http://host/dicom-web" }],
    [
      "http://host/dicom-web/studies/1.2.3",
      { protocol: "dicomweb", root: "http://host/dicom-web", StudyInstanceUID: "1.2.3" },
    ],
    ["dimse://PACS@10.0.0.7:104", { protocol: "dimse", calledAeTitle: "PACS", host: "10.0.0.7", port: 104 }],
    [
      "dimse://MY%20PACS@[::1]:11112/studies/1.2",
      { protocol: "dimse", calledAeTitle: "MY PACS", host: "::1", port: 11112, StudyInstanceUID: "1.2" },
    ],
  ])("%s is taken apart", (word, expected) => {
    expect(parseArchiveUrl(word)).toEqual({ StudyInstanceUID: undefined, ...expected });
  });

  test.each([
    ["https://user:secret@host/dicom-web", "holds a password"],
    ["https://user:p@secret@host/dicom-web", "holds a password"],
    ["https://user:a/secret@host/dicom-web", "is no address"],
    ["https://secret@host/dicom-web", "holds a password"],
    ["https://user:secret@ho st/", "is no address"],
    ["dimse://A:secret@host:104", "holds a password"],
    ["dimse://A%zz@host:104", "has a %"],
    ["dimse://host:104", "lacks something"],
    ["dimse://PACS@host", "lacks something"],
    ["dimse://PACS@host:104/other", "has a path"],
    ["dimse://A_TITLE_THAT_IS_TOO_LONG@host:104", "is no AE title"],
    ["https://host/dicom-web/studies/none", "names a study by something other"],
    ["https://host/dicom-web?x=1", "has a query"],
    ["https://", "is no address"],
  ])("%s is refused, and no password repeated", (word, sentence) => {
    expect(() => parseArchiveUrl(word)).toThrow(sentence);
    expect(() => parseArchiveUrl(word)).not.toThrow("secret");
  });
});

describe("a search", () => {
  test("is read from words and days", () => {
    const query = parseStudyQuery({
      words: ["Modality=CR, dx,CR", "PatientID=P 1"],
      from: "2000-01-01",
      to: "20211231",
      StudyInstanceUID: "1.2",
    });
    expect(query).toEqual({
      keys: { PatientID: "P 1", StudyDate: "20000101-20211231", StudyInstanceUID: "1.2" },
      modalities: ["CR", "DX"],
    });
    expect(parseStudyQuery({ words: [], from: "2000-02-29" })).toEqual({ keys: { StudyDate: "20000229-" } });
  });

  test.each([
    [{ words: ["Colour=red"] }, '--query "Colour" cannot be searched for'],
    [{ words: ["PatientID="] }, '--query "PatientID" cannot be searched for'],
    [{ words: ["PatientID=a\\b"] }, '--query "PatientID" cannot be searched for'],
    [{ words: ["Modality=CR;DX"] }, "is no list of modalities"],
    [{ words: [], from: "2001-02-29" }, '--from "2001-02-29" is no day'],
    [{ words: [], from: "2021-01-01", to: "2020-01-01" }, "--from is later than --to"],
  ])("%j is refused", (words, sentence) => {
    expect(() => parseStudyQuery(words)).toThrow(sentence);
  });
});

describe("credentials", () => {
  test("become a header", () => {
    expect(bearer({ from: "f", text: "abc.def\n" })).toBe("Bearer abc.def");
    expect(basic({ from: "f", text: "jörg:a:b\r\n" })).toBe(`Basic ${Buffer.from("jörg:a:b").toString("base64")}`);
  });

  test.each([
    [bearer, "", "has to hold one line"],
    [bearer, "two words", "holds no token"],
    [bearer, "a\nX-Evil: b", "has to hold one line"],
    [basic, "nobody", "has to hold a line user:password"],
    [basic, "a:b\r\nX: y", "has to hold one line"],
  ])("that are none are refused, and not repeated", (read, text, sentence) => {
    expect(() => read({ from: "The file", text })).toThrow(`The file ${sentence}`);
    if (text !== "") expect(() => read({ from: "The file", text })).not.toThrow(text);
  });
});

describe("the allow-list", () => {
  test("lets in by title, and by address where one is named", async () => {
    const allowed = await parseAllowList("CT1, PACS@127.0.0.1,WEST@::1");
    const may = (aeTitle: string, address: string): boolean => isAllowed(allowed, { aeTitle, address });
    expect(may("CT1", "10.1.1.1")).toBe(true);
    expect(may("PACS", "127.0.0.1")).toBe(true);
    expect(may("PACS", "::ffff:127.0.0.1")).toBe(true);
    expect(may("PACS", "10.1.1.1")).toBe(false);
    expect(may("WEST", "::1")).toBe(true);
    expect(may("ct1", "10.1.1.1")).toBe(false);
    expect(may("", "10.1.1.1")).toBe(false);
  });

  test.each([
    ["", "names nobody"],
    ["A\\B", "is no AE title"],
    ["SEVENTEEN_LETTERS", "is no AE title"],
    ["PACS@no-such-host.invalid", "is not known"],
  ])("%j is refused", async (text, sentence) => {
    await expect(parseAllowList(text)).rejects.toThrow(sentence);
  });
});
