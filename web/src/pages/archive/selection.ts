/** The radiographs that were picked out. */

import { useMemo, useState } from "react";

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly add: (id: string) => void;
  readonly toggle: (id: string) => void;
  readonly clear: () => void;
}

const none: ReadonlySet<string> = new Set();

export const useSelection = (): Selection => {
  const [ids, setIds] = useState(none);
  const changes = useMemo(
    () => ({
      add: (id: string) => setIds((before) => (before.has(id) ? before : new Set([...before, id]))),
      toggle: (id: string) =>
        setIds((before) =>
          before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id]),
        ),
      clear: () => setIds(none),
    }),
    [],
  );
  return { ids, ...changes };
};
