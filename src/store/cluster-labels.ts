/**
 * What readers did with the clusters of a clustering: a history that only grows. Actions carry ids that their makers drew, so one
 * that is sent again, as after a server's death, is kept once.
 */

import type { Insertable, Selectable } from "kysely";
import { type ClusterAction, type Disclosure, discard } from "../clinic/atlas/fold-actions.ts";
import { regionTerms } from "../clinic/vocabulary/regions.ts";
import { shown } from "../errors.ts";
import { listAddedRegions } from "./atlas-regions.ts";
import type { Database } from "./database.ts";
import { listClusterSplits, listLeafClusters } from "./leaf-clusters.ts";
import type { ClusterActionsTable } from "./schema.ts";

/** An action as it is sent. */
export type NewClusterAction = Pick<ClusterAction, "id" | "cluster" | "kind" | "label" | "undoes">;

/** Who acts, and when. */
export interface Acting {
  readonly reader: string;
  readonly readerName: string;
  readonly at: Date;
}

/** An action as it is kept. */
export interface StoredClusterAction extends ClusterAction {
  readonly readerName: string;
  readonly at: Date;
}

/** An action that cannot be, with the reason. */
export interface RefusedAction {
  readonly id: string;
  readonly detail: string;
}

/**
 * Keeps actions in their order, in one transaction; when it returns, they are on the disk. Those that are kept already are passed
 * over, those that cannot be are returned with the reason.
 */
export const appendClusterActions = (
  database: Database,
  clustering: string,
  { actions, acting }: { readonly actions: readonly NewClusterAction[]; readonly acting: Acting },
): Promise<RefusedAction[]> =>
  database.transaction().execute(async (transaction) => {
    const leaves = new Set((await listLeafClusters(transaction, clustering)).map(({ cluster }) => cluster));
    const parents = new Set((await listClusterSplits(transaction, clustering)).map(({ cluster }) => cluster));
    const regions = new Set([...regionTerms, ...(await listAddedRegions(transaction))].map(({ name }) => name));
    const known = new Map(
      (await readActions(transaction, new Set(actions.flatMap(({ id, undoes }) => [id, undoes ?? id])))).map(
        (action) => [action.id, action] as const,
      ),
    );
    const refused: RefusedAction[] = [];
    const rows: Insertable<ClusterActionsTable>[] = [];
    for (const action of actions) {
      const row = {
        ...action,
        clustering,
        reader: acting.reader,
        reader_name: acting.readerName,
        acted_at: acting.at,
      };
      const detail = problemOf(row, { known, regions, leaves, parents });
      if (detail !== undefined) refused.push({ id: action.id, detail });
      if (detail !== undefined || known.has(action.id)) continue;
      rows.push(row);
      known.set(action.id, row);
    }
    if (rows.length > 0) await transaction.insertInto("cluster_actions").values(rows).execute();
    return refused;
  });

type ActionRow = Omit<Selectable<ClusterActionsTable>, "number">;

const readActions = (database: Database, ids: ReadonlySet<string>): Promise<ActionRow[]> =>
  ids.size === 0
    ? Promise.resolve([])
    : database
        .selectFrom("cluster_actions")
        .selectAll()
        .where("id", "in", [...ids])
        .execute();

/** What stands against an action; undefined where nothing does. */
const problemOf = (
  action: ActionRow,
  {
    known,
    regions,
    leaves,
    parents,
  }: {
    readonly known: ReadonlyMap<string, ActionRow>;
    readonly regions: ReadonlySet<string>;
    /** The clusters that are to be labelled. */
    readonly leaves: ReadonlySet<number>;
    /** Those that are split, whose labels do not count but can be undone. */
    readonly parents: ReadonlySet<number>;
  },
): string | undefined => {
  const { id, cluster, kind, label, undoes } = action;
  const isSame = (other: ActionRow, fields: readonly (keyof ActionRow)[]): boolean =>
    fields.every((field) => other[field] === action[field]);
  const twin = known.get(id);
  if (twin) {
    const isRepeated = isSame(twin, ["clustering", "cluster", "reader", "kind", "label", "undoes"]);
    return isRepeated ? undefined : "Another action has this id.";
  }
  if (parents.has(cluster) && kind !== "undo") return `Cluster ${cluster} was split; label its parts.`;
  if (!leaves.has(cluster) && !parents.has(cluster)) return `There is no cluster ${cluster}; load the page anew.`;
  if (kind !== "undo") {
    if (label === null || undoes !== null) return "An action that gives a label needs one, and undoes nothing.";
    return label === discard || regions.has(label) ? undefined : `There is no region ${shown(label)}; add it first.`;
  }
  const undone = undoes === null ? undefined : known.get(undoes);
  if (label !== null || !undone) return "An undo names an action that is kept, and gives no label.";
  if (undone.kind === "undo") return "An undo cannot be undone; give the label again.";
  return isSame(undone, ["clustering", "cluster", "reader"]) ? undefined : "Only one's own action can be undone.";
};

/** Every action on a clustering in the order in which they were kept. */
export const listClusterActions = async (database: Database, clustering: string): Promise<StoredClusterAction[]> => {
  const rows = await database
    .selectFrom("cluster_actions")
    .selectAll()
    .where("clustering", "=", clustering)
    .orderBy("number")
    .execute();
  return rows.map(({ clustering: _, reader_name, acted_at, ...row }) => ({
    ...row,
    readerName: reader_name,
    at: acted_at,
  }));
};

/** Writes down that a reader now sees the others' labels of clusters; the first time counts. */
export const discloseClusters = async (
  database: Database,
  clustering: string,
  { reader, clusters }: { readonly reader: string; readonly clusters: readonly number[] },
): Promise<void> => {
  if (clusters.length === 0) return;
  await database.transaction().execute(async (transaction) => {
    const { newest } = await transaction
      .selectFrom("cluster_actions")
      .select(({ fn }) => fn.max("number").as("newest"))
      .executeTakeFirstOrThrow();
    await transaction
      .insertInto("cluster_disclosures")
      .values(clusters.map((cluster) => ({ clustering, cluster, reader, after_action: newest ?? 0 })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
};

/** Who saw the others' labels of which cluster, and after which action. */
export const listDisclosures = async (database: Database, clustering: string): Promise<Disclosure[]> => {
  const rows = await database
    .selectFrom("cluster_disclosures")
    .selectAll()
    .where("clustering", "=", clustering)
    .execute();
  return rows.map(({ cluster, reader, after_action }) => ({ cluster, reader, after: after_action }));
};
