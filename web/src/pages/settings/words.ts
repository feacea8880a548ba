import type { Words } from "../../shell/language.tsx";

interface SettingsWords {
  readonly parts: string;
  readonly titles: Readonly<Record<"own" | "server" | "users" | "centres" | "audit", string>>;
  readonly save: string;
  readonly saved: string;
  readonly cancel: string;
}

export const settingsWords: Words<SettingsWords> = {
  en: {
    parts: "Parts of the settings",
    titles: { own: "Own", server: "Server", users: "Users", centres: "Centres", audit: "Audit log" },
    save: "Save",
    saved: "Saved.",
    cancel: "Cancel",
  },
  de: {
    parts: "Bereiche der Einstellungen",
    titles: { own: "Eigene", server: "Server", users: "Benutzer", centres: "Zentren", audit: "Zugriffsprotokoll" },
    save: "Speichern",
    saved: "Gespeichert.",
    cancel: "Abbrechen",
  },
};
