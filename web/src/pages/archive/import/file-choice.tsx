/** Files that are dropped or chosen. */

import { type DragEvent, useId, useRef, useState } from "react";
import { useFormats, useWords } from "../../../shell/language.tsx";
import styles from "./import.module.css";
import { importWords } from "./words.ts";

interface FileChoiceProps {
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
  readonly hint: string;
  /** Whether several may be chosen, and whole folders. Default one. */
  readonly many?: boolean;
}

export const FileChoice = ({ files, onFiles, hint, many = false }: FileChoiceProps) => {
  const words = useWords(importWords);
  const { number } = useFormats();
  const [isOver, setIsOver] = useState(false);
  const hintId = useId();
  const take = (list: Iterable<File> | null | undefined): void => {
    const taken = [...(list ?? [])];
    if (taken.length > 0) onFiles(many ? taken : taken.slice(0, 1));
  };
  const onDrop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setIsOver(false);
    take(await droppedFiles(event.dataTransfer));
  };
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are chosen by the keyboard with the buttons
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => void onDrop(event)}
    >
      <p id={hintId}>{hint}</p>
      <p className={styles.choose}>
        {words.drop} <ChooseButton words={words.chooseFiles} many={many} hintId={hintId} onFiles={take} />
        {many && <ChooseButton words={words.chooseFolder} many folder hintId={hintId} onFiles={take} />}
      </p>
      <p role="status">
        {files.length === 0 ? words.none : words.chosen(number(files.length), number(bytes / 1e6, bytes < 1e7 ? 1 : 0))}
      </p>
    </div>
  );
};

interface ChooseButtonProps {
  readonly words: string;
  readonly many: boolean;
  readonly folder?: boolean;
  readonly hintId: string;
  readonly onFiles: (files: FileList | null) => void;
}

const ChooseButton = ({ words, many, folder = false, hintId, onFiles }: ChooseButtonProps) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" aria-describedby={hintId} onClick={() => input.current?.click()}>
        {words}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={many}
        {...(folder ? { webkitdirectory: "" } : {})}
        onChange={({ target }) => {
          onFiles(target.files);
          target.value = ""; // so that the same file may be chosen again
        }}
      />
    </>
  );
};

/** The dropped files, those in dropped folders among them. */
const droppedFiles = async ({ items, files }: DataTransfer): Promise<File[]> => {
  const entries = [...items].map((item) => item.webkitGetAsEntry());
  if (entries.every((entry) => entry === null)) return [...files];
  return (await Promise.all(entries.map((entry) => (entry === null ? [] : filesOf(entry))))).flat();
};

const filesOf = async (entry: FileSystemEntry): Promise<File[]> => {
  if (entry.isFile) {
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    // A browser answers a hundred at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(filesOf))).flat();
};
