/** Branded identifiers: an image id can never stand where a patient id is wanted. */

declare const brand: unique symbol;

/** One person. Splits, counts, neighbours and intervals are by patient, never by image. */
export type PatientId = string & { readonly [brand]: "PatientId" };

/** One stored radiograph. */
export type ImageId = string & { readonly [brand]: "ImageId" };

/** Marks a string from a table, a header or a database row as the identifier of a patient. */
export const patientId = (value: string): PatientId => value as PatientId;

/** Marks a string as the identifier of an image. */
export const imageId = (value: string): ImageId => value as ImageId;
