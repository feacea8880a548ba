/**
 * What of the archive is shown, and how. What names no patient stands in the address, so that it can be kept and sent; the
 * text of a search, one patient's radiographs and a selection live and end with the page.
 */

import { startTransition, useMemo, useOptimistic, useState } from "react";
import { useSearchParams } from "react-router";
import { type ArchiveFilter, type ArchiveOrder, archiveOrders, type FacetName, facetNames } from "./archive-names.ts";

/** The part of the filter that never stands in the address. */
type OwnFilter = Pick<ArchiveFilter, "text" | "patientOf" | "images">;

export interface ArchiveView {
  readonly filter: ArchiveFilter;
  readonly order: ArchiveOrder;
  readonly show: "radiographs" | "patients";
  /** The radiograph whose panel is open. */
  readonly open: string | null;
}

const noOwn: OwnFilter = { text: "", patientOf: null, images: null };

/** The view, and how to change it. */
export const useArchiveView = (): readonly [ArchiveView, (change: Partial<ArchiveView>) => void] => {
  const [address, setAddress] = useSearchParams();
  // The router follows in a transition; what was chosen shows at once.
  const [search, setSearch] = useOptimistic(address);
  const [own, setOwn] = useState(noOwn);
  const view = useMemo(() => readView(search, own), [search, own]);
  const change = (changes: Partial<ArchiveView>): void => {
    const next = { ...view, ...changes };
    const { text, patientOf, images } = next.filter;
    if (text !== own.text || patientOf !== own.patientOf || images !== own.images) setOwn({ text, patientOf, images });
    const words = writeView(next);
    if (words.toString() === search.toString()) return;
    startTransition(() => {
      setSearch(words);
      setAddress(words, { replace: true });
    });
  };
  return [view, change];
};

const readView = (search: URLSearchParams, own: OwnFilter): ArchiveView => {
  const values = facetNames.flatMap((name) => {
    const chosen = search.getAll(name).map((value) => (value === "" ? null : value));
    return chosen.length === 0 ? [] : [[name, chosen] as const];
  });
  const ends = (name: string): readonly [string | null, string | null] | null =>
    search.has(name)
      ? (search
          .get(name)!
          .split("..")
          .map((end) => end || null) as [string | null, string | null])
      : null;
  const [ages, dates] = [ends("age"), ends("date")];
  const order = search.get("order");
  return {
    filter: {
      values: Object.fromEntries(values) as Partial<Record<FacetName, (string | null)[]>>,
      ageYears: ages && [numberOf(ages[0]), numberOf(ages[1])],
      acquired: dates && [dayOf(dates[0]), dayOf(dates[1])],
      ...own,
    },
    order: archiveOrders.find((one) => one === order) ?? "newest",
    show: search.get("show") === "patients" ? "patients" : "radiographs",
    open: search.get("image"),
  };
};

const numberOf = (text: string | null): number | null => {
  const value = Number(text ?? Number.NaN);
  return Number.isInteger(value) && value >= 0 && value <= 150 ? value : null;
};

const dayOf = (text: string | null): string | null =>
  text && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;

const writeView = ({ filter, order, show, open }: ArchiveView): URLSearchParams => {
  const words = new URLSearchParams();
  for (const name of facetNames) for (const value of filter.values[name] ?? []) words.append(name, value ?? "");
  const { ageYears, acquired } = filter;
  if (ageYears) words.set("age", `${ageYears[0] ?? ""}..${ageYears[1] ?? ""}`);
  if (acquired) words.set("date", `${acquired[0] ?? ""}..${acquired[1] ?? ""}`);
  if (order !== "newest") words.set("order", order);
  if (show !== "radiographs") words.set("show", show);
  if (open !== null) words.set("image", open);
  return words;
};
