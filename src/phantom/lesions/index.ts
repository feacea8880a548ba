/** The ten tumours behind one interface. */
import type { Entity } from "../../clinic/entities.ts";
import { aneurysmalBoneCyst } from "./aneurysmal-bone-cyst.ts";
import { chondroblastoma } from "./chondroblastoma.ts";
import { chondrosarcoma } from "./chondrosarcoma.ts";
import { enchondroma } from "./enchondroma.ts";
import { ewingSarcoma } from "./ewing-sarcoma.ts";
import { fibrousDysplasia } from "./fibrous-dysplasia.ts";
import { giantCellTumour } from "./giant-cell-tumour.ts";
import type { Lesion, LesionSite } from "./lesion.ts";
import { nonOssifyingFibroma } from "./non-ossifying-fibroma.ts";
import { osteochondroma } from "./osteochondroma.ts";
import { osteosarcoma } from "./osteosarcoma.ts";

const makers: Readonly<Record<Entity, (site: LesionSite) => Lesion>> = {
  "Aneurysmal bone cyst": aneurysmalBoneCyst,
  Chondroblastoma: chondroblastoma,
  Chondrosarcoma: chondrosarcoma,
  Enchondroma: enchondroma,
  "Ewing sarcoma": ewingSarcoma,
  "Fibrous dysplasia": fibrousDysplasia,
  "Giant cell tumour": giantCellTumour,
  "Non ossifying fibroma": nonOssifyingFibroma,
  Osteochondroma: osteochondroma,
  Osteosarcoma: osteosarcoma,
};

/** A tumour of the entity, drawn for the place. */
export const lesionOf = (entity: Entity, site: LesionSite): Lesion => makers[entity](site);
