/** The members of a cohort, some at a time, and the whole of them as a file. */

import { useState } from "react";
import { addressOf } from "../../api/client.ts";
import { Pager } from "../../parts/pager.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { cohortAddress, pageSize, useMembers } from "./cohort-data.ts";
import styles from "./members.module.css";
import tables from "./table.module.css";
import { useValueName } from "./use-value-name.ts";
import { cohortWords, moments } from "./words.ts";

/** Radiographs of a member that are shown. */
const mostShown = 4;

export const Members = ({ name }: { name: string }) => {
  const words = useWords(cohortWords);
  const value = useValueName();
  const { number } = useFormats();
  const isResearcher = useMay("researcher");
  const [offset, setOffset] = useState(0);
  const { data, error, refetch } = useMembers(name, offset);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const shown = (text: string | null) => (text === null ? "–" : value(text));
  return (
    <div className={styles.members}>
      <div className={styles.controls}>
        <Pager offset={offset} size={pageSize} total={data.total} onOffset={setOffset} />
        {isResearcher && <Export name={name} />}
      </div>
      <table className={tables.table}>
        <caption>{isResearcher ? words.membersTable : words.membersWithoutNumbers}</caption>
        <thead>
          <tr>
            <th scope="col">{words.number}</th>
            {isResearcher && (
              <th scope="col" className={tables.words}>
                {words.patient}
              </th>
            )}
            <th scope="col" className={tables.words}>
              {words.fields.entity}
            </th>
            <th scope="col" className={tables.words}>
              {words.fields.malignancy}
            </th>
            <th scope="col">{words.age}</th>
            <th scope="col" className={tables.words}>
              {words.fields.sex}
            </th>
            <th scope="col" className={tables.words}>
              {words.fields.site}
            </th>
            <th scope="col" className={tables.words}>
              {words.radiographs}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.members.map((member) => (
            <tr key={member.number}>
              <td>{number(member.number)}</td>
              {isResearcher && <td className={tables.words}>{member.patient}</td>}
              <th scope="row">{shown(member.entity)}</th>
              <td className={tables.words}>{shown(member.malignancy)}</td>
              <td>{member.ageYears === null ? "–" : number(member.ageYears)}</td>
              <td className={tables.words}>{shown(member.sex)}</td>
              <td className={tables.words}>{shown(member.site)}</td>
              <td className={tables.words}>
                <span className={styles.pictures}>
                  {member.images.slice(0, mostShown).map((image) => (
                    <span key={image} className={styles.picture}>
                      <Thumbnail image={image} size={96} alt="" />
                    </span>
                  ))}
                  {words.radiographCount(number(member.images.length))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** The cohort as a file, with what is known at a moment alone: a model must not read the answer. */
const Export = ({ name }: { name: string }) => {
  const words = useWords(cohortWords);
  const [knownAt, setKnownAt] = useState<(typeof moments)[number]>("follow-up");
  return (
    <div className={styles.export}>
      <label>
        {words.knownAt}{" "}
        <select
          value={knownAt}
          onChange={({ target }) => setKnownAt(moments.find((one) => one === target.value) ?? "follow-up")}
        >
          {moments.map((moment) => (
            <option key={moment} value={moment}>
              {words.moments[moment]}
            </option>
          ))}
        </select>
      </label>
      <a href={addressOf(cohortAddress(name, "export.csv"), { knownAt })} download>
        {words.exportCohort}
      </a>
    </div>
  );
};
