/** A small picture of a radiograph of the archive. */

import { useEffect, useState } from "react";
import { useConnection } from "../api/connection.ts";
import { useWords, type Words } from "../shell/language.tsx";
import styles from "./thumbnail.module.css";

const words: Words<{ missing: string }> = { en: { missing: "No picture" }, de: { missing: "Kein Bild" } };

/** The sizes that the server makes; the longer side in pixels. */
export const thumbnailSizes = [96, 192, 384] as const;
export type ThumbnailSize = (typeof thumbnailSizes)[number];

interface ThumbnailProps {
  /** The id of the image. */
  readonly image: string;
  readonly size: ThumbnailSize;
  /** What it shows; empty where it stands beside. */
  readonly alt: string;
  /** `sync` where the picture was fetched ahead and is to be there with the rest. Default `async`. */
  readonly decoding?: "sync" | "async";
}

export const thumbnailAddress = (image: string, size: ThumbnailSize): string =>
  `/api/images/${encodeURIComponent(image)}/thumbnail?size=${size}`;

/** Fills what is around it, whole and on black, as radiographs lie. */
export const Thumbnail = ({ image, size, alt, decoding = "async" }: ThumbnailProps) => {
  const { missing } = useWords(words);
  const [failed, setFailed] = useState<string>();
  const connection = useConnection();
  useEffect(() => {
    if (connection === "there") setFailed(undefined); // what a server that was away could not answer
  }, [connection]);
  if (failed === image) return <span className={styles.missing}>{missing}</span>;
  return (
    <img
      className={styles.thumbnail}
      src={thumbnailAddress(image, size)}
      alt={alt}
      decoding={decoding}
      draggable={false}
      onError={() => setFailed(image)}
    />
  );
};
