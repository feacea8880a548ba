/** What linking one radiograph answers: the contract of `osteon link --json`. */

/** A past patient's radiograph that resembles the query. */
export interface LinkNeighbour {
  /** 1 for the nearest. */
  readonly rank: number;
  readonly patient: string;
  /** File name under which the radiograph was imported. */
  readonly image: string;
  /** The angle between the features as a share of a half turn, in [0, 1]. */
  readonly distance: number;
  readonly label: string | null;
}

/** The neighbours' vote. */
export interface LinkVote {
  readonly label: string;
  /** Share of the voting neighbours that gave this label, in (0, 1]. */
  readonly share: number;
  /** True when another label had as many votes; the label of the nearest neighbour among the tied then won. */
  readonly tie: boolean;
}

/** The answer for one image; `vote` is null when no neighbour carries a label. */
export interface LinkResult {
  readonly image: string;
  readonly k: number;
  readonly neighbours: readonly LinkNeighbour[];
  readonly vote: LinkVote | null;
  /** False where the image is no radiograph or unlike anything in the archive; then `reason` says why. */
  readonly known: boolean;
  readonly reason?: string;
  readonly ms: number;
}

/** The answer in a sentence, such as "Osteochondroma (4 of 5 neighbours)". */
export const verdictOf = ({ known, reason, vote, neighbours }: LinkResult): string => {
  if (!known) return `No precedent: ${reason ?? "unlike anything in the archive."}`;
  if (!vote) return "No vote: none of the neighbours carries a label.";
  const votes = neighbours.filter(({ label }) => label === vote.label).length;
  return `${vote.label} (${votes} of ${neighbours.length} neighbours${vote.tie ? ", a tie broken by the nearest" : ""})`;
};
