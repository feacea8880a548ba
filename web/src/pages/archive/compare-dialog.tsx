/** Selected radiographs side by side. */

import { useQuery } from "@tanstack/react-query";
import type { ImageSummary } from "../../../../src/contract/images.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useWords } from "../../shell/language.tsx";
import { everything, searchImages } from "./archive-data.ts";
import styles from "./compare-dialog.module.css";
import { useCaption } from "./use-caption.ts";
import { archiveWords } from "./words.ts";

export const CompareDialog = ({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) => {
  const words = useWords(archiveWords);
  const { data, error } = useQuery({
    queryKey: ["images", "compare", ids],
    queryFn: ({ signal }) => searchImages({ ...everything, images: [...ids] }, "patient", { page: 0, signal }),
  });
  return (
    <Dialog title={words.selection.compare} width="wide" onClose={onClose}>
      {error && <ProblemNote error={error} />}
      <ul className={styles.images}>
        {data?.images.map((image) => (
          <li key={image.id}>
            <Compared image={image} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
};

const Compared = ({ image }: { image: ImageSummary }) => {
  const { name, facts } = useCaption()(image);
  return (
    <figure className={styles.image}>
      <div>
        <Thumbnail image={image.id} size={384} alt={[name, facts].filter(Boolean).join(", ")} />
      </div>
      <figcaption>
        <strong>{name}</strong>
        <br />
        {[image.patient, facts].filter(Boolean).join(" · ")}
      </figcaption>
    </figure>
  );
};
