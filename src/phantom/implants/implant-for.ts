/** What is usually left in a bone after the operation of a tumour: by how the tumour behaves and where it sits. */
import type { Entity } from "../../clinic/entities.ts";
import type { Implant, PhantomPatient } from "../patient.ts";

const malignant: ReadonlySet<Entity> = new Set<Entity>(["Osteosarcoma", "Chondrosarcoma", "Ewing sarcoma"]);

/**
 * The usual implant. Malignant tumours near hip, knee and shoulder are replaced by an endoprosthesis, giant cell tumours filled
 * with cement, other benign ones with graft, large bones plated.
 */
export const implantFor = (patient: Pick<PhantomPatient, "entity" | "site" | "place" | "seed">): Implant => {
  const { entity, site, place, seed } = patient;
  if (entity === "Osteochondroma") return "resection";
  if (malignant.has(entity)) {
    if (/^femur distal|^tibia proximal/.test(place)) return "knee endoprosthesis";
    if (/^femur proximal/.test(place)) return "hip endoprosthesis";
    if (/^humerus proximal/.test(place)) return "shoulder endoprosthesis";
    if (/diaphysis$/.test(place) && ["femur", "tibia", "humerus"].includes(site)) return "intramedullary nail";
    return "resection";
  }
  if (entity === "Giant cell tumour") return "bone cement";
  if (["femur", "tibia", "humerus", "radius", "ulna"].includes(site) && seed % 3 === 0) return "plate";
  return entity === "Fibrous dysplasia" && /diaphysis$/.test(place) && ["femur", "tibia"].includes(site)
    ? "intramedullary nail"
    : "bone graft";
};
