/** The list of the shortcuts that work now. */

import { Fragment } from "react";
import { Dialog } from "../parts/dialog.tsx";
import { useWords, type Words } from "./language.tsx";
import type { ShortcutGroup } from "./shortcuts.tsx";
import styles from "./shortcuts-overlay.module.css";

interface OverlayWords {
  readonly title: string;
  readonly between: string;
  readonly characters: string;
  readonly keys: Readonly<Record<string, string>>;
}

const overlayWords: Words<OverlayWords> = {
  en: {
    title: "Keyboard shortcuts",
    between: "then",
    characters: "Shortcuts of single letters and signs work",
    keys: { Mod: "Ctrl", Escape: "Esc", PageUp: "Page up", PageDown: "Page down" },
  },
  de: {
    title: "Tastenkürzel",
    between: "dann",
    characters: "Kürzel aus einzelnen Buchstaben und Zeichen sind aktiv",
    keys: {
      Mod: "Strg",
      Escape: "Esc",
      Enter: "Eingabe",
      Space: "Leertaste",
      Shift: "Umschalt",
      Home: "Pos1",
      End: "Ende",
      PageUp: "Bild auf",
      PageDown: "Bild ab",
      Delete: "Entf",
      Backspace: "Rücktaste",
    },
  },
};

const signs: Readonly<Record<string, string>> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

interface OverlayProps {
  readonly groups: readonly ShortcutGroup[];
  readonly charactersWork: boolean;
  readonly onCharactersWork: (work: boolean) => void;
  readonly onClose: () => void;
}

export const ShortcutsOverlay = ({ groups, charactersWork, onCharactersWork, onClose }: OverlayProps) => {
  const words = useWords(overlayWords);
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className={styles.groups}>
        {groups.toReversed().map(({ title, shortcuts }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className={styles.list}>
              {shortcuts.map(({ keys, does }) => (
                <Fragment key={keys}>
                  <dt>
                    <Keys keys={keys} />
                  </dt>
                  <dd>{does}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className={styles.choice}>
        <input type="checkbox" checked={charactersWork} onChange={({ target }) => onCharactersWork(target.checked)} />
        {words.characters}
      </label>
    </Dialog>
  );
};

/** The keys of a shortcut as they stand on a keyboard. */
export const Keys = ({ keys }: { keys: string }) => {
  const words = useWords(overlayWords);
  const [first = "", ...others] = keys.split(" ");
  return (
    <>
      <Step step={first} />
      {others.length > 0 && ` ${words.between} `}
      {others.map((step) => (
        <Step key={step} step={step} />
      ))}
    </>
  );
};

const Step = ({ step }: { step: string }) => {
  const { keys } = useWords(overlayWords);
  return step.split(/(?<=.)\+/).map((name) => <kbd key={name}>{keys[name] ?? signs[name] ?? capital(name)}</kbd>);
};

const capital = (name: string): string => (/^[a-z]$/.test(name) ? name.toUpperCase() : name);
