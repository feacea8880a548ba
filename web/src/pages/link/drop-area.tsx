/** Where radiographs come in: dropped anywhere on the page, or chosen. */

import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { useWords } from "../../shell/language.tsx";
import styles from "./drop-area.module.css";
import { linkWords } from "./words.ts";

interface FilesProps {
  readonly onFiles: (files: Iterable<File>) => void;
}

/** Takes the files that are dropped on what is in it. */
export const DropArea = ({ onFiles, children }: FilesProps & { children: ReactNode }) => {
  const words = useWords(linkWords).drop;
  const [isOver, setOver] = useState(false);
  const depth = useRef(0); // of enter and leave, which every element inside tells of
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are chosen by the keyboard with the button
    <div
      className={styles.area}
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!hasFiles(event)) return;
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }}
      onDragOver={(event) => {
        if (hasFiles(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && <p className={styles.release}>{words.release}</p>}
    </div>
  );
};

/** Opens the browser's own dialog. */
export const FileButton = ({ onFiles, kind, children }: FilesProps & { kind?: "main"; children: ReactNode }) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" {...(kind ? { "data-kind": kind } : {})} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = ""; // so that the same file may be chosen again
        }}
      />
    </>
  );
};

/** The page where nothing is chosen. */
export const Invitation = ({ onFiles }: FilesProps) => {
  const words = useWords(linkWords).drop;
  return (
    <div className={styles.invitation}>
      <svg
        viewBox="0 0 120 90"
        width="120"
        height="90"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <rect x="8" y="18" width="44" height="60" rx="3" />
        <path d="M24 78V56c0-6-6-9-6-15s5-9 9-7c3-5 13-3 13 4 0 7-6 10-6 17v23" />
        <path d="M60 48h8M76 48h8" strokeDasharray="4 4" />
        <rect x="84" y="10" width="28" height="34" rx="3" />
        <rect x="84" y="52" width="28" height="34" rx="3" />
        <path d="M94 27l4 4 8-9M94 69l4 4 8-9" />
      </svg>
      <h2>{words.title}</h2>
      <p>{words.hint}</p>
      <FileButton onFiles={onFiles} kind="main">
        {words.choose}
      </FileButton>
    </div>
  );
};
