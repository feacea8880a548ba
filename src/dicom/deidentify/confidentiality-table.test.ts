import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { dictionaryVr } from "../dictionary.ts";
import { confidentialityTable, findConfidentialityRow } from "./confidentiality-table.ts";
import { isProfileOption, type OptionColumn, profileOptions } from "./profile-options.ts";
import { treatmentOf } from "./treatment-of.ts";

const standardTable = resolve(
  import.meta.dirname,
  "../../../../shared/data/dicom-standard/confidentiality_profile_attributes.json",
);

const columns: Readonly<Record<OptionColumn, string>> = {
  P: "rtnSafePrivOpt",
  U: "rtnUIDsOpt",
  V: "rtnDevIdOpt",
  I: "rtnInstIdOpt",
  H: "rtnPatCharsOpt",
  F: "rtnLongFullDatesOpt",
  M: "rtnLongModifDatesOpt",
  D: "cleanDescOpt",
  S: "cleanStructContOpt",
  G: "cleanGraphOpt",
};

/** Their row of an attribute of ours: the pattern of odd groups has another name. */
const idOf = (tag: string): string => (tag === "private" ? "ggggeeee-where-gggg-is-odd" : tag);

test.skipIf(!existsSync(standardTable))(
  "all 621 rows are those of the standard (skipped where ../shared is missing)",
  () => {
    const theirs = JSON.parse(readFileSync(standardTable, "utf8")) as readonly Record<string, string>[];
    const ours = confidentialityTable.map((row) => ({
      id: idOf(row.tag),
      stdCompIOD: row.isStandard ? "Y" : "N",
      basicProfile: row.basicProfile,
      ...Object.fromEntries(
        Object.entries(row.options).map(([column, action]) => [columns[column as OptionColumn], action]),
      ),
    }));
    expect(ours).toHaveLength(621);
    expect(ours).toEqual(theirs.map(({ name: _, tag: __, ...row }) => row));
  },
);

test("rows are found by tag, curves, overlays and private groups by their patterns", () => {
  expect(findConfidentialityRow(0x00100010)).toMatchObject({ keyword: "PatientName", vr: "PN", basicProfile: "Z" });
  expect(findConfidentialityRow(0x50020005)?.keyword).toBe("CurveData");
  expect(findConfidentialityRow(0x60123000)?.keyword).toBe("OverlayData");
  expect(findConfidentialityRow(0x60020010)).toBeUndefined();
  expect(findConfidentialityRow(0x00091001)?.keyword).toBe("PrivateAttributes");
  expect(findConfidentialityRow(0x00280010)).toBeUndefined();
});

test("every row with a tag has the VR of the dictionary", () => {
  const plain = confidentialityTable.filter(({ tag }) => /^[0-9a-f]{8}$/.test(tag));
  expect(plain).toHaveLength(617);
  const differing = plain.filter(({ tag, vr }) => dictionaryVr(Number.parseInt(tag, 16)) !== vr);
  expect(differing).toEqual([]);
});

const radiograph = "1.2.840.10008.5.1.4.1.1.1.1";
const report = "1.2.840.10008.5.1.4.1.1.88.11";
const treat = (tag: number, options: readonly string[] = [], sopClassUid = radiograph) =>
  treatmentOf(findConfidentialityRow(tag)!, { options: new Set(options.filter(isProfileOption)), sopClassUid });

test("compound actions follow the type in radiographs, and the strictest action elsewhere", () => {
  expect(treat(0x00080021)).toBe("remove"); // SeriesDate, type 3
  expect(treat(0x00080023)).toBe("empty"); // ContentDate, type 2C
  expect(treat(0x00080023, [], report)).toBe("dummy"); // type 1 in reports
  expect(treat(0x00080080, [], report)).toBe("dummy");
  expect(treat(0x00081140)).toBe("keep"); // X/Z/U*: the sequence stays, its UIDs do not
});

test("options keep, clean or move what the profile would remove", () => {
  expect(treat(0x00080020)).toBe("empty");
  expect(treat(0x00080020, ["retain-longitudinal"])).toBe("shift");
  expect(treat(0x00081030)).toBe("remove");
  expect(treat(0x00081030, ["clean-descriptors"])).toBe("clean");
  expect(treat(0x00081010, ["retain-device"])).toBe("keep");
  expect(treat(0x00080055, ["retain-device"])).toBe("clean-device");
  expect(treat(0x0018700c, ["retain-device"])).toBe("keep");
  expect(treat(0x0018700c, ["retain-device", "retain-longitudinal"])).toBe("shift");
  expect(treat(0x00101010, ["retain-patient-characteristics"])).toBe("keep");
  expect(treat(0x00100010, Object.keys(profileOptions))).toBe("empty"); // a name stays with no option
});
