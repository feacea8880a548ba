/**
 * Identifiers planted into a data set as careless clinics leave them: in their own attributes, nested sequences, free text,
 * private elements and overlay comments (the places of PS3.15 table E.1-1). Every one is listed with its value.
 */
import type { DicomElement } from "../../dicom/write-part10.ts";
import type { Random } from "../../numeric/random.ts";
import type { Identity } from "./identity.ts";

/** One planted identifier. */
export interface PlantedIdentifier {
  /** Tags and item numbers, as `(0040,0275)[0].(0040,0007)`. */
  readonly place: string;
  readonly value: string;
  /** What of the value identifies; none of it may survive. */
  readonly words: readonly string[];
}

/** A tag as the standard writes it. */
const tagText = (tag: number): string => {
  const hex = tag.toString(16).padStart(8, "0");
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
};

/** Which study and picture. */
export interface PlantingOptions {
  readonly identity: Identity;
  readonly patientId: string;
  readonly accession: string;
  readonly studyInstanceUid: string;
  /** What was examined, such as `Knie links`. */
  readonly procedure: string;
  readonly rows: number;
  readonly columns: number;
  readonly random: Random;
}

const dicomDate = (iso: string): string => iso.replaceAll("-", "");

/** The elements and the list of what identifies in them. */
export const identifiedElements = (
  options: PlantingOptions,
): { readonly elements: DicomElement[]; readonly planted: PlantedIdentifier[] } => {
  const { identity, patientId, accession, studyInstanceUid, procedure, rows, columns, random } = options;
  const { familyName, givenName } = identity;
  const name = `${familyName}^${givenName}`;
  const planted: PlantedIdentifier[] = [];
  const plant =
    (path: string) =>
    (tag: number, vr: string, value: string, words: readonly string[] = [value]): DicomElement => {
      planted.push({ place: `${path}${tagText(tag)}`, value, words });
      return { tag, vr, value };
    };
  const top = plant("");
  const both = [familyName, givenName];
  const request = plant("(0040,0275)[0].");
  const reference = plant("(0040,a370)[0].");
  const physician = plant("(0008,0096)[0].");
  const code = plant("(0008,0096)[0].(0040,1101)[0].");
  const other = plant("(0010,1002)[0].");
  const hidden = plant("(0029,1020)[0].");
  const surname = (personName: string): string => personName.split("^")[0]!;
  const comment = `Pat. ${givenName} ${familyName}, geb. ${identity.birthDate.split("-").reverse().join(".")}`;
  const elements: DicomElement[] = [
    top(0x00080050, "SH", accession),
    top(0x00080080, "LO", identity.institution),
    top(0x00080081, "ST", identity.institutionAddress),
    top(0x00080090, "PN", identity.referringPhysician, [surname(identity.referringPhysician)]),
    top(0x00081010, "SH", identity.station),
    top(0x00081030, "LO", `${procedure} ${familyName}`.slice(0, 64), [familyName]),
    top(0x00081040, "LO", identity.department),
    top(0x00081050, "PN", identity.performingPhysician, [surname(identity.performingPhysician)]),
    top(0x00081070, "PN", identity.operator, [surname(identity.operator)]),
    top(0x00100010, "PN", name, both),
    top(0x00100020, "LO", patientId),
    top(0x00100030, "DA", dicomDate(identity.birthDate)),
    top(0x00101005, "PN", `${identity.birthName}^${givenName}`, [identity.birthName]),
    top(0x00101040, "LO", `${identity.street}, ${identity.town}`, [identity.street, identity.town]),
    top(0x00102154, "SH", identity.telephone),
    top(0x00102180, "SH", identity.occupation),
    top(0x00104000, "LT", `${comment}, wohnt ${identity.street}`, [...both, identity.street]),
    top(0x00181000, "LO", identity.deviceSerial),
    top(0x00204000, "LT", `${procedure}: ${comment}`, both),
    top(0x00321032, "PN", identity.referringPhysician, [surname(identity.referringPhysician)]),
    top(0x00380010, "LO", `FALL${accession}`),
    {
      tag: 0x00101002, // OtherPatientIDsSequence
      vr: "SQ",
      value: [[other(0x00100020, "LO", identity.insuranceNumber), { tag: 0x00100022, vr: "CS", value: "TEXT" }]],
    },
    {
      tag: 0x00080096, // ReferringPhysicianIdentificationSequence
      vr: "SQ",
      value: [
        [
          {
            tag: 0x00401101, // PersonIdentificationCodeSequence
            vr: "SQ",
            value: [
              [
                code(0x00080100, "SH", `LANR${identity.insuranceNumber.slice(1, 8)}`),
                { tag: 0x00080102, vr: "SH", value: "99PHANTOM" },
                code(0x00080104, "LO", surname(identity.referringPhysician)),
              ],
            ],
          },
          physician(0x00401102, "ST", identity.institutionAddress),
          physician(0x00401103, "LO", identity.telephone),
          physician(0x00080080, "LO", identity.institution),
        ],
      ],
    },
    {
      tag: 0x00400275, // RequestAttributesSequence
      vr: "SQ",
      value: [
        [
          request(0x00321060, "LO", `${procedure} bei ${familyName}`.slice(0, 64), [familyName]),
          request(0x00400007, "LO", `${procedure} (${name})`.slice(0, 64), [familyName]),
          request(0x00400009, "SH", `S${accession}`),
          request(0x00401001, "SH", `R${accession}`),
        ],
      ],
    },
    {
      tag: 0x0040a370, // ReferencedRequestSequence
      vr: "SQ",
      value: [
        [
          reference(0x00080050, "SH", accession),
          { tag: 0x00081110, vr: "SQ", value: [] }, // ReferencedStudySequence
          { tag: 0x0020000d, vr: "UI", value: studyInstanceUid },
          reference(0x00321060, "LO", `Anforderung ${familyName}, ${givenName}`.slice(0, 64), [familyName]),
          { tag: 0x00321064, vr: "SQ", value: [] }, // RequestedProcedureCodeSequence
          reference(0x00401001, "SH", `R${accession}`),
          reference(0x00402016, "LO", `P${accession}`),
          reference(0x00402017, "LO", `F${accession}`),
        ],
      ],
    },
    { tag: 0x00290010, vr: "LO", value: "FICTIVE PACS 1.0" },
    { tag: 0x00291010, vr: "PN", value: name },
    { tag: 0x00291011, vr: "LO", value: `${identity.telephone}` },
    { tag: 0x00291012, vr: "UN", value: new TextEncoder().encode(`${familyName}|${givenName}|${patientId}`) },
    {
      tag: 0x00291020,
      vr: "SQ",
      value: [[hidden(0x00100010, "PN", name, both), hidden(0x00100020, "LO", patientId)]],
    },
  ];
  planted.push(
    { place: "(0029,1010)", value: name, words: both },
    { place: "(0029,1011)", value: identity.telephone, words: [identity.telephone] },
    { place: "(0029,1012)", value: `${familyName}|${givenName}|${patientId}`, words: [...both, patientId] },
  );
  if (random.chance(0.3)) {
    elements.push(
      { tag: 0x60000010, vr: "US", value: rows }, // OverlayRows
      { tag: 0x60000011, vr: "US", value: columns }, // OverlayColumns
      top(0x60000022, "LO", `Overlay ${familyName}`, [familyName]), // OverlayDescription
      { tag: 0x60000040, vr: "CS", value: "G" }, // OverlayType
      { tag: 0x60000050, vr: "SS", value: [1, 1] }, // OverlayOrigin
      { tag: 0x60000100, vr: "US", value: 1 }, // OverlayBitsAllocated
      { tag: 0x60000102, vr: "US", value: 0 }, // OverlayBitPosition
      { tag: 0x60003000, vr: "OW", value: new Uint16Array(Math.ceil((rows * columns) / 16)) }, // OverlayData
    );
    if (random.chance(0.6)) elements.push(top(0x60004000, "LT", comment, both)); // OverlayComments, retired but met
  }
  return { elements, planted };
};
