/** Site, side, position and size of the tumour. The sentences are made up. */

import { expect, test } from "vitest";
import { readReport } from "./read-report.ts";

const place = (text: string): (string | undefined)[] => {
  const { site, side, position } = readReport(text);
  return [site?.value, side?.value, position?.value];
};

test.each([
  ["V. a. Enchondrom im distalen Femur rechts.", "femur", "right", undefined],
  ["Riesenzelltumor der distalen Femurepiphyse li.", "femur", "left", "epiphyseal"],
  ["Läsion meta-/diaphysär im linken Humerus.", "humerus", "left", "meta-diaphyseal"],
  ["Läsion am Übergang von Meta- zu Diaphyse der Tibia.", "tibia", undefined, "meta-diaphyseal"],
  ["Mid-shaft lesion in the right ulna.", "ulna", "right", "diaphyseal"],
  ["Lesion at the metadiaphyseal junction of the left tibia.", "tibia", "left", "meta-diaphyseal"],
  ["Epimetaphysäre Osteolyse der proximalen Tibia rechts.", "tibia", "right", "epi-metaphyseal"],
  [
    "Die Läsion liegt metaphysär mit Ausdehnung in die Epiphyse, Diaphyse frei.",
    undefined,
    undefined,
    "epi-metaphyseal",
  ],
  ["Metaphysäre Läsion der Tibia ohne Beteiligung der Epiphyse.", "tibia", undefined, "metaphyseal"],
  ["Metaphysäre Läsion, die bis an die Epiphysenfuge reicht.", undefined, undefined, "metaphyseal"],
  [
    "Der Tumor kreuzt die Fuge nicht und dehnt sich von der Metaphyse bis in die Diaphyse aus.",
    undefined,
    undefined,
    "meta-diaphyseal",
  ],
  ["Osteolyse Th 11.", "thoracic spine", undefined, undefined],
  ["Lytic lesion of the T9 vertebral body.", "thoracic spine", undefined, undefined],
  ["Osteolyse der Hemipelvis rechts.", "pelvis", "right", undefined],
  // the tumour's own site
  ["Keine Metastasen in Lunge und Wirbelsäule bei Osteosarkom des rechten Femurs.", "femur", "right", undefined],
  ["Enchondrom des Os ilium. Nebenbefundlich NOF der distalen Tibia rechts.", "ilium", undefined, undefined],
  ["Zustand nach Hüft-TEP links; im rechten Femur Enchondrom.", "femur", "right", undefined],
  ["Enchondroma of the left humerus. Incidental osteochondroma of the right tibia.", "humerus", "left", undefined],
  [
    "Röntgen Kniegelenk links.\nBefund: In der Femurmetaphyse eine Osteolyse. Gelenkspalt regelrecht.",
    "femur",
    "left",
    "metaphyseal",
  ],
  // words that look like sites and sides
  ["Es handelt sich um ein Enchondrom.", undefined, undefined, undefined],
  ["On the other hand, the enchondroma was left in place.", undefined, undefined, undefined],
])("%s", (text, site, side, position) => {
  expect(place(text)).toEqual([site, side, position]);
});

test.each([
  ["Enchondrom, 3,2 cm.", [32]],
  ["Größe 8,4 x 5,1 x 4,9 cm.", [84, 51, 49]],
  ["Die Läsion misst 23x18x15mm.", [23, 18, 15]],
  ["Mass of 2 cm x 3.5 cm.", [35, 20]],
  ["The mass measures approximately 3.5 by 2.7 cm.", [35, 27]],
  ["Tumor bis zu 4,5 cm im Durchmesser, Abstand zum Resektionsrand 3 mm.", [45]],
  ["Abstand zum Gelenkspalt 12 mm; die Läsion misst 3-4 cm.", [40]],
  ["Größe 32 mm (zuvor 28 mm).", [32]],
  ["Tumour decreased from 5.2 cm to 4.1 cm.", [41]],
  ["Größenprogredient von 4,2 cm auf 5,6 cm.", [56]],
  ["Ein zwei Zentimeter großer Herd.", [20]],
  ["5,5cm große Raumforderung", [55]],
  ["Resektat 14 cm, Tumor 6,2 x 4,1 cm.", [62, 41]],
  ["Knorpelkappe 7 mm und der Tumor insgesamt 4,1 cm.", [41]],
  ["Synovial sarcoma, 3.5 cm, margins clear.", [35]],
  ["Osteosarcoma, resection margin 3 mm.", undefined],
  ["Schichtdicke 3 mm.", undefined],
  ["Läsion 4 cm oberhalb des Gelenkspalts.", undefined],
  ["Volumen 30 cm³ am 3.4.2019.", undefined],
])("%s", (text, sizeMm) => {
  expect(readReport(text).sizeMm?.value).toEqual(sizeMm);
});
