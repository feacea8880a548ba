/** Who a phantom patient is to the clinics: names, addresses, telephones, physicians, devices. All invented. */
import { Random } from "../../numeric/random.ts";

/** What identifies a patient and those who cared for him or her. */
export interface Identity {
  readonly familyName: string;
  readonly givenName: string;
  /** yyyy-mm-dd. */
  readonly birthDate: string;
  readonly birthName: string;
  readonly street: string;
  readonly town: string;
  readonly telephone: string;
  readonly occupation: string;
  readonly insuranceNumber: string;
  readonly referringPhysician: string;
  readonly performingPhysician: string;
  readonly operator: string;
  readonly institution: string;
  readonly institutionAddress: string;
  readonly department: string;
  readonly station: string;
  readonly deviceSerial: string;
}

const split = (list: string): readonly string[] => list.split("|");
const streets = split("Gartenstraße|Am Mühlbach|Lindenweg|Königsallee|Schützenhof|Bergäckerweg|Rosenau|Brückenstraße");
const towns = split("Unterwinkel|Neustetten|Bad Fürstenau|Grünwaldau|Oberlingen|Kirchfeld|Seebrück|Altenmühl");
const physicians = split(
  "Brandstätter^Ute^^Dr.|Yıldız^Mehmet^^Dr.|Şahin^Ayşe^^Dr.|Hügel^Bernd^^Prof. Dr.|O'Connor^Sean|Whitfield^Joan^^Dr.|" +
    "Tanrıverdi^Çağla|Kößler^Ingo^^Dr.|Lefèvre^Denise|Ackerknecht^Ralf^^PD Dr.",
);
const operators = split("Sommerfeld^Petra|Demirtaş^Emre|Hawkins^Laura|Jäkel^Rüdiger|Sauter^Lisa");
const institutions = split(
  "Klinikum Seebrück|Universitätsklinik Altenmühl|Praxis am Königsplatz|St.-Vinzenz-Hospital|Riverside General Hospital|Röntgenzentrum Oberlingen",
);
const occupations = split("Schreiner|Lehrerin|Bäcker|nurse|Landwirt|student|Ingenieurin");
const birthNames = split("Strobel|Wäldele|Kaufmann|Haas|Öhlschläger|Pfaff|Thornton");

/** Who a person is, from the seed: the same for every file of the patient, except for who was on duty that day. */
export const drawIdentity = (
  person: { readonly familyName: string; readonly givenName: string; readonly birthDate: string },
  of: { readonly seed: number; readonly patient: string; readonly study: string },
): Identity => {
  const random = new Random(of.seed, "identity", of.patient);
  const duty = new Random(of.seed, "duty", of.patient, of.study);
  const digits = (count: number, from: Random): string =>
    Array.from({ length: count }, () => from.integer(10)).join("");
  const institution = random.pick(institutions);
  return {
    ...person,
    birthName: random.pick(birthNames),
    street: `${random.pick(streets)} ${1 + random.integer(140)}`,
    town: `${10_000 + random.integer(89_999)} ${random.pick(towns)}`,
    telephone: `0${7000 + random.integer(1999)}/${digits(6, random)}`,
    occupation: random.pick(occupations),
    insuranceNumber: `${random.pick(["A", "K", "T", "X"])}${digits(9, random)}`,
    referringPhysician: random.pick(physicians),
    performingPhysician: duty.pick(physicians),
    operator: duty.pick(operators),
    institution,
    institutionAddress: `${random.pick(streets)} ${1 + random.integer(90)}, ${10_000 + random.integer(89_999)} ${random.pick(towns)}`,
    department: random.pick(["Radiologie", "Orthopädie", "Institut für Röntgendiagnostik", "Radiology"]),
    station: `XR${1 + duty.integer(9)}-${random.pick(["OST", "WEST", "AMB"])}`,
    deviceSerial: `SN${digits(7, duty)}`,
  };
};

/** The person behind an archive image that belongs to no patient of the tables. */
export const drawStranger = (
  random: Random,
  of: { readonly sex: "F" | "M"; readonly ageYears: number; readonly date: string },
) => {
  const families = split(
    "Özgür|Schäuffele|Ransmayr|Walker|Grün|Mößner|Şen|Zöllner|Ünal|Pettigrew|Bräuninger|Vogelsang|Doğan|Kuß|Ellery",
  );
  const given = {
    F: split("Friederike|Gülşen|Heather|Änne|Josefine|Margit|Öznur|Wiebke"),
    M: split("Bertram|Çetin|Geoffrey|Jörg|Konstantin|Uğur|Volkmar|Alistair"),
  }[of.sex];
  const year = Number(of.date.slice(0, 4)) - of.ageYears - 1;
  return {
    familyName: random.pick(families),
    givenName: random.pick(given),
    birthDate: `${year}-${String(1 + random.integer(12)).padStart(2, "0")}-${String(1 + random.integer(28)).padStart(2, "0")}`,
  };
};
