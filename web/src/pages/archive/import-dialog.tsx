/** Takes files into the home: dropped or chosen, uploaded, then imported by a job. */

import { Dialog } from "../../parts/dialog.tsx";
import { useWords } from "../../shell/language.tsx";
import { archiveWords } from "./words.ts";

export const ImportDialog = ({ onClose }: { onClose: () => void }) => {
  const words = useWords(archiveWords);
  return (
    <Dialog title={words.import} onClose={onClose}>
      ...
    </Dialog>
  );
};
