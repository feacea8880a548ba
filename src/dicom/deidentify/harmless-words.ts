/**
 * Words that a description of a radiograph needs and that name nobody: what cleaning free text keeps (PS3.15 section E.3.5). Terms of
 * entities and sites are added by the caller. A surname among them is still removed where the file says that it is one.
 */
import { foldedWords } from "./fold-text.ts";

const english =
  "l r a an and are as at by for from in is it no none not of on or per the to with without both left right bilateral side sided " +
  "view views image images picture projection position upright erect standing sitting supine prone lying recumbent weight bearing " +
  "lateral medial oblique frontal anterior posterior anteroposterior posteroanterior ap pa lat obl ll lao rao lpo rpo rl tangential " +
  "axial sagittal coronal transverse internal external rotation flexion extension stress functional comparison opposite " +
  "chest thorax abdomen abdominal spine cervical thoracic lumbar sacral sacrum coccyx pelvis hip hips femur femoral thigh knee knees " +
  "patella tibia tibial fibula fibular leg lower upper ankle foot feet toe toes heel calcaneus talus metatarsal shoulder clavicle " +
  "scapula humerus humeral arm elbow forearm radius ulna wrist hand hands finger fingers thumb carpal metacarpal rib ribs sternum skull " +
  "head neck face facial mandible jaw nose nasal sinus sinuses orbit teeth dental joint joints bone bones skeletal skeleton long short " +
  "flat extremity extremities whole body full length proximal distal shaft middle third end soft tissue tissues muscle " +
  "x ray xray radiograph radiography radiographic film plate detector digital computed cr dx rg dr ct mr mri us pet nm xa rf mg " +
  "fluoroscopy scan series study exam examination routine standard protocol procedure control follow up followup postoperative " +
  "preoperative pre post op operative before after during therapy treatment chemotherapy radiotherapy surgery biopsy resection " +
  "prosthesis implant implants osteosynthesis plate nail screw screws wire cast splint contrast native plain enhanced " +
  "tumour tumor tumours tumors lesion lesions mass swelling pain fracture fractures trauma injury infection metastasis metastases " +
  "malignant benign primary recurrent recurrence suspected suspicion known unknown unclear new old stable normal abnormal healthy " +
  "high low medium small large fine coarse sharp smooth kernel filter grid no exposure automatic manual dose " +
  "adult child children paediatric pediatric infant male female original primary secondary derived processed presentation " +
  "emergency outpatient inpatient ward intensive care portable mobile bedside room table bucky wall stand free cassette";

const german =
  "und oder mit ohne von vom im in am an auf aus bei der die das den dem des ein eine einer zur zum nach vor unter fuer " +
  "links rechts beidseits beide bds li re seite seitig seitlich seitliche ebene ebenen aufnahme aufnahmen roentgen rontgen rontgenbild " +
  "bild bilder projektion stehend liegend sitzend stehen liegen sitzen belastung belastet schrag schrage axial tangential frontal " +
  "thorax brustkorb bauch abdomen wirbelsaule hws bws lws iswi halswirbelsaule brustwirbelsaule lendenwirbelsaule becken " +
  "beckenubersicht ubersicht hufte huftgelenk oberschenkel femur knie kniegelenk patella unterschenkel tibia fibula sprunggelenk osg usg " +
  "fuss fusse vorfuss ruckfuss mittelfuss zehe zehen ferse fersenbein schulter schultergelenk schlusselbein clavicula klavikula " +
  "schulterblatt oberarm humerus ellenbogen ellbogen unterarm radius ulna handgelenk hand hande mittelhand finger daumen rippe rippen " +
  "sternum schadel kopf hals gesicht kiefer nase gelenk gelenke knochen skelett extremitat extremitaten ganzbein ganzkorper weichteile " +
  "proximal distal diaphyse metaphyse epiphyse schaft kontrolle verlauf verlaufskontrolle nachsorge praoperativ postoperativ prae post op " +
  "operation biopsie resektion prothese implantat osteosynthese platte nagel schraube schrauben gips schiene kontrastmittel nativ " +
  "tumor tumoren lasion raumforderung schwellung schmerz schmerzen fraktur frakturen trauma verletzung infekt metastase metastasen " +
  "maligne benigne primar rezidiv verdacht verdachtig zustand unklar unklare bekannt neu alt regelrecht normal auffallig " +
  "untersuchung standard routine protokoll serie studie notfall ambulant stationar intensiv mobil raster tisch stativ kassette";

/** The words of descriptions, folded. */
export const harmlessWords: ReadonlySet<string> = new Set(foldedWords(`${english} ${german}`));
