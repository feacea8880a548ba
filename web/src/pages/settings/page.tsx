/** Settings: one's own for everybody; the server's, the accounts and the audit log for administrators. */

import { Navigate, NavLink, Route, Routes } from "react-router";
import { useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { shellWords } from "../../shell/words.ts";
import { AuditLog } from "./audit-log.tsx";
import { Centres } from "./centres.tsx";
import { OwnSettings } from "./own-settings.tsx";
import { ServerSettingsForm } from "./server-settings.tsx";
import styles from "./settings.module.css";
import { Users } from "./users.tsx";
import { settingsWords } from "./words.ts";

const parts = ["own", "server", "users", "centres", "audit"] as const;

const SettingsPage = () => {
  const words = useWords(settingsWords);
  const { pages } = useWords(shellWords);
  const isAdministrator = useMay("administrator");
  return (
    <div className={styles.page}>
      <h1>{pages.settings}</h1>
      {isAdministrator && (
        <nav aria-label={words.parts} className={styles.parts}>
          {parts.map((part) => (
            <NavLink key={part} to={`/settings/${part}`}>
              {words.titles[part]}
            </NavLink>
          ))}
        </nav>
      )}
      <Routes>
        <Route path="own" element={<OwnSettings />} />
        {isAdministrator && (
          <>
            <Route path="server" element={<ServerSettingsForm />} />
            <Route path="users" element={<Users />} />
            <Route path="centres" element={<Centres />} />
            <Route path="audit" element={<AuditLog />} />
          </>
        )}
        <Route path="*" element={<Navigate to="/settings/own" replace />} />
      </Routes>
    </div>
  );
};

export default SettingsPage;
