/**
 * Headings that hospitals compose: what happened and how its day is called ("OP am", "ED-Datum", "CTx von", "Date seen"), in
 * German and English.
 */
import type { TableField } from "./table-fields.ts";

interface Composition {
  readonly field: TableField;
  readonly what: string;
  readonly how: string;
}

const day = "datum|date|am|vom|on|tag|zeitpunkt|date of|datum der|datum des|day of|day";
const start = "beginn|start|von|ab|seit|from|begin|anfang|began|beginn der|start of|erste|first";
const end = "ende|end|bis|to|until|stop|ended|ende der|end of|letzte|last";
const chemotherapy = "chemotherapie|chemotherapy|chemo|ctx|cht|polychemotherapie";
const radiotherapy = "strahlentherapie|radiotherapy|bestrahlung|radiatio|rtx|rt|radiation|irradiation|radiotherapie";
const therapy = "therapie|therapy|behandlung|treatment";

const compositions: readonly Composition[] = [
  {
    field: "birthDate",
    what: "geburt|geboren|geb|birth|born|patient geboren",
    how: day,
  },
  { field: "deathDate", what: "tod|todes|verstorben|gestorben|sterbe|ableben|exitus|death|died|deceased", how: day },
  {
    field: "diagnosisDate",
    what: "ed|erstdiagnose|diagnose|diagnosestellung|diagnosis|diagnosed|dx|first diagnosis|initial diagnosis",
    how: day,
  },
  {
    field: "surgeryDate",
    what: "op|operation|operiert|resektion|eingriff|surgery|operated|resection|resected|procedure",
    how: day,
  },
  {
    field: "visitDate",
    what: "visit|seen|last seen|review|reviewed|examined|vorstellung|wiedervorstellung|untersuchung|untersucht|kontrolle|nachsorge|nachuntersuchung|gesehen|letzter kontakt|last contact|clinic",
    how: day,
  },
  { field: "chemotherapyStart", what: chemotherapy, how: start },
  { field: "chemotherapyEnd", what: chemotherapy, how: end },
  { field: "radiotherapyStart", what: radiotherapy, how: start },
  { field: "radiotherapyEnd", what: radiotherapy, how: end },
  { field: "therapyStart", what: therapy, how: start },
  { field: "therapyEnd", what: therapy, how: end },
  {
    field: "occurrence",
    what: "ersttumor|primärtumor|primär|primaertumor|primary|erstmanifestation|ersterkrankung|new|primary tumour",
    how: "rezidiv|lokalrezidiv|rezidivtumor|recurrence|recurrent|relapse|local recurrence",
  },
];

/** Every composition in both orders, as a heading and its field. */
export const composedHeadings: readonly (readonly [string, TableField])[] = compositions.flatMap(
  ({ field, what, how }) =>
    what
      .split("|")
      .flatMap((event) =>
        how.split("|").flatMap((word) => [[`${event} ${word}`, field] as const, [`${word} ${event}`, field] as const]),
      ),
);
