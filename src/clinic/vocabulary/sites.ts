/**
 * Where tumours sit: the sixteen bones of the recommender study (clinic/sites.ts), the localisations of the dissertation's
 * table 2.1, and the bones and joints between them, with their names in English, German and Latin. As in the study, `hand`
 * and `foot` stand for all of their bones.
 */

/** One site. */
export interface SiteTerm {
  readonly name: string;
  /** The row of table 2.1. */
  readonly seedName?: string;
  /** Latin names stand among the English ones. */
  readonly synonyms: { readonly en: readonly string[]; readonly de: readonly string[] };
  /** Whether a right and a left one exist. */
  readonly paired: boolean;
  /** Whether there is one alone, of which a right and a left half are told apart: the pelvis, a wall of the trunk. */
  readonly hasHalves: boolean;
  /** Whether it has epiphyses, metaphyses and a diaphysis that tumours are told by. */
  readonly longBone: boolean;
  /** Whether a position such as "metaphyseal" makes sense: long bones, and limbs that hold tubular bones. */
  readonly hasPositions: boolean;
  /** The name of the larger site that holds it. */
  readonly within?: string;
  /** ICD-O-3 topography of a tumour of its bones: the beginnings. */
  readonly icdO3Topography: readonly string[];
}

interface Row {
  readonly seedName?: string;
  readonly en?: string;
  readonly de: string;
  readonly within?: string;
  readonly topography: string;
}

const split = (list: string | undefined): string[] =>
  list === undefined ? [] : list.split("|").map((word) => word.trim());

const kind = (
  { paired, longBone }: Pick<SiteTerm, "paired" | "longBone">,
  rows: Readonly<Record<string, Row>>,
): readonly SiteTerm[] =>
  Object.entries(rows).map(([name, { en, de, topography, ...facts }]) => ({
    name,
    ...facts,
    synonyms: { en: split(en), de: split(de) },
    paired,
    hasHalves: halved.has(name),
    longBone,
    hasPositions: longBone || tubular.has(name),
    icdO3Topography: split(topography),
  }));

/** Sites on both sides of the middle, which a side is told of as a matter of course. */
const halved: ReadonlySet<string> = new Set([
  "pelvis",
  "thoracic wall",
  "abdominal wall",
  "dorsum",
  "head-neck region",
  "skull",
  "mandible",
  "maxilla",
]);

/** Limbs and bones beside the long ones that hold tubular bones. */
const tubular: ReadonlySet<string> = new Set([
  "clavicle",
  "hand",
  "foot",
  "upper arm",
  "forearm",
  "thigh",
  "lower leg",
  "shoulder",
  "elbow",
  "wrist",
  "hip",
  "knee",
  "ankle",
]);

const longArm = "C40.0|C49.1|C47.1|C44.6|C76.4";
const shortArm = "C40.1|C49.1|C47.1|C44.6|C76.4";
const longLeg = "C40.2|C49.2|C47.2|C44.7|C76.5";
const shortLeg = "C40.3|C49.2|C47.2|C44.7|C76.5";
const anyLeg = "C40.2|C40.3|C49.2|C47.2|C44.7|C76.5";
const ofSpine = "C41.2|C49.6|C47.6|C72.0|C76.7";
const ofPelvis = "C41.4|C49.5|C47.5|C76.3";
const ofChest = "C41.3|C49.3|C47.3|C76.1";
const ofHead = "C41.0|C41.1|C49.0|C47.0|C76.0";

/** Every site; a name or synonym belongs to one of them alone. */
export const siteTerms: readonly SiteTerm[] = [
  ...kind(
    { paired: true, longBone: true },
    {
      femur: {
        en: "thigh bone|thighbone|os femoris|proximal femur|distal femur|femoral shaft|femoral neck|femoral head",
        de: "Oberschenkelknochen|proximaler Femur|distaler Femur|proximales Femur|distales Femur|Schenkelhals|Femurkopf|Femurschaft|Femurkondyle",
        within: "thigh",
        topography: longLeg,
      },
      tibia: {
        en: "shin bone|shinbone|proximal tibia|distal tibia|tibial plateau|tibial head|tibial shaft",
        de: "Schienbein|proximale Tibia|distale Tibia|Tibiakopf|Schienbeinkopf|Tibiaschaft|Tibiaplateau",
        within: "lower leg",
        topography: longLeg,
      },
      fibula: {
        en: "calf bone|proximal fibula|distal fibula|fibular head",
        de: "Wadenbein|proximale Fibula|distale Fibula|Fibulaköpfchen|Wadenbeinköpfchen|Fibulakopf",
        within: "lower leg",
        topography: longLeg,
      },
      humerus: {
        en: "upper arm bone|os humeri|proximal humerus|distal humerus|humeral head|humeral shaft",
        de: "Oberarmknochen|proximaler Humerus|distaler Humerus|Humeruskopf|Oberarmkopf|Humerusschaft",
        within: "upper arm",
        topography: longArm,
      },
      radius: {
        en: "radial bone|distal radius|proximal radius|radial head",
        de: "Speiche|distaler Radius|proximaler Radius|Radiusköpfchen",
        within: "forearm",
        topography: longArm,
      },
      ulna: {
        en: "distal ulna|proximal ulna|olecranon",
        de: "Elle|Olekranon|distale Ulna|proximale Ulna",
        within: "forearm",
        topography: longArm,
      },
    },
  ),
  ...kind(
    { paired: true, longBone: false },
    {
      clavicle: {
        en: "clavicula|collar bone|collarbone",
        de: "Schlüsselbein|Klavikula",
        within: "shoulder",
        topography: "C41.3|C40.0",
      },
      scapula: {
        en: "shoulder blade|glenoid|acromion|coracoid",
        de: "Schulterblatt|Akromion",
        within: "shoulder",
        topography: "C40.0|C49.1",
      },
      patella: { en: "kneecap|knee cap", de: "Kniescheibe", within: "knee", topography: shortLeg },
      ilium: {
        en: "os ilium|iliac bone|iliac wing|iliac crest|os ilii",
        de: "Darmbein|Darmbeinschaufel|Beckenschaufel|Beckenkamm|Ala ossis ilii",
        within: "pelvis",
        topography: ofPelvis,
      },
      ischium: {
        en: "os ischii|ischial bone|ischial tuberosity|tuber ischiadicum",
        de: "Sitzbein|Sitzbeinhöcker|Sitzbeinast",
        within: "pelvis",
        topography: ofPelvis,
      },
      pubis: {
        en: "os pubis|pubic bone|pubic ramus|superior pubic ramus|inferior pubic ramus",
        de: "Schambein|Schambeinast|oberer Schambeinast|unterer Schambeinast",
        within: "pelvis",
        topography: ofPelvis,
      },
      acetabulum: {
        en: "acetabular roof|hip socket",
        de: "Azetabulum|Hüftpfanne|Pfannendach",
        within: "pelvis",
        topography: ofPelvis,
      },
      hand: {
        seedName: "hand",
        en: "manus|metacarpal|metacarpal bone|metacarpus|os metacarpale|carpal bone|carpus|scaphoid|finger|fingers|thumb|phalanx of the hand|finger phalanx|digitus manus",
        de: "Mittelhand|Mittelhandknochen|Handwurzel|Handwurzelknochen|Kahnbein der Hand|Daumen|Zeigefinger|Mittelfinger|Ringfinger|Kleinfinger|Fingerknochen|Fingerphalanx|MHK",
        topography: shortArm,
      },
      foot: {
        seedName: "foot",
        en: "pes|metatarsal|metatarsal bone|metatarsus|os metatarsale|calcaneus|heel bone|talus|tarsus|toe|toes|great toe|hallux|toe phalanx|phalanx of the foot|cuboid|navicular",
        de: "Fuß|Mittelfuß|Mittelfußknochen|Fußwurzel|Fersenbein|Kalkaneus|Sprungbein|Zehe|Zehen|Großzehe|Zehenphalanx|Rückfuß|Vorfuß|Fußsohle|Ferse|MFK",
        topography: shortLeg,
      },
      "upper arm": {
        seedName: "upper arm",
        en: "brachium",
        de: "Oberarm",
        topography: longArm,
      },
      forearm: {
        seedName: "forearm",
        en: "antebrachium|lower arm",
        de: "Unterarm",
        topography: longArm,
      },
      thigh: { seedName: "thigh", en: "upper leg", de: "Oberschenkel", topography: longLeg },
      "lower leg": {
        seedName: "lower leg",
        en: "crus|calf|shank",
        de: "Unterschenkel|Wade",
        topography: longLeg,
      },
      shoulder: {
        seedName: "shoulder",
        en: "shoulder joint|shoulder girdle|articulatio humeri|axilla|armpit",
        de: "Schulter|Schultergelenk|Schultergürtel|Achsel",
        topography: longArm,
      },
      elbow: {
        seedName: "elbow",
        en: "elbow joint|articulatio cubiti|cubitus|antecubital fossa",
        de: "Ellenbogen|Ellbogen|Ellenbogengelenk|Ellbogengelenk|Ellenbeuge",
        topography: longArm,
      },
      wrist: {
        en: "wrist joint|articulatio radiocarpalis",
        de: "Handgelenk",
        topography: "C40.1|C40.0|C49.1|C47.1|C44.6|C76.4",
      },
      hip: {
        seedName: "hips",
        en: "hip joint|articulatio coxae|coxa",
        de: "Hüfte|Hüftgelenk|Hüftregion",
        topography: "C40.2|C41.4|C49.2|C49.5|C47.2|C47.5|C44.7|C76.5",
      },
      knee: {
        seedName: "knee",
        en: "knee joint|articulatio genus|genu|popliteal fossa",
        de: "Knie|Kniegelenk|Kniekehle|Knieregion",
        topography: anyLeg,
      },
      ankle: {
        en: "ankle joint|articulatio talocruralis|upper ankle joint|malleolus",
        de: "Sprunggelenk|oberes Sprunggelenk|OSG|Knöchel|Außenknöchel|Innenknöchel",
        topography: anyLeg,
      },
      rib: { en: "ribs|costa|costae", de: "Rippe|Rippen|Rippenbogen", within: "thoracic wall", topography: ofChest },
      gluteus: {
        en: "buttock|gluteal region|regio glutea|buttocks",
        de: "Gesäß|Glutealregion|gluteal|Glutealmuskulatur",
        within: "pelvis",
        topography: `${ofPelvis}|C49.2`,
      },
      groin: {
        en: "inguinal region|regio inguinalis",
        de: "Leiste|Leistenregion|inguinal",
        within: "pelvis",
        topography: `${ofPelvis}|C49.2`,
      },
    },
  ),
  ...kind(
    { paired: false, longBone: false },
    {
      spine: {
        seedName: "spine",
        en: "columna vertebralis|vertebral column|spinal column|vertebra|vertebral body|backbone",
        de: "Wirbelsäule|Wirbel|Wirbelkörper|WS|WK",
        topography: ofSpine,
      },
      "cervical spine": {
        seedName: "cervical spine",
        en: "cervical vertebra|C-spine|neck spine",
        de: "Halswirbelsäule|HWS|Halswirbel|Halswirbelkörper|HWK",
        within: "spine",
        topography: ofSpine,
      },
      "thoracic spine": {
        seedName: "thoracic spine",
        en: "thoracic vertebra|T-spine|dorsal spine",
        de: "Brustwirbelsäule|BWS|Brustwirbel|Brustwirbelkörper|BWK",
        within: "spine",
        topography: ofSpine,
      },
      "lumbar spine": {
        en: "lumbar vertebra|L-spine",
        de: "Lendenwirbelsäule|LWS|Lendenwirbel|Lendenwirbelkörper|LWK",
        within: "spine",
        topography: ofSpine,
      },
      sacrum: {
        seedName: "os sacrum",
        en: "sacral bone",
        de: "Kreuzbein|Sakrum",
        within: "pelvis",
        topography: "C41.4|C49.5|C47.5|C76.3|C41.2",
      },
      coccyx: {
        seedName: "os coccygeum",
        en: "os coccygis|tailbone|coccygeal bone",
        de: "Steißbein|Steissbein|Coccygeum",
        within: "pelvis",
        topography: "C41.4|C49.5|C47.5|C76.3|C41.2",
      },
      pelvis: {
        seedName: "pelvis",
        en: "pelvic bone|pelvic ring|pelvic girdle",
        de: "Becken|Beckenring|Beckenknochen|Beckengürtel",
        topography: ofPelvis,
      },
      "abdominal wall": {
        seedName: "abdominal wall",
        en: "abdomen|abdominal",
        de: "Bauchwand|Bauchdecke|abdominale Wand|Abdominalwand",
        topography: "C49.4|C47.4|C44.5|C76.2",
      },
      "thoracic wall": {
        seedName: "thoracic wall",
        en: "chest wall|thorax|chest|bony thorax",
        de: "Thoraxwand|Brustwand|Brustkorb",
        topography: ofChest,
      },
      sternum: { en: "breastbone|breast bone", de: "Brustbein", within: "thoracic wall", topography: ofChest },
      dorsum: {
        seedName: "dorsum",
        en: "back|back soft tissue",
        de: "Rücken|Rückenmuskulatur",
        topography: "C49.6|C49.3|C44.5|C47.6|C76.7",
      },
      "head-neck region": {
        seedName: "head-neck region",
        en: "head and neck|head|neck|head-neck",
        de: "Kopf-Hals-Region|Kopf-Hals-Bereich|Kopf|Hals|Kopf/Hals",
        topography: ofHead,
      },
      skull: {
        en: "cranium|calvaria|skull base",
        de: "Schädel|Kalotte|Schädelkalotte|Schädelbasis",
        within: "head-neck region",
        topography: "C41.0",
      },
      mandible: {
        en: "mandibula|lower jaw|jaw",
        de: "Unterkiefer|Kiefer",
        within: "head-neck region",
        topography: "C41.1",
      },
      maxilla: {
        en: "upper jaw",
        de: "Oberkiefer",
        within: "head-neck region",
        topography: "C41.0",
      },
    },
  ),
];

const byName: ReadonlyMap<string, SiteTerm> = new Map(siteTerms.map((term) => [term.name, term]));

/** The term of a name as the vocabulary writes it. */
export const siteTerm = (name: string): SiteTerm | undefined => byName.get(name);

/**
 * Whether one site is the other or a part of it.
 * @example
 * isWithin("lumbar spine", "spine"); // true
 */
export const isWithin = (site: string, larger: string): boolean =>
  site === larger || (siteTerm(site)?.within !== undefined && isWithin(siteTerm(site)!.within!, larger));
