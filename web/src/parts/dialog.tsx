/** A modal dialog: the browser's own, so focus, Escape and what lies behind are its affair. */

import { type ReactNode, useEffect, useId, useRef } from "react";
import { useWords, type Words } from "../shell/language.tsx";
import styles from "./dialog.module.css";

const words: Words<{ close: string }> = { en: { close: "Close" }, de: { close: "Schließen" } };

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The buttons at the foot. */
  readonly actions?: ReactNode;
  /** `wide` for pictures side by side. */
  readonly width?: "normal" | "wide";
}

/** Open as long as it is rendered; `onClose` is told when the user closes it. */
export const Dialog = ({ title, onClose, children, actions, width = "normal" }: DialogProps) => {
  const { close } = useWords(words);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current!;
    const before = document.activeElement;
    element.showModal();
    return () => {
      element.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      className={styles.dialog}
      data-width={width}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return; // a file field's own, which bubbles
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={heading}>{title}</h2>
        <button type="button" onClick={onClose} aria-label={close} className={styles.close}>
          ✕
        </button>
      </header>
      <div className={styles.body}>{children}</div>
      {actions && <footer className={styles.foot}>{actions}</footer>}
    </dialog>
  );
};
