/** Which keys were pressed, and what a person writes for them: `g l`, `/`, `Shift+ArrowRight`, `Mod+z`. */

/** What was pressed, written as shortcuts are: modifiers in this order, letters small. */
export const pressedKeys = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string => {
  const isCharacter = key.length === 1 && key !== " ";
  const isLetter = isCharacter && key.toLowerCase() !== key.toUpperCase();
  const words = [
    ...(ctrlKey || metaKey ? ["Mod"] : []),
    ...(altKey ? ["Alt"] : []),
    // The shift of "?" is part of the sign, that of a letter or a named key is a wish of its own.
    ...(shiftKey && (isLetter || !isCharacter) ? ["Shift"] : []),
    key === " " ? "Space" : isLetter ? key.toLowerCase() : key,
  ];
  return words.join("+");
};

/** Whether a key is a sign that one may also write: WCAG 2.1.4 asks that such shortcuts can be turned off. */
export const isCharacterKey = (keys: string): boolean => keys.split(" ").every((step) => step.length === 1);

/** Whether the key belongs to what has the focus: a field takes what is written, a button its Enter. */
export const isTakenByFocus = (keys: string, target: EventTarget | null): boolean => {
  if (!(target instanceof HTMLElement)) return false;
  if (keys.startsWith("Mod+") && !isTextField(target)) return false;
  if (target.isContentEditable || isTextField(target)) return keys !== "Escape";
  if (target.matches("select, input[type=range], input[type=radio], [role=slider]"))
    return !/^(Escape|Mod\+)/.test(keys);
  if (keys === "Enter" || keys === "Space") return target.closest("button, a, summary, input, label") !== null;
  return keys.startsWith("Arrow") && target.closest("[role=tablist], [role=menu]") !== null;
};

const isTextField = (target: HTMLElement): boolean =>
  target.matches("textarea") ||
  (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range", "file"].includes(target.type));
