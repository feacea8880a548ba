/** The name of the runs that make an index, and those of the files that runs of the precedents keep. */

/** In the table of runs. */
export const indexSystem = "precedents/index";

/** Of a training run: the networks. */
export const modelName = "model.safetensors";
/** Of an index run: every radiograph. */
export const indexName = "index.osteon";
export const familiarityName = "familiarity.json";
/** Of an index run: links of the archive's patients to all others; of an evaluation: those of its test side. */
export const pastLinksName = "links-of-past-patients.json";
/** Of an index run, where radiographs with a label are marked: their lesions. */
export const lesionIndexName = "lesions.osteon";
export const lesionPastLinksName = "links-of-past-lesions.json";
/** Which box of each of these radiographs was compared. */
export const lesionBoxesName = "lesion-boxes.json";
/** Of an evaluation: every radiograph of its test side with its neighbours and their vote. */
export const outcomesName = "outcomes.jsonl";
