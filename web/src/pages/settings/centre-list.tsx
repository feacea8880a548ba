/** The centres that this one knows. */

import { useState } from "react";
import type { CentreShown } from "../../../../src/contract/centres.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { AddCentreDialog } from "./add-centre-dialog.tsx";
import { centresWords } from "./centres-words.ts";
import { ChangeCentreDialog } from "./change-centre-dialog.tsx";
import { ListSection } from "./list-section.tsx";
import styles from "./settings.module.css";

export const CentreList = ({ centres }: { readonly centres: readonly CentreShown[] }) => {
  const words = useWords(centresWords).list;
  const { number, time } = useFormats();
  const [open, setOpen] = useState<"add" | CentreShown | null>(null);
  const close = (): void => setOpen(null);
  const yesOrNo = (is: boolean): string => (is ? words.yes : words.no);
  return (
    <>
      <ListSection words={words} isEmpty={centres.length === 0} onAdd={() => setOpen("add")}>
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{words.name}</th>
                <th scope="col">{words.address}</th>
                <th scope="col">{words.mayAsk}</th>
                <th scope="col">{words.isAsked}</th>
                <th scope="col">{words.lastDay}</th>
                <th scope="col" className={styles.actions}>
                  {words.change}
                </th>
              </tr>
            </thead>
            <tbody>
              {centres.map((centre) => (
                <tr key={centre.id}>
                  <td>{centre.name}</td>
                  <td>{centre.address}</td>
                  <td className={centre.pausedAt === null ? undefined : styles.refused}>
                    {centre.pausedAt === null ? yesOrNo(centre.mayAsk) : words.paused(time(centre.pausedAt))}
                  </td>
                  <td>{yesOrNo(centre.isAsked)}</td>
                  <td>{words.questions(number(centre.lastDay.questions), number(centre.lastDay.oddities))}</td>
                  <td className={styles.actions}>
                    <button type="button" aria-label={words.changeOf(centre.name)} onClick={() => setOpen(centre)}>
                      {words.change}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </ListSection>
      {open === "add" && <AddCentreDialog onClose={close} />}
      {open !== null && open !== "add" && <ChangeCentreDialog centre={open} onClose={close} />}
    </>
  );
};
