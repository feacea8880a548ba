/** Keys that do something on a page, and the overlay that lists them. */

import { createContext, type ReactNode, use, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { isCharacterKey, isTakenByFocus, pressedKeys } from "./key-presses.ts";
import { ShortcutsOverlay } from "./shortcuts-overlay.tsx";

/** One shortcut. */
export interface Shortcut {
  /** As {@link pressedKeys} writes them; one after another with a space between: `g l`. */
  readonly keys: string;
  /** What it does, for the overlay, in the user's language. */
  readonly does: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Whether it works now; it is listed all the same. Default yes. */
  readonly enabled?: boolean;
  /** Whether it works while a dialog is open. Default no. */
  readonly inDialogs?: boolean;
}

/** Shortcuts that belong together, under a heading. */
export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

/** A group as it is now, read when a key is pressed. */
type Registered = { current: ShortcutGroup };

interface Registry {
  add(group: Registered): () => void;
  openOverlay(): void;
}

const RegistryContext = createContext<Registry | undefined>(undefined);

const key = "osteon.character-keys";

/** How long one may take from the first key of two to the second. */
const togetherMs = 1500;

export const ShortcutsProvider = ({ children }: { children: ReactNode }) => {
  const groups = useRef<Registered[]>([]);
  const [shown, setShown] = useState<readonly ShortcutGroup[]>();
  const [charactersWork, setCharactersWork] = useState(() => localStorage.getItem(key) !== "off");
  const registry = useMemo<Registry>(
    () => ({
      add: (group) => {
        groups.current = [...groups.current, group];
        return () => {
          groups.current = groups.current.filter((other) => other !== group);
        };
      },
      openOverlay: () => setShown(groups.current.map(({ current }) => current)),
    }),
    [],
  );
  useEffect(() => {
    let first = { keys: "", at: 0 };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key))
        return;
      const keys = pressedKeys(event);
      if (isTakenByFocus(keys, event.target)) return;
      const isInDialog = document.querySelector("dialog:modal") !== null;
      const all = groups.current
        .toReversed() // the page's own before the frame's
        .flatMap(({ current }) => current.shortcuts)
        .filter(({ enabled, inDialogs }) => enabled !== false && (!isInDialog || inDialogs === true))
        .filter((shortcut) => charactersWork || !isCharacterKey(shortcut.keys) || shortcut.keys === "?");
      const together = event.timeStamp - first.at < togetherMs ? `${first.keys} ${keys}` : "";
      first = { keys: "", at: 0 };
      const found = all.find((one) => one.keys === together) ?? all.find((one) => one.keys === keys);
      if (found) {
        event.preventDefault();
        found.run(event);
      } else if (all.some((one) => one.keys.startsWith(`${keys} `))) first = { keys, at: event.timeStamp };
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [charactersWork]);
  return (
    <RegistryContext value={registry}>
      {children}
      {shown && (
        <ShortcutsOverlay
          groups={shown}
          charactersWork={charactersWork}
          onCharactersWork={(work) => {
            localStorage.setItem(key, work ? "on" : "off");
            setCharactersWork(work);
          }}
          onClose={() => setShown(undefined)}
        />
      )}
    </RegistryContext>
  );
};

const useRegistry = (): Registry => {
  const registry = use(RegistryContext);
  if (!registry) throw new Error("There is no ShortcutsProvider around this part.");
  return registry;
};

/**
 * The shortcuts of a page or part while it is shown.
 *
 * @example
 * useShortcuts(words.title, [{ keys: "u", does: words.undo, run: undo, enabled: canUndo }]);
 */
export const useShortcuts = (title: string, shortcuts: readonly Shortcut[]): void => {
  const registry = useRegistry();
  const group = useRef<ShortcutGroup>({ title, shortcuts });
  useLayoutEffect(() => {
    group.current = { title, shortcuts };
  });
  useLayoutEffect(() => registry.add(group), [registry]);
};

/** Opens the list of shortcuts. */
export const useShortcutsOverlay = (): (() => void) => useRegistry().openOverlay;
