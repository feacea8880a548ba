/**
 * The words of the subject besides the vocabulary's entities and sites: lesions in general, treatments, implants, sides,
 * recurrences. German and English, by hand; a star stands for any ending.
 */

/** A treatment that a report speaks of. */
export type Therapy = "surgery" | "chemotherapy" | "radiotherapy";

/** What a word is about. */
export type Topic =
  | "lesion"
  | "metastasis"
  | "recurrence"
  | "primary"
  | "surgery"
  | "repeated-surgery"
  | "implant"
  | "specimen"
  | "preoperative"
  | "postoperative"
  | "chemotherapy"
  | "radiotherapy"
  | "chemoradiotherapy"
  | "naive"
  | "left"
  | "right"
  | "both"
  | "side-of"
  | "neutral";

/** Phrases of a topic, separated by `|`. */
export const wordTable: Readonly<Record<Topic, { readonly de: string; readonly en: string }>> = {
  lesion: {
    de:
      "läsion*|tumor|tumors|tumore|tumoren|tumorös*|tumorläsion*|raumforderung*|osteolyse*|osteolytisch*|knochentumor*|knochenläsion*|herdbefund*|herd|herde|herdes|rundherd|neubildung|neoplasie*|geschwulst|auftreibung|verkalkung*|destruktion|knochendestruktion|" +
      "weichteiltumor*|weichteilraumforderung|defekt|knochendefekt|sarkom|aufhellung|transparenzminderung|transparenzerhöhung|sklerose|sklerosierung|veränderung|knochenveränderung|prozess|malignom|zyste|aufhellungsherd|tumorformation|tumormanifestation|wucherung|exophytisch*|knoten",
    en: "lesion*|tumor|tumors|mass|masses|lytic|osteolysis|osteolytic|sclerotic|neoplasm*|radiolucency|radiolucent|lucency|lucent|growth|space occupying|destruction|bone destruction|focus|abnormality|exophytic|outgrowth|expansile|cyst|malignancy|swelling|process|nodule*|recurrent nodule",
  },
  metastasis: {
    de: "metastas*|fernmetastas*|lungenmetastas*|lungenrundherd*|knochenmetastas*|lymphknotenmetastas*|skip läsion*|skip metastas*|filia*|metastasiert*|lebermetastas*|hirnmetastas*",
    en: "metastas*|metastatic|pulmonary nodule*|lung nodule*|nodal disease|skip lesion*|secondary deposit*|secondaries",
  },
  recurrence: {
    de: "rezidiv*|lokalrezidiv*|tumorrezidiv*|wiederauftreten|wiederaufgetreten*|wieder aufgetreten*|erneutes auftreten|erneuten auftreten|erneutem auftreten|erneutes tumorwachstum|neuerliches tumorwachstum|neuerliches auftreten|erneut aufgetreten*|rückfall|relaps|nachgewachsen|zurückgekehrt|wiedergekommen|wiedergekehrt|zweitrezidiv|frührezidiv|spätrezidiv",
    en: "recurren*|recurr*|local recurrence|relaps*|re grown|regrowth|came back|come back|has returned|grown back",
  },
  primary: {
    de: "primärtumor*|primär*|erstdiagnose*|erstmanifestation|erstdiagnostiziert*|erstmals|erstvorstellung|ersterkrankung|ed|neu diagnostiziert*|neudiagnostiziert*|erstbefund",
    en: "primary|newly diagnosed|new diagnosis|first diagnosed|first diagnosis|initial diagnosis|initial presentation|first presentation|de novo|first manifestation|treatment naive",
  },
  surgery: {
    de:
      "resektion*|resezier*|tumorresektion*|exzision*|exzidiert*|kürettage*|curettage*|kürettier*|curettier*|kurettage*|kürretage*|ausräumung|tumorausräumung|abtragung|abgetragen*|operation|operationen|operativ*|operiert|operierte*|op|eingriff|amputation*|amputiert*|exartikulation|hemipelvektomie|" +
      "umkehrplastik|segmentresektion|en bloc resektion|tumorexstirpation|exstirpation|exstirpiert*|knochenersatz|rekonstruktion|chirurgische therapie|chirurgischen therapie|chirurgische versorgung|chirurgischer eingriff|chirurgische entfernung|chirurgisch entfernt*|chirurgische resektion|oberschenkelamputation|unterschenkelamputation|entfernung des tumors|entfernung der läsion|tumorentfernung|voroperation*|voroperiert*|" +
      "erstoperation|spongiosaauffüllung|zementauffüllung|endoprothetisch*|prothesenimplantation|endoprothesenimplantation|abtragen|entfernt*|mega prothesenversorgung|radiofrequenzablation*|thermoablation*|ablation*",
    en:
      "resection*|resected|resect|excision*|excised|curettage*|curetted|surgery|surgeries|surgical treatment|surgical resection|surgical intervention|surgical excision|surgical removal|surgically|surgical therapy|surgical management|surgical procedure|operation*|operated|operative|amputation*|amputated|disarticulation|hemipelvectomy|rotationplasty|reconstruction*|limb salvage|en bloc|internal fixation|bone grafting|grafting|" +
      "cementation|debulking|scraped|scraping|shaved off|endoprosthetic|arthroplasty|ablation*|radiofrequency ablation*|removal of the tumor|removal of the lesion|tumor removal",
  },
  "repeated-surgery": {
    de: "nachresektion*|revision|revisionsoperation|revisionseingriff|re resektion|reresektion|rekürettage|nachkürettage|re kürettage|prothesenwechsel|wechseloperation",
    en: "re excision|reexcision|re resection|revision|revision surgery|repeat curettage|repeat resection|repeat surgery|second surgery",
  },
  implant: {
    de:
      "endoprothes*|tumorendoprothes*|tumorprothes*|megaprothes*|modularprothes*|prothese|prothesen|totalendoprothes*|tep|hüft tep|knie tep|hüfttep|knietep|mutars|implantat*|osteosynthesematerial|osm|osteosynthese|plattenosteosynthese|verbundosteosynthese|spongiosaplastik|metallimplantat*|marknagel*|verriegelungsnagel|plattenlage|plattenlager|" +
      "platte|titanplatte|winkelplatte|schraube|schrauben|fixateur|palakos*|palacos*|zementplombe|knochenzement|zement|zementfüllung|allograft|autograft|fibulatransplantat|transplantat|spongiosatransplantat|metallartefakt*|drainage|drainagen|redon|hautklammern|klammern|amputationsstumpf|stumpf|resektionshöhle|resektionsdefekt|resektionsbett|op bett|operationsgebiet|op gebiet|op region|narbengewebe|operationsnarbe|operationswunde|op wunde|op narbe",
    en:
      "endoprosthes*|prosthes*|prosthetic|megaprosthes*|implant|implants|hardware|metalwork|metal work|intramedullary nail|intramedullary rod|locking plate|plate and screws|plate and screw|plates and screws|plate fixation|screw|screws|cement|bone cement|pmma|allograft|autograft|bone graft|osteosynthesis|fixator|" +
      "surgical clips|skin staples|drain|resection cavity|resection bed|surgical bed|tumor bed|operative bed|amputation stump|stump|postsurgical|femoral replacement|humeral replacement|tibial replacement|joint replacement|knee replacement|hip replacement|total knee|total hip|surgical scar|surgical wound",
  },
  specimen: {
    de: "resektat*|exzidat*|exzisat*|exstirpat*|resektionspräparat*|operationspräparat*|op präparat*|kürettagematerial|kürettagepräparat|kürettagepräparate|resektionsrand|resektionsränder|absetzungsrand|absetzungsränder|amputationspräparat|resektionsebene|schnittrand|schnittränder",
    en: "resection specimen*|resection margin*|curettage specimen*|amputation specimen*|surgical specimen*|excision specimen*|curettage material|curettings|surgical margin*|excision margin*|wide excision specimen*",
  },
  preoperative: {
    de: "präoperativ*|präop|prä op|op planung|operationsplanung|op vorbereitung|operationsvorbereitung|vor op|op termin|operationstermin",
    en: "preoperative*|pre operative*|preop|pre op|presurgical|pre surgical|surgical planning|preoperatively",
  },
  postoperative: {
    de: "postoperativ*|postop|post op|post operationem|nach op|postinterventionell*",
    en: "postoperative*|post operative*|postop|post op|postsurgical|post surgical|postoperatively|post surgery|post resection|post curettage|post excision|post amputation",
  },
  chemotherapy: {
    de: "chemotherapie*|polychemotherapie*|chemo|chemotherapeutisch*|chemotherapieblock|chemotherapieblöcke|chemotherapiezyklen|chemotherapiezyklus|euramos|euramos 1|vide|vdc|vai|map schema|ifosfamid*|doxorubizin*|methotrexat|systemtherapie|zytostatisch*|chemozyklen|zyklen|chemozyklus|chemotherapiert|induktionstherapie|induktionschemotherapie|induktionschemo|radiochemo naiv",
    en: "chemotherapy|chemotherapies|chemo|chemotherapeutic|euramos|vdc|vide|vac|methotrexate|doxorubicin|ifosfamide|cytotoxic|cycles|systemic therapy|systemic treatment|neoadjuvant treatment|neoadjuvant therapy",
  },
  radiotherapy: {
    de: "radiotherapie*|strahlentherapie*|bestrahlung*|bestrahlt*|radiatio|nachbestrahlung|radiatiotherapie|strahlenbehandlung|rtx|rtz|protonentherapie|protonenbestrahlung|schwerionentherapie|kohlenstoffionen*|strahlentherapeutisch*|brachytherapie|vorbestrahl*",
    en: "radiotherapy|radiation|radiation therapy|radiation treatment|irradiation|irradiated|radiotherapeutic|rtx|proton therapy|proton beam|proton beam therapy|carbon ion|brachytherapy|external beam",
  },
  chemoradiotherapy: {
    de: "radiochemotherapie*|chemoradiotherapie*|radio chemotherapie|chemo und strahlentherapie",
    en: "chemoradiotherapy|chemoradiation|radiochemotherapy",
  },
  naive: {
    de: "chemonaiv*|chemo naiv*|therapienaiv*|unbehandelt*|nicht vorbehandelt*",
    en: "chemo naive|chemonaive|therapy naive|untreated|chemotherapy naive",
  },
  left: { de: "links|linke|linken|linker|linkes|linkem|linksseitig*|li|lks|linksbetont", en: "left|left sided|lt" },
  right: {
    de: "rechts|rechte|rechten|rechter|rechtes|rechtem|rechtsseitig*|re|rts|rechtsbetont",
    en: "right|right sided|rt",
  },
  both: { de: "beidseits|beidseitig*|bds|bilateral*|beide|beider|beiden", en: "bilateral|bilaterally|both" },
  "side-of": {
    de: "gegenseite|gegenüberliegend*|kontralateral*|gesunde seite|gesunden seite|seitenvergleich",
    en: "contralateral|opposite|unaffected side",
  },
  neutral: {
    de:
      "tumorboard*|tumorkonferenz*|sarkomboard*|sarkomkonferenz*|sarkomzentrum*|tumorzentrum*|tumororthopädie|tumorsprechstunde|tumorpatient*|tumornachsorge|tumorschmerz*|sarkomsprechstunde|tumormarker*|strahlenschutz|strahlengang|knochenmark|rechtfertigende|" +
      "rezidivfrei*|rezidivausschluss|rezidivrisiko|rezidivprophylaxe|rezidivrate|rezidivgefahr|epiphysenlinie*|unter der haut|handelt es sich|blutbildveränderung|wachstumsfuge|epiphysenfuge*|epifysenfuge*|wachstumsfugen|operabel|inoperabel|operabilität|irresektabel|resektabel|resektabilität|im zentrum|linksventrik*|rechtsventrik*|op bericht|chirurgische klinik|chirurgischen klinik|stromafragmente",
    en: "tumor board|tumor conference|sarcoma board|sarcoma conference|sarcoma centre|sarcoma center|sarcoma unit|recurrence free|disease free|risk of recurrence|recurrence risk|recurrence rate|epiphyseal plate*|epiphyseal line*|growth plate*|growth plates|tumor markers|bone marrow|resectable|unresectable|inoperable|operable|surgical neck|operative report|surgical biopsy|operating room|radiation protection|radiation dose|mass effect",
  },
};
