/**
 * What the actions on a clustering come to: each reader's label of each cluster, what they agree on, and what was decided where
 * they do not. Actions are never changed or removed; an undo is an action too.
 */

/** A region's name, or `discard` for a cluster that shows no musculoskeletal anatomy. */
export type ClusterLabel = string;

/** The label of clusters that are left out. */
export const discard = "discard";

/** What a person did, in the order in which it was kept. */
export interface ClusterAction {
  /** Made by whoever acts, so that an action that is sent twice counts once. */
  readonly id: string;
  /** Counts up over all actions. */
  readonly number: number;
  readonly cluster: number;
  readonly reader: string;
  /** `label`: what the reader sees; `adjudicate`: what holds where readers differ; `undo`: takes one of the own actions back. */
  readonly kind: "label" | "adjudicate" | "undo";
  /** Null of an undo. */
  readonly label: ClusterLabel | null;
  /** The action that an undo takes back. */
  readonly undoes: string | null;
}

/** A reader was told of the others' labels of a cluster; what he labels after the action of that number is not his alone. */
export interface Disclosure {
  readonly cluster: number;
  readonly reader: string;
  readonly after: number;
}

/** A label that stands. */
export interface StandingLabel {
  readonly reader: string;
  readonly label: ClusterLabel;
  /** The action that gave it. */
  readonly action: string;
}

/** What stands for one cluster. */
export interface ClusterReading {
  readonly cluster: number;
  /** The newest label of each reader, in the order of readers' names. */
  readonly labels: readonly StandingLabel[];
  /** The same before a reader was told of another's label. */
  readonly independent: readonly StandingLabel[];
  /** Readers who were told of the others' labels. */
  readonly toldTo: ReadonlySet<string>;
  /** The newest decision. */
  readonly decision: StandingLabel | null;
}

/** The readings of every cluster that somebody acted on. */
export const foldActions = (
  actions: readonly ClusterAction[],
  disclosures: readonly Disclosure[] = [],
): Map<number, ClusterReading> => {
  const undone = new Set(actions.flatMap(({ undoes }) => undoes ?? []));
  const disclosed = Map.groupBy(disclosures, ({ cluster }) => cluster);
  const isTold = ({ cluster, reader, number }: ClusterAction): boolean =>
    disclosed.get(cluster)?.some((told) => told.reader === reader && number > told.after) ?? false;
  const undoneInTime = new Set(actions.filter((action) => !isTold(action)).flatMap(({ undoes }) => undoes ?? []));
  const byCluster = Map.groupBy(actions, ({ cluster }) => cluster);
  return new Map(
    [...byCluster].map(([cluster, all]) => {
      const standing = all.filter(({ id }) => !undone.has(id));
      const independent = all.filter((action) => !undoneInTime.has(action.id) && !isTold(action));
      const decision = standing.filter(({ kind }) => kind === "adjudicate").at(-1);
      return [
        cluster,
        {
          cluster,
          labels: newestOfEach(standing),
          independent: newestOfEach(independent),
          toldTo: new Set(disclosed.get(cluster)?.map(({ reader }) => reader)),
          decision: decision ? standingLabel(decision) : null,
        },
      ];
    }),
  );
};

const standingLabel = ({ reader, label, id }: ClusterAction): StandingLabel => ({ reader, label: label!, action: id });

const newestOfEach = (actions: readonly ClusterAction[]): StandingLabel[] => {
  const newest = new Map(
    actions.filter(({ kind }) => kind === "label").map((action) => [action.reader, standingLabel(action)]),
  );
  return [...newest.values()].sort((a, b) => (a.reader < b.reader ? -1 : 1));
};

/** Whether readers gave different labels, decided or not. */
export const isDisputed = ({ labels }: ClusterReading): boolean => new Set(labels.map(({ label }) => label)).size > 1;

/** What a cluster is: as it was decided, or else as all of its readers say, be it one; null where nobody says or they differ. */
export const settledLabel = (reading: ClusterReading): ClusterLabel | null => {
  if (reading.decision) return reading.decision.label;
  return isDisputed(reading) ? null : (reading.labels[0]?.label ?? null);
};

/** Whether a reader may be told of the others' labels: his own is given, or he was told before. */
export const isOpenTo = ({ labels, toldTo }: ClusterReading, reader: string): boolean =>
  toldTo.has(reader) || labels.some((label) => label.reader === reader);
