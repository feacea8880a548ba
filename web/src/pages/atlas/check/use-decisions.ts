/** What a reader says of single radiographs while a list of doubts is gone through, and how the last of it is taken back. */

import { useRef, useState } from "react";
import type { MemberVerdict } from "../../../../../src/contract/atlas-guide.ts";
import { decideMembers } from "../guide-data.ts";

/** Radiographs of one cluster that are decided in one go. */
export interface DecidedMembers {
  readonly cluster: number;
  readonly images: readonly string[];
}

export interface Decisions {
  verdictOf(image: string): MemberVerdict;
  decide(members: DecidedMembers, verdict: MemberVerdict): void;
  /** Takes the last decision back; tells of which radiographs it was. */
  undo(): DecidedMembers | undefined;
  readonly canUndo: boolean;
  /** Why the last decision was not taken; what was not taken is shown as open again. */
  readonly problem: unknown;
}

export const useDecisions = (clustering: string): Decisions => {
  const [verdicts, setVerdicts] = useState<ReadonlyMap<string, MemberVerdict>>(new Map());
  const [done, setDone] = useState<readonly DecidedMembers[]>([]);
  const [problem, setProblem] = useState<unknown>();
  const last = useRef<Promise<void>>(Promise.resolve()); // one after another, as they were decided

  const show = (images: readonly string[], verdict: MemberVerdict): void =>
    setVerdicts((before) => new Map([...before, ...images.map((image) => [image, verdict] as const)]));
  const send = (members: DecidedMembers, verdict: MemberVerdict): void => {
    setProblem(undefined);
    const before = new Map(members.images.map((image) => [image, verdicts.get(image) ?? "open"] as const));
    show(members.images, verdict);
    last.current = last.current
      .then(() => decideMembers(clustering, { ...members, verdict }))
      .catch((error) => {
        setProblem(error);
        setVerdicts((now) => new Map([...now, ...before]));
      });
  };
  return {
    verdictOf: (image) => verdicts.get(image) ?? "open",
    decide: (members, verdict) => {
      setDone([...done, members]);
      send(members, verdict);
    },
    undo: () => {
      const members = done.at(-1);
      if (!members) return undefined;
      setDone(done.slice(0, -1));
      send(members, "open");
      return members;
    },
    canUndo: done.length > 0,
    problem,
  };
};
