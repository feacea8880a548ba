/** Where a new definition begins: one criterion, to be changed. */

export const emptyDefinition = `{
  "format": "osteon-cohort",
  "version": 1,
  "name": "new-cohort",
  "title": "Patients with a known site",
  "start": "Patients of the centre",
  "criteria": [
    { "include": { "known": ["site"] }, "reason": "Site not known" }
  ]
}
`;
