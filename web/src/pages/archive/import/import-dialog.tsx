/** Takes files into the home: radiographs, tables of the hospital, reports. */

import { useState } from "react";
import { Dialog } from "../../../parts/dialog.tsx";
import { Tabs } from "../../../parts/tabs.tsx";
import { useWords } from "../../../shell/language.tsx";
import { ImportRadiographs } from "./import-radiographs.tsx";
import { ImportReports } from "./import-reports.tsx";
import { ImportTable } from "./import-table.tsx";
import { importWords } from "./words.ts";

const parts = { radiographs: ImportRadiographs, table: ImportTable, reports: ImportReports } as const;
type PartName = keyof typeof parts;

const names = Object.keys(parts) as PartName[];

export const ImportDialog = ({ onClose }: { onClose: () => void }) => {
  const words = useWords(importWords);
  const [shown, setShown] = useState<PartName>("radiographs");
  const Part = parts[shown];
  return (
    <Dialog title={words.title} onClose={onClose}>
      <Tabs
        label={words.what}
        tabs={names.map((name) => ({ name, title: words.tabs[name] }))}
        shown={shown}
        onShow={setShown}
      >
        <Part />
      </Tabs>
    </Dialog>
  );
};
