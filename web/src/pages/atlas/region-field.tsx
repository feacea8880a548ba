/**
 * Where a reader types: letters find a region, Enter gives it. As long as nothing is typed, single keys do what the page's list of
 * shortcuts says; Shift with a letter always types.
 */

import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import type { AtlasRegion } from "../../../../src/contract/atlas.ts";
import { pressedKeys } from "../../shell/key-presses.ts";
import { useLanguage, useWords } from "../../shell/language.tsx";
import type { Shortcut } from "../../shell/shortcuts.tsx";
import styles from "./region-field.module.css";
import { regionName, type Slots, searchRegions } from "./regions.ts";
import { atlasWords } from "./words.ts";

interface RegionFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly regions: readonly AtlasRegion[];
  /** The label that the cluster has. */
  readonly given: string | null;
  readonly slots: Slots;
  /** What single keys do while nothing is typed. */
  readonly shortcuts: readonly Shortcut[];
  readonly hint: string;
  readonly onGive: (label: string) => void;
  readonly onAdd: (name: string) => void;
}

export const RegionField = ({ field, regions, given, slots, shortcuts, hint, onGive, onAdd }: RegionFieldProps) => {
  const words = useWords(atlasWords);
  const { language } = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [place, setPlace] = useState(0);
  const found = searchRegions(regions, typed, language);
  const isChoosing = typed !== "" || place > 0;
  const active = isChoosing ? found[typed === "" ? place - 1 : place] : undefined;

  const clear = (): void => {
    setTyped("");
    setPlace(0);
  };
  const give = (label: string): void => {
    clear();
    onGive(label);
  };
  const add = (): void => {
    clear();
    onAdd(typed.trim());
  };
  const move = (by: number): void => {
    const last = typed === "" ? found.length : found.length - 1;
    setPlace((before) => Math.max(0, Math.min(last, before + by)));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const keys = pressedKeys(event.nativeEvent);
    if (keys === "ArrowDown" || keys === "ArrowUp") move(keys === "ArrowDown" ? 1 : -1);
    else if (keys === "Enter" && active) give(active.name);
    else if (keys === "Enter" && typed.trim() !== "") add();
    else if (keys === "Escape" && isChoosing) clear();
    else {
      const isFree = typed === "" || keys.startsWith("Mod+") || keys.startsWith("Page");
      const shortcut = isFree ? shortcuts.find((one) => one.keys === keys && one.enabled !== false) : undefined;
      if (!shortcut) return;
      setPlace(0);
      shortcut.run(event.nativeEvent);
    }
    event.preventDefault();
  };

  const isNew = typed.trim() !== "" && found.length === 0;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{words.region}</label>
      <input
        ref={field}
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        placeholder={hint}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(active ? { "aria-activedescendant": `${id}-${active.code}` } : {})}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value.trimStart());
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
      />
      {isNew && (
        <p className={styles.new}>
          {words.nothingFits}{" "}
          <button type="button" onClick={add}>
            {words.addRegion(typed.trim())} <kbd>⏎</kbd>
          </button>{" "}
          {words.addRegionNote}
        </p>
      )}
      <div role="listbox" id={`${id}-list`} aria-label={words.region} className={styles.list}>
        {found.map((region) => {
          const slot = slots.indexOf(region.name);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and its keys choose
            <div
              key={region.name}
              id={`${id}-${region.code}`}
              role="option"
              tabIndex={-1}
              aria-selected={region === active}
              data-given={region.name === given}
              onPointerDown={(event) => event.preventDefault()} // the field keeps the focus
              onClick={() => give(region.name)}
            >
              <span className={styles.code}>{region.code}</span>
              <span className={styles.name}>{regionName(region, language)}</span>
              {slot !== -1 && <kbd>{slot + 1}</kbd>}
            </div>
          );
        })}
      </div>
    </div>
  );
};
