/** SOP classes that an archive of radiographs speaks of (PS3.4 annexes A, B and C, PS3.6 annex A). */

/** Storage of projection radiography, and of what digitised films come as; by UID. */
export const storageClasses: ReadonlyMap<string, string> = new Map([
  ["1.2.840.10008.5.1.4.1.1.1", "Computed Radiography Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.1.1", "Digital X-Ray Image Storage - For Presentation"],
  ["1.2.840.10008.5.1.4.1.1.1.1.1", "Digital X-Ray Image Storage - For Processing"],
  ["1.2.840.10008.5.1.4.1.1.1.2", "Digital Mammography X-Ray Image Storage - For Presentation"],
  ["1.2.840.10008.5.1.4.1.1.1.2.1", "Digital Mammography X-Ray Image Storage - For Processing"],
  ["1.2.840.10008.5.1.4.1.1.1.3", "Digital Intra-Oral X-Ray Image Storage - For Presentation"],
  ["1.2.840.10008.5.1.4.1.1.1.3.1", "Digital Intra-Oral X-Ray Image Storage - For Processing"],
  ["1.2.840.10008.5.1.4.1.1.7", "Secondary Capture Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.7.1", "Multi-frame Single Bit Secondary Capture Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.7.2", "Multi-frame Grayscale Byte Secondary Capture Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.7.3", "Multi-frame Grayscale Word Secondary Capture Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.7.4", "Multi-frame True Color Secondary Capture Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.12.1", "X-Ray Angiographic Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.12.1.1", "Enhanced XA Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.12.2", "X-Ray Radiofluoroscopic Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.12.2.1", "Enhanced XRF Image Storage"],
  ["1.2.840.10008.5.1.4.1.1.12.3", "X-Ray Angiographic Bi-Plane Image Storage (retired)"],
]);

/** Verification SOP class: C-ECHO (PS3.4 annex A). */
export const VERIFICATION = "1.2.840.10008.1.1";

/** From which level a query starts (PS3.4 annex C.6). */
export type QueryRoot = "study" | "patient";

/** What is asked of the query/retrieve service. */
export type QueryService = "find" | "move" | "get";

/** Query/retrieve SOP classes (PS3.4 table C.6.1.3-1 and C.6.2.3-1). */
export const queryClasses: Readonly<Record<QueryRoot, Readonly<Record<QueryService, string>>>> = {
  patient: {
    find: "1.2.840.10008.5.1.4.1.2.1.1",
    move: "1.2.840.10008.5.1.4.1.2.1.2",
    get: "1.2.840.10008.5.1.4.1.2.1.3",
  },
  study: {
    find: "1.2.840.10008.5.1.4.1.2.2.1",
    move: "1.2.840.10008.5.1.4.1.2.2.2",
    get: "1.2.840.10008.5.1.4.1.2.2.3",
  },
};

/** Whether a text is a UID: digits and dots, at most 64 (PS3.5 section 9.1). So it may stand in a URL and a file name. */
export const isUid = (text: string): boolean => /^[0-9]+(\.[0-9]+)*$/.test(text) && text.length <= 64;
