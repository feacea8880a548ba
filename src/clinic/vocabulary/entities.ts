/**
 * The tumours and tumour-like lesions of a musculoskeletal tumour centre: every entity of the dissertation's table 2.1 and
 * the further bone lesions of the WHO classification (Soft Tissue and Bone Tumours, 5th edition, 2020), with their names in
 * English and German, WHO group, behaviour, ICD-10 (WHO and GM) and ICD-O-3.2 morphology codes.
 *
 * Rows of the table that name one entity of 2020 are one term: juvenile and solitary bone cyst, cartilaginous exostosis and
 * osteochondroma, haemangiopericytoma and solitary fibrous tumour, primitive neuroectodermal tumour and Ewing sarcoma. Its
 * rows "other" and "unknown" name no entity.
 */
import type { Malignancy } from "../records.ts";

/** One entity. */
export interface EntityTerm {
  /** The WHO's English name of 2020; the ten entities of the recommender study keep the study's spelling. */
  readonly name: string;
  /** The row of table 2.1; where several rows are one entity, the others are among the synonyms. */
  readonly seedName?: string;
  readonly synonyms: { readonly en: readonly string[]; readonly de: readonly string[] };
  /** Chapter heading of the WHO classification; for what is no tumour of it, what it is. */
  readonly whoGroup: string;
  /** The usual one. */
  readonly malignancy: Malignancy;
  /** Where grade, type or stage decides, the others that occur. */
  readonly otherMalignancies?: readonly Malignancy[];
  readonly tissue: "bone" | "soft tissue" | "other";
  /** Codes or their beginnings: `C40` stands for `C40.2` too. The first is the usual one. */
  readonly icd10: readonly string[];
  /** Morphology with behaviour; the first is the usual one. Empty for what ICD-O does not list. */
  readonly icdO3: readonly string[];
}

type Facts = Pick<EntityTerm, "seedName" | "otherMalignancies">;

interface Row extends Facts {
  readonly en?: string;
  readonly de: string;
  readonly is: Malignancy;
  readonly icd10: string;
  readonly icdO3: string;
}

const split = (list: string | undefined): string[] =>
  list === undefined || list === "" ? [] : list.split("|").map((word) => word.trim());

const group = (
  whoGroup: string,
  tissue: EntityTerm["tissue"],
  rows: Readonly<Record<string, Row>>,
): readonly EntityTerm[] =>
  Object.entries(rows).map(([name, { en, de, is, icd10, icdO3, ...facts }]) => ({
    name,
    ...facts,
    synonyms: { en: split(en), de: split(de) },
    whoGroup,
    malignancy: is,
    tissue,
    icd10: split(icd10),
    icdO3: split(icdO3),
  }));

const ofBone = "C40|C41";
const ofSoftTissue = "C49";
const ofBoth = "C49|C40|C41";

/** Every entity; a name or synonym belongs to one of them alone. */
export const entityTerms: readonly EntityTerm[] = [
  ...group("Chondrogenic tumours", "bone", {
    Osteochondroma: {
      seedName: "osteochondroma",
      en: "cartilaginous exostosis|osteocartilaginous exostosis|exostosis|solitary osteochondroma|multiple osteochondromas|multiple hereditary exostoses|hereditary multiple exostoses|MHE|OC",
      de: "Osteochondrom|kartilaginäre Exostose|cartilaginäre Exostose|osteokartilaginäre Exostose|Exostose|multiple Osteochondrome|multiple kartilaginäre Exostosen|multiple hereditäre Exostosen|Exostosenkrankheit|Ekchondrom|EKE",
      is: "benign",
      icd10: "D16|Q78.6",
      icdO3: "9210/0|9210/1",
    },
    Enchondroma: {
      seedName: "enchondroma",
      en: "chondroma|solitary enchondroma|central chondroma|enchondromatosis|Ollier disease|Maffucci syndrome",
      de: "Enchondrom|Chondrom|solitäres Enchondrom|zentrales Chondrom|Enchondromatose|Morbus Ollier|M. Ollier|Maffucci-Syndrom",
      is: "benign",
      icd10: "D16|Q78.4",
      icdO3: "9220/0",
    },
    "Periosteal chondroma": {
      en: "juxtacortical chondroma",
      de: "periostales Chondrom|juxtakortikales Chondrom",
      is: "benign",
      icd10: "D16",
      icdO3: "9221/0",
    },
    Chondroblastoma: {
      seedName: "chondroblastoma",
      en: "Codman tumour|benign chondroblastoma|epiphyseal chondroblastoma|CB",
      de: "Chondroblastom|Codman-Tumor|benignes Chondroblastom",
      is: "benign",
      icd10: "D16",
      icdO3: "9230/0",
    },
    "Chondromyxoid fibroma": {
      en: "CMF|fibromyxoid chondroma",
      de: "Chondromyxoidfibrom|chondromyxoides Fibrom",
      is: "benign",
      icd10: "D16",
      icdO3: "9241/0",
    },
    "Bizarre parosteal osteochondromatous proliferation": {
      en: "BPOP|Nora lesion|Nora's lesion|subungual exostosis",
      de: "Nora-Läsion|bizarre parosteale osteochondromatöse Proliferation|subunguale Exostose",
      is: "benign",
      icd10: "D16|M89.8",
      icdO3: "9212/0|9213/0",
    },
    "Synovial chondromatosis": {
      seedName: "chondromatosis, synovial",
      en: "synovial osteochondromatosis|synovial osteochondroma|Reichel syndrome|Henderson-Jones syndrome",
      de: "synoviale Chondromatose|Gelenkchondromatose|synoviale Osteochondromatose|Chondromatose|Morbus Reichel|M. Reichel",
      is: "intermediate",
      otherMalignancies: ["benign"],
      icd10: "M67.8|D48.1|D21",
      icdO3: "9220/1",
    },
    Chondrosarcoma: {
      seedName: "chondrosarcoma",
      en: "atypical cartilaginous tumour|ACT|central chondrosarcoma|conventional chondrosarcoma|secondary peripheral chondrosarcoma|peripheral chondrosarcoma|dedifferentiated chondrosarcoma|mesenchymal chondrosarcoma|clear cell chondrosarcoma|periosteal chondrosarcoma|myxoid chondrosarcoma|CS|CHS",
      de: "Chondrosarkom|atypischer chondrogener Tumor|atypischer kartilaginärer Tumor|zentrales Chondrosarkom|konventionelles Chondrosarkom|peripheres Chondrosarkom|sekundäres Chondrosarkom|dedifferenziertes Chondrosarkom|mesenchymales Chondrosarkom|Klarzellchondrosarkom|klarzelliges Chondrosarkom|Knorpelsarkom",
      is: "malignant",
      otherMalignancies: ["intermediate"],
      icd10: `${ofBone}|D48.0|C49`,
      icdO3: "9220/3|9222/1|9222/3|9221/3|9240/3|9242/3|9243/3|9231/3",
    },
  }),
  ...group("Osteogenic tumours", "bone", {
    Osteoma: {
      en: "ivory osteoma|bone island|enostosis",
      de: "Osteom|Knocheninsel|Kompaktainsel|Enostose",
      is: "benign",
      icd10: "D16|M85.8",
      icdO3: "9180/0",
    },
    "Osteoid osteoma": {
      seedName: "osteoid osteoma",
      en: "OO",
      de: "Osteoidosteom|Osteoid-Osteom",
      is: "benign",
      icd10: "D16",
      icdO3: "9191/0",
    },
    Osteoblastoma: {
      en: "giant osteoid osteoma|OB",
      de: "Osteoblastom|Riesenosteoidosteom",
      is: "intermediate",
      otherMalignancies: ["benign"],
      icd10: "D16|D48.0",
      icdO3: "9200/1|9200/0",
    },
    Osteosarcoma: {
      seedName: "osteosarcoma",
      en: "osteogenic sarcoma|conventional osteosarcoma|high-grade osteosarcoma|low-grade central osteosarcoma|parosteal osteosarcoma|periosteal osteosarcoma|telangiectatic osteosarcoma|small cell osteosarcoma|high-grade surface osteosarcoma|secondary osteosarcoma|OS|OSA",
      de: "Osteosarkom|osteogenes Sarkom|Knochensarkom|konventionelles Osteosarkom|hochmalignes Osteosarkom|niedrigmalignes zentrales Osteosarkom|parossales Osteosarkom|parosteales Osteosarkom|periostales Osteosarkom|teleangiektatisches Osteosarkom|kleinzelliges Osteosarkom|sekundäres Osteosarkom",
      is: "malignant",
      icd10: ofBone,
      icdO3: "9180/3|9181/3|9182/3|9183/3|9184/3|9185/3|9186/3|9187/3|9192/3|9193/3|9194/3|9195/3",
    },
  }),
  ...group("Osteoclastic giant cell-rich tumours", "bone", {
    "Aneurysmal bone cyst": {
      seedName: "aneurysmatic bone cyst",
      en: "ABC|aneurysmal cyst|aneurysmal bone cysts",
      de: "aneurysmatische Knochenzyste|aneurysmale Knochenzyste|AKZ",
      is: "benign",
      icd10: "M85.5",
      icdO3: "9260/0",
    },
    "Giant cell tumour": {
      seedName: "giant cell tumour",
      en: "giant cell tumour of bone|GCT|GCTB|osteoclastoma|bone giant cell tumour",
      de: "Riesenzelltumor|Riesenzelltumor des Knochens|RZT|RZTK|Osteoklastom|Knochenriesenzelltumor",
      is: "intermediate",
      otherMalignancies: ["malignant"],
      icd10: "D48.0|C40|C41",
      icdO3: "9250/1|9250/3",
    },
    "Non ossifying fibroma": {
      seedName: "non ossifying fibroma",
      en: "nonossifying fibroma|NOF|fibrous cortical defect|FCD|metaphyseal fibrous defect|fibroxanthoma|benign fibrous histiocytoma of bone",
      de: "nicht ossifizierendes Fibrom|nichtossifizierendes Fibrom|nicht-ossifizierendes Knochenfibrom|nicht ossifizierendes Knochenfibrom|fibröser Kortikalisdefekt|fibröser Kortexdefekt|fibröser metaphysärer Defekt|kortikaler Defekt",
      is: "benign",
      icd10: "D16|M89.8",
      icdO3: "8830/0",
    },
    "Brown tumour": {
      en: "brown tumour of hyperparathyroidism|osteitis fibrosa cystica",
      de: "brauner Tumor|Osteodystrophia fibrosa cystica",
      is: "benign",
      icd10: "E21|M85.8",
      icdO3: "",
    },
  }),
  ...group("Notochordal tumours", "bone", {
    "Benign notochordal cell tumour": {
      en: "BNCT|notochordal cell tumour",
      de: "benigner notochordaler Zelltumor|benigner Notochordzelltumor",
      is: "benign",
      icd10: "D16",
      icdO3: "9370/0",
    },
    Chordoma: {
      seedName: "chordoma",
      en: "conventional chordoma|dedifferentiated chordoma",
      de: "Chordom|konventionelles Chordom",
      is: "malignant",
      icd10: "C41",
      icdO3: "9370/3|9371/3|9372/3",
    },
  }),
  ...group("Other mesenchymal tumours of bone", "bone", {
    Adamantinoma: {
      seedName: "adamantinoma",
      en: "adamantinoma of long bones|osteofibrous dysplasia-like adamantinoma",
      de: "Adamantinom|Adamantinom der langen Röhrenknochen",
      is: "malignant",
      otherMalignancies: ["intermediate"],
      icd10: ofBone,
      icdO3: "9261/3|9261/1",
    },
    "Simple bone cyst": {
      seedName: "solitary bone cyst",
      en: "juvenile bone cyst|unicameral bone cyst|bone cyst|SBC|UBC",
      de: "juvenile Knochenzyste|solitäre Knochenzyste|einfache Knochenzyste|Knochenzyste|einkammerige Knochenzyste|JKZ|SKZ",
      is: "benign",
      icd10: "M85.4|M85.6",
      icdO3: "",
    },
    "Fibrous dysplasia": {
      seedName: "fibrous dysplasia",
      en: "FD|monostotic fibrous dysplasia|polyostotic fibrous dysplasia|McCune-Albright syndrome|Jaffe-Lichtenstein disease",
      de: "fibröse Dysplasie|monostotische fibröse Dysplasie|polyostotische fibröse Dysplasie|Morbus Jaffé-Lichtenstein|M. Jaffé-Lichtenstein|Jaffé-Lichtenstein-Syndrom|McCune-Albright-Syndrom",
      is: "benign",
      icd10: "M85.0|Q78.1|D16",
      icdO3: "8818/0",
    },
    "Osteofibrous dysplasia": {
      en: "ossifying fibroma|osteofibroma|Campanacci disease|OFD|ossifying fibroma of long bones",
      de: "osteofibröse Dysplasie|ossifizierendes Fibrom|Osteofibrom|ossifizierendes Knochenfibrom|Morbus Campanacci|M. Campanacci",
      is: "benign",
      icd10: "D16|M85.0",
      icdO3: "9262/0",
    },
    "Lipoma of bone": {
      en: "intraosseous lipoma|osseous lipoma",
      de: "intraossäres Lipom|Knochenlipom",
      is: "benign",
      icd10: "D17|D16",
      icdO3: "8850/0",
    },
  }),
  ...group("Fibrogenic tumours", "bone", {
    "Desmoplastic fibroma of bone": {
      en: "desmoplastic fibroma",
      de: "desmoplastisches Fibrom|desmoplastisches Knochenfibrom",
      is: "intermediate",
      icd10: "D48.0|D16",
      icdO3: "8823/1",
    },
  }),
  ...group("Undifferentiated small round cell sarcomas of bone and soft tissue", "bone", {
    "Ewing sarcoma": {
      seedName: "Ewing’s sarcoma",
      en: "Ewing's sarcoma|Ewings sarcoma|Ewing tumour|Ewing's tumour|ES|EWS|EFT|Ewing family tumour|primitive neuroectodermal tumour|peripheral primitive neuroectodermal tumour|PNET|pPNET|Askin tumour|extraskeletal Ewing sarcoma",
      de: "Ewing-Sarkom|Ewingsarkom|Ewing-Tumor|primitiver neuroektodermaler Tumor|peripherer primitiver neuroektodermaler Tumor|Askin-Tumor|extraossäres Ewing-Sarkom",
      is: "malignant",
      icd10: `${ofBone}|C49`,
      icdO3: "9364/3|9260/3|9473/3|9365/3",
    },
  }),
  ...group("Haematopoietic neoplasms of bone", "bone", {
    "Langerhans cell histiocytosis": {
      seedName: "eosinophilic granuloma",
      en: "LCH|eosinophilic granuloma of bone|histiocytosis X|Langerhans' cell histiocytosis|EG",
      de: "Langerhans-Zell-Histiozytose|Langerhanszellhistiozytose|eosinophiles Granulom|eosinophiles Knochengranulom|Histiozytose X|Histiocytosis X",
      is: "benign",
      otherMalignancies: ["intermediate", "malignant"],
      icd10: "C96.6|C96.5|C96.0|D76.0",
      icdO3: "9751/1|9751/3|9752/1|9753/1",
    },
    "Plasma cell myeloma": {
      seedName: "plasmocytoma / multiple myeloma",
      en: "multiple myeloma|plasmacytoma|plasmocytoma|solitary plasmacytoma of bone|solitary plasmacytoma|myeloma|MM",
      de: "multiples Myelom|Plasmozytom|Plasmazytom|Plasmocytom|Plasmazellmyelom|solitäres Plasmozytom|Myelom|Morbus Kahler|M. Kahler",
      is: "malignant",
      icd10: "C90",
      icdO3: "9732/3|9731/3|9734/3",
    },
    "B-cell non-Hodgkin lymphoma": {
      seedName: "NHL of the B-cell type",
      en: "B-cell lymphoma|B-NHL|NHL of B-cell type|NHL B-cell|diffuse large B-cell lymphoma|DLBCL|non-Hodgkin lymphoma|non-Hodgkin's lymphoma|NHL|primary lymphoma of bone|lymphoma of bone|lymphoma|malignant lymphoma",
      de: "B-Zell-Lymphom|B-Zell-Non-Hodgkin-Lymphom|NHL vom B-Zell-Typ|NHL B-Zell-Typ|diffus großzelliges B-Zell-Lymphom|Non-Hodgkin-Lymphom|Lymphom|malignes Lymphom|primäres Knochenlymphom|Knochenlymphom",
      is: "malignant",
      icd10: "C83|C82|C85|C88|C91.1",
      icdO3: "9680/3|9591/3|9690/3|9673/3|9699/3|9670/3|9687/3|9590/3",
    },
    "T-cell non-Hodgkin lymphoma": {
      seedName: "NHL of T-cell type",
      en: "T-cell lymphoma|T-NHL|NHL of the T-cell type|NHL T-cell|anaplastic large cell lymphoma|ALCL",
      de: "T-Zell-Lymphom|T-Zell-Non-Hodgkin-Lymphom|NHL vom T-Zell-Typ|NHL T-Zell-Typ|anaplastisches großzelliges Lymphom",
      is: "malignant",
      icd10: "C84|C86|C85",
      icdO3: "9702/3|9714/3|9700/3|9591/3",
    },
    "Hodgkin lymphoma": {
      seedName: "Hodgkin’s lymphoma",
      en: "Hodgkin's lymphoma|Hodgkin disease|Hodgkin's disease",
      de: "Hodgkin-Lymphom|Morbus Hodgkin|M. Hodgkin|Lymphogranulomatose",
      is: "malignant",
      icd10: "C81",
      icdO3: "9650/3|9651/3|9652/3|9653/3|9659/3|9663/3",
    },
    Leukaemia: {
      seedName: "leukemia",
      en: "leukemia|acute lymphoblastic leukaemia|acute myeloid leukaemia|ALL|AML|CLL|CML",
      de: "Leukämie|akute lymphatische Leukämie|akute myeloische Leukämie|chronische lymphatische Leukämie",
      is: "malignant",
      icd10: "C95|C91|C92|C93|C94",
      icdO3: "9800/3|9801/3|9811/3|9835/3|9836/3|9837/3|9861/3|9823/3|9863/3|9875/3",
    },
  }),
  ...group("Adipocytic tumours", "soft tissue", {
    Lipoma: {
      seedName: "lipoma",
      en: "intramuscular lipoma|angiolipoma|spindle cell lipoma|lipomatosis|hibernoma",
      de: "Lipom|intramuskuläres Lipom|Fettgeschwulst|Angiolipom|Spindelzelllipom|Lipomatose|Hibernom",
      is: "benign",
      icd10: "D17|E88.2",
      icdO3: "8850/0|8861/0|8857/0|8856/0|8880/0",
    },
    "Lipoma arborescens": {
      seedName: "lipoma arborescens",
      en: "synovial lipomatosis|villous lipomatous proliferation of the synovium",
      de: "synoviale Lipomatose|baumartiges Lipom",
      is: "benign",
      icd10: "D17|M67.8|E88.2",
      icdO3: "8850/0",
    },
    Liposarcoma: {
      seedName: "liposarcoma",
      en: "atypical lipomatous tumour|ALT|well-differentiated liposarcoma|dedifferentiated liposarcoma|myxoid liposarcoma|pleomorphic liposarcoma|WDLPS|DDLPS|LPS",
      de: "Liposarkom|atypischer lipomatöser Tumor|gut differenziertes Liposarkom|hochdifferenziertes Liposarkom|dedifferenziertes Liposarkom|myxoides Liposarkom|pleomorphes Liposarkom",
      is: "malignant",
      otherMalignancies: ["intermediate"],
      icd10: "C49|C48|D48.1",
      icdO3: "8850/3|8850/1|8851/3|8852/3|8854/3|8858/3|8859/3|8853/3|8855/3",
    },
  }),
  ...group("Fibroblastic and myofibroblastic tumours", "soft tissue", {
    "Nodular fasciitis": {
      seedName: "nodular fasciitis",
      en: "pseudosarcomatous fasciitis|proliferative fasciitis",
      de: "noduläre Fasziitis|nodulare Fasciitis|noduläre Fasciitis|knotige Fasziitis",
      is: "benign",
      icd10: "M72.4|D21",
      icdO3: "8828/0",
    },
    "Myositis ossificans": {
      seedName: "myositis ossificans",
      en: "heterotopic ossification|MO|fibro-osseous pseudotumour of digits",
      de: "Myositis ossificans circumscripta|heterotope Ossifikation|Myositis ossificans traumatica",
      is: "benign",
      icd10: "M61",
      icdO3: "",
    },
    Fibroma: {
      seedName: "fibroma",
      en: "fibroma of tendon sheath|soft tissue fibroma|elastofibroma|dermatofibroma",
      de: "Fibrom|Sehnenscheidenfibrom|Weichteilfibrom|Elastofibrom|Dermatofibrom",
      is: "benign",
      icd10: "D21|D23",
      icdO3: "8810/0|8813/0|8820/0|8832/0",
    },
    Myofibroblastoma: {
      seedName: "myofibblas",
      en: "mammary-type myofibroblastoma|myofibroma",
      de: "Myofibroblastom|Myofibrom",
      is: "benign",
      icd10: "D21|D24",
      icdO3: "8825/0|8824/0",
    },
    "Palmar and plantar fibromatosis": {
      seedName: "morbus Ledderhose",
      en: "Ledderhose disease|Ledderhose's disease|plantar fibromatosis|palmar fibromatosis|superficial fibromatosis|Dupuytren disease|Dupuytren's contracture",
      de: "M. Ledderhose|Plantarfibromatose|plantare Fibromatose|Palmarfibromatose|Morbus Dupuytren|M. Dupuytren",
      is: "intermediate",
      otherMalignancies: ["benign"],
      icd10: "M72.2|M72.0",
      icdO3: "8813/1",
    },
    "Desmoid fibromatosis": {
      seedName: "desmoid (aggressive fibromatosis)",
      en: "desmoid|desmoid tumour|aggressive fibromatosis|deep fibromatosis|desmoid-type fibromatosis|fibromatosis",
      de: "Desmoidtumor|Desmoid-Tumor|aggressive Fibromatose|Desmoidfibromatose|Fibromatose",
      is: "intermediate",
      icd10: "D48.1",
      icdO3: "8821/1",
    },
    "Dermatofibrosarcoma protuberans": {
      seedName: "dermatofibrosarcoma protaberans",
      en: "DFSP|dermatofibrosarcoma",
      de: "Dermatofibrosarkom|Dermatofibrosarkoma protuberans|Dermatofibrosarkom Darier-Ferrand",
      is: "intermediate",
      otherMalignancies: ["malignant"],
      icd10: "C44|C49|D48.5",
      icdO3: "8832/1|8832/3",
    },
    "Solitary fibrous tumour": {
      seedName: "solitary, fibrous tumour,",
      en: "SFT|hemangiopericytoma|haemangiopericytoma|malignant solitary fibrous tumour",
      de: "solitärer fibröser Tumor|Hämangioperizytom|Hämangiopericytom|maligner solitärer fibröser Tumor",
      is: "intermediate",
      otherMalignancies: ["benign", "malignant"],
      icd10: "D48.1|D21|C49",
      icdO3: "8815/1|8815/0|8815/3|9150/1|9150/3",
    },
    "Myofibroblastic sarcoma": {
      seedName: "myofibroblastic sarcoma",
      en: "low-grade myofibroblastic sarcoma|myofibrosarcoma",
      de: "myofibroblastisches Sarkom|Myofibrosarkom|niedrigmalignes myofibroblastisches Sarkom",
      is: "malignant",
      otherMalignancies: ["intermediate"],
      icd10: ofBoth,
      icdO3: "8825/3",
    },
    Fibrosarcoma: {
      seedName: "fibrosarcoma",
      en: "adult fibrosarcoma|fibrosarcoma of bone|infantile fibrosarcoma|low-grade fibromyxoid sarcoma",
      de: "Fibrosarkom|Fibrosarkom des Knochens|fibromyxoides Sarkom|niedrigmalignes fibromyxoides Sarkom",
      is: "malignant",
      icd10: ofBoth,
      icdO3: "8810/3|8814/3|8840/3",
    },
    Myxofibrosarcoma: {
      seedName: "myxofibrosarcoma",
      en: "myxoid malignant fibrous histiocytoma|MFS",
      de: "Myxofibrosarkom|myxoides malignes fibröses Histiozytom",
      is: "malignant",
      icd10: ofSoftTissue,
      icdO3: "8811/3",
    },
  }),
  ...group("So-called fibrohistiocytic tumours", "soft tissue", {
    "Tenosynovial giant cell tumour": {
      seedName: "pigmented villonodular synovitis",
      en: "PVNS|TGCT|TSGCT|PVS|giant cell tumour of tendon sheath|GCTTS|tenosynovial giant cell tumour diffuse type",
      de: "pigmentierte villonoduläre Synovitis|pigmentierte villonoduläre Synovialitis|tenosynovialer Riesenzelltumor|Riesenzelltumor der Sehnenscheide|Sehnenscheidenriesenzelltumor|villonoduläre Synovitis|TSRZT",
      is: "intermediate",
      otherMalignancies: ["benign"],
      icd10: "M12.2|D48.1|D21",
      icdO3: "9252/1|9252/0",
    },
  }),
  ...group("Vascular tumours", "soft tissue", {
    Haemangioma: {
      seedName: "hemangioma",
      en: "hemangioma|cavernous haemangioma|vertebral haemangioma|intramuscular haemangioma|haemangioma of bone|angioma|vascular malformation",
      de: "Hämangiom|Angiom|kavernöses Hämangiom|Wirbelkörperhämangiom|Blutschwamm|Gefäßmalformation",
      is: "benign",
      icd10: "D18.0|Q27",
      icdO3: "9120/0|9121/0|9132/0",
    },
    Lymphangioma: {
      seedName: "lymphangioma",
      en: "cystic hygroma|lymphatic malformation",
      de: "Lymphangiom|zystisches Lymphangiom|Hygroma colli",
      is: "benign",
      icd10: "D18.1",
      icdO3: "9170/0|9173/0",
    },
    Haemangioendothelioma: {
      seedName: "hemangioendothelioma",
      en: "hemangioendothelioma|kaposiform haemangioendothelioma|retiform haemangioendothelioma",
      de: "Hämangioendotheliom|kaposiformes Hämangioendotheliom",
      is: "intermediate",
      icd10: "D48.1|D48.0",
      icdO3: "9130/1|9136/1",
    },
    "Epithelioid haemangioendothelioma": {
      seedName: "malignant hemangioendothelioma",
      en: "malignant haemangioendothelioma|EHE",
      de: "epitheloides Hämangioendotheliom|malignes Hämangioendotheliom",
      is: "malignant",
      icd10: ofBoth,
      icdO3: "9133/3|9130/3",
    },
    Angiosarcoma: {
      seedName: "angiosarcoma",
      en: "hemangiosarcoma|haemangiosarcoma|lymphangiosarcoma",
      de: "Angiosarkom|Hämangiosarkom|Lymphangiosarkom",
      is: "malignant",
      icd10: ofBoth,
      icdO3: "9120/3|9170/3",
    },
    "Epithelioid angiosarcoma": {
      seedName: "epithelioid hemangiosarcoma",
      en: "epithelioid haemangiosarcoma",
      de: "epitheloides Angiosarkom|epitheloides Hämangiosarkom",
      is: "malignant",
      icd10: ofBoth,
      icdO3: "9120/3",
    },
  }),
  ...group("Smooth muscle tumours", "soft tissue", {
    Leiomyosarcoma: {
      seedName: "leiomyosarcoma",
      en: "LMS",
      de: "Leiomyosarkom",
      is: "malignant",
      icd10: "C49|C48|C40|C41",
      icdO3: "8890/3|8891/3|8896/3",
    },
  }),
  ...group("Skeletal muscle tumours", "soft tissue", {
    Rhabdomyosarcoma: {
      seedName: "rhabdomyosarcoma (alveolar / embryonal)",
      en: "RMS|alveolar rhabdomyosarcoma|embryonal rhabdomyosarcoma|pleomorphic rhabdomyosarcoma",
      de: "Rhabdomyosarkom|alveoläres Rhabdomyosarkom|embryonales Rhabdomyosarkom|pleomorphes Rhabdomyosarkom",
      is: "malignant",
      icd10: ofSoftTissue,
      icdO3: "8900/3|8910/3|8920/3|8901/3|8912/3",
    },
  }),
  ...group("Peripheral nerve sheath tumours", "soft tissue", {
    Schwannoma: {
      seedName: "neurinoma",
      en: "neurilemmoma|neurilemoma",
      de: "Neurinom|Schwannom|Neurilemmom",
      is: "benign",
      icd10: "D36.1|D33.3|D33.4",
      icdO3: "9560/0",
    },
    Neurofibroma: {
      seedName: "neurofibroma / neurofibromatosis",
      en: "neurofibromatosis|plexiform neurofibroma|von Recklinghausen disease",
      de: "Neurofibrom|Neurofibromatose|plexiformes Neurofibrom|Morbus Recklinghausen|M. Recklinghausen",
      is: "benign",
      icd10: "D36.1|Q85.0",
      icdO3: "9540/0|9540/1|9550/0",
    },
    "Malignant peripheral nerve sheath tumour": {
      seedName: "malignant peripheral nerve sheath",
      en: "MPNST|malignant schwannoma|neurofibrosarcoma|neurogenic sarcoma",
      de: "maligner peripherer Nervenscheidentumor|malignes Schwannom|Neurofibrosarkom|neurogenes Sarkom|maligner Nervenscheidentumor",
      is: "malignant",
      icd10: "C47|C49",
      icdO3: "9540/3|9542/3|9560/3|9561/3",
    },
  }),
  ...group("Tumours of uncertain differentiation", "soft tissue", {
    Myxoma: {
      seedName: "myxoma",
      en: "intramuscular myxoma|juxta-articular myxoma",
      de: "Myxom|intramuskuläres Myxom|juxtaartikuläres Myxom",
      is: "benign",
      icd10: "D21",
      icdO3: "8840/0",
    },
    "Synovial sarcoma": {
      seedName: "synovial sarcoma (monophasic / biphasic)",
      en: "monophasic synovial sarcoma|biphasic synovial sarcoma|SS|SySa|synoviosarcoma",
      de: "Synovialsarkom|Synovialissarkom|synoviales Sarkom|monophasisches Synovialsarkom|biphasisches Synovialsarkom",
      is: "malignant",
      icd10: ofSoftTissue,
      icdO3: "9040/3|9041/3|9042/3|9043/3",
    },
    "Epithelioid sarcoma": {
      seedName: "epithelioid sarcoma",
      en: "epitheloid sarcoma|proximal epithelioid sarcoma",
      de: "epitheloides Sarkom|Epitheloidsarkom|Epitheloidzellsarkom",
      is: "malignant",
      icd10: ofSoftTissue,
      icdO3: "8804/3",
    },
    "Alveolar soft part sarcoma": {
      seedName: "alveolar soft tissue sarcoma",
      en: "ASPS|alveolar soft-part sarcoma",
      de: "alveoläres Weichteilsarkom|alveoläres Weichgewebssarkom",
      is: "malignant",
      icd10: ofSoftTissue,
      icdO3: "9581/3",
    },
    "Clear cell sarcoma of soft tissue": {
      seedName: "clear cell sarcoma",
      en: "CCS|melanoma of soft parts",
      de: "Klarzellsarkom|klarzelliges Sarkom|Klarzellsarkom der Weichteile",
      is: "malignant",
      icd10: ofSoftTissue,
      icdO3: "9044/3",
    },
    "Undifferentiated pleomorphic sarcoma": {
      seedName: "malignant fibrous histiocytoma",
      en: "UPS|MFH|undifferentiated sarcoma|pleomorphic sarcoma|high-grade undifferentiated pleomorphic sarcoma",
      de: "undifferenziertes pleomorphes Sarkom|malignes fibröses Histiozytom|malignes fibröses Histiocytom|pleomorphes Sarkom|undifferenziertes Sarkom",
      is: "malignant",
      icd10: ofBoth,
      icdO3: "8802/3|8830/3|8805/3",
    },
    "Sarcoma, not otherwise specified": {
      seedName: "not otherwise specified sarcoma",
      en: "sarcoma NOS|NOS sarcoma|sarcoma|soft tissue sarcoma|spindle cell sarcoma",
      de: "Sarkom NOS|Sarkom o.n.A.|Sarkom|Weichteilsarkom|Weichgewebssarkom|Spindelzellsarkom|Sarkom, nicht näher bezeichnet",
      is: "malignant",
      icd10: ofBoth,
      icdO3: "8800/3|8801/3",
    },
  }),
  ...group("Metastatic carcinoma", "other", {
    "Breast carcinoma": {
      seedName: "breast carcinoma",
      en: "breast cancer|carcinoma of the breast|metastatic breast carcinoma",
      de: "Mammakarzinom|Mammacarcinom|Mamma-Ca|Brustkrebs",
      is: "malignant",
      icd10: "C50|C79.5|C79.8",
      icdO3: "8500/3|8500/6|8010/3|8010/6|8520/3",
    },
    "Bronchial carcinoma": {
      seedName: "bronchial carcinoma",
      en: "lung cancer|lung carcinoma|bronchogenic carcinoma|NSCLC|SCLC",
      de: "Bronchialkarzinom|Bronchialcarcinom|Bronchial-Ca|Lungenkarzinom|Lungenkrebs",
      is: "malignant",
      icd10: "C34|C79.5|C79.8",
      icdO3: "8046/3|8140/3|8070/3|8041/3|8010/3|8010/6|8140/6",
    },
    "Prostate carcinoma": {
      seedName: "prostate carcinoma",
      en: "prostate cancer|carcinoma of the prostate",
      de: "Prostatakarzinom|Prostatacarcinom|Prostata-Ca",
      is: "malignant",
      icd10: "C61|C79.5|C79.8",
      icdO3: "8140/3|8140/6|8010/6",
    },
    "Renal cell carcinoma": {
      seedName: "renal cell carcinoma",
      en: "RCC|kidney cancer|clear cell renal cell carcinoma",
      de: "Nierenzellkarzinom|Nierenzellcarcinom|Hypernephrom|NZK|Nierenkarzinom",
      is: "malignant",
      icd10: "C64|C79.5|C79.8",
      icdO3: "8312/3|8310/3|8310/6|8312/6|8260/3",
    },
    "Cancer of unknown primary": {
      seedName: "cancer of unknown primary",
      en: "CUP|CUP syndrome|carcinoma of unknown primary",
      de: "CUP-Syndrom|Karzinom unbekannten Ursprungs|Metastase bei unbekanntem Primärtumor",
      is: "malignant",
      icd10: "C80|C79.5|C79.8",
      icdO3: "8000/6|8010/3|8010/6|8000/3",
    },
    "Bone metastasis": {
      en: "osseous metastasis|skeletal metastasis|bone metastases|metastasis of bone",
      de: "Knochenmetastase|Knochenmetastasen|ossäre Metastase|Skelettmetastase",
      is: "malignant",
      icd10: "C79.5",
      icdO3: "8000/6|8010/6|8140/6",
    },
  }),
  ...group("Not a neoplasm", "bone", {
    Osteomyelitis: {
      seedName: "osteomyelitis",
      en: "chronic osteomyelitis|Brodie abscess|Brodie's abscess|bone infection|OM",
      de: "Knochenmarkentzündung|chronische Osteomyelitis|Osteitis|Brodie-Abszess|Knocheninfekt|akute Osteomyelitis",
      is: "benign",
      icd10: "M86|M46.2",
      icdO3: "",
    },
    "Paget disease of bone": {
      seedName: "Paget’s disease",
      en: "Paget disease|Paget's disease|Paget's disease of bone|osteitis deformans",
      de: "Morbus Paget|M. Paget|Osteodystrophia deformans|Paget-Krankheit|Ostitis deformans Paget",
      is: "benign",
      icd10: "M88",
      icdO3: "",
    },
  }),
  ...group("Not a neoplasm", "soft tissue", {
    Bursitis: {
      seedName: "bursitis",
      en: "inflamed bursa",
      de: "Schleimbeutelentzündung|Bursitiden",
      is: "benign",
      icd10: "M70|M71|M75.5|M76",
      icdO3: "",
    },
    Ganglion: {
      seedName: "ganglion",
      en: "ganglion cyst|intraosseous ganglion|synovial cyst|Baker cyst|Baker's cyst",
      de: "Ganglionzyste|Überbein|intraossäres Ganglion|Synovialzyste|Baker-Zyste|Bakerzyste",
      is: "benign",
      icd10: "M67.4|M71.2|M71.3|M85.6",
      icdO3: "",
    },
    Haematoma: {
      seedName: "hematoma",
      en: "hematoma|seroma|chronic expanding haematoma",
      de: "Hämatom|Bluterguss|Serom|chronisches Hämatom",
      is: "benign",
      icd10: "T14.0|M79.8|T79.2|T81.0|S70.1|S80.1|S40.0|R58",
      icdO3: "",
    },
    Pseudotumour: {
      seedName: "pseudotumour",
      en: "inflammatory pseudotumour|pseudotumor|tumour-like lesion",
      de: "entzündlicher Pseudotumor|tumorähnliche Läsion|tumorsimulierende Läsion",
      is: "benign",
      icd10: "R22|M89.9|M79.9",
      icdO3: "",
    },
  }),
];

const byName: ReadonlyMap<string, EntityTerm> = new Map(entityTerms.map((term) => [term.name, term]));

/** The term of a name as the vocabulary writes it. */
export const entityTerm = (name: string): EntityTerm | undefined => byName.get(name);
