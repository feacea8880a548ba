import type { Role } from "../../../../src/contract/roles.ts";
import type { Words } from "../../shell/language.tsx";

interface UsersWords {
  readonly title: string;
  readonly off: string;
  readonly none: string;
  readonly noneHint: string;
  readonly name: string;
  readonly login: string;
  readonly loginHint: string;
  readonly role: string;
  readonly rights: Readonly<Record<Role, string>>;
  readonly kind: string;
  readonly kinds: Readonly<Record<"password" | "single sign-on", string>>;
  readonly lastLogin: string;
  readonly never: string;
  readonly state: string;
  readonly active: string;
  readonly disabled: string;
  readonly you: string;
  readonly change: string;
  readonly changeOf: (name: string) => string;
  readonly add: string;
  readonly addTitle: string;
  readonly changeTitle: (name: string) => string;
  readonly password: string;
  readonly newPassword: string;
  readonly newPasswordHint: string;
  readonly addPasswordHint: string;
  readonly suggest: string;
  readonly mayLogIn: string;
  readonly taken: string;
  readonly badLogin: string;
  readonly endSessions: string;
  readonly ended: string;
  readonly lastAdministrator: string;
  readonly fromProvider: string;
}

export const usersWords: Words<UsersWords> = {
  en: {
    title: "Who may log in",
    off: "Accounts can be made ready here; they count when the server is started with --accounts or for other computers.",
    none: "There are no accounts yet",
    noneHint: "Add the first one, with the role Administrator.",
    name: "Name",
    login: "Login",
    loginHint: "Letters, digits and . _ - @",
    role: "Role",
    rights: {
      viewer: "sees the archive and links radiographs",
      annotator: "also labels, draws boxes and decides doubts",
      researcher: "also imports, trains, builds cohorts and exports",
      administrator: "also accounts, settings and the audit log",
    },
    kind: "Logs in",
    kinds: { password: "with a password", "single sign-on": "at the centre" },
    lastLogin: "Last login",
    never: "never",
    state: "State",
    active: "may log in",
    disabled: "disabled",
    you: "(you)",
    change: "Change",
    changeOf: (name) => `Change ${name}`,
    add: "Add an account",
    addTitle: "A new account",
    changeTitle: (name) => `Account of ${name}`,
    password: "Password",
    newPassword: "New password",
    newPasswordHint: "Leave it empty to keep the one there is. A new one ends the person's sessions.",
    addPasswordHint: "Give it to the person, who can change it under Settings.",
    suggest: "Suggest one",
    mayLogIn: "May log in",
    taken: "This login is taken.",
    badLogin: "Only letters, digits and . _ - @",
    endSessions: "End the person's sessions",
    ended: "The sessions have ended.",
    lastAdministrator: "This is the only administrator: role and access stay until there is another one.",
    fromProvider: "Name and role come from the centre's login and are renewed at every login.",
  },
  de: {
    title: "Wer sich anmelden darf",
    off: "Hier lassen sich Konten vorbereiten; sie gelten, sobald der Server mit --accounts oder für andere Rechner gestartet wird.",
    none: "Es gibt noch keine Konten",
    noneHint: "Legen Sie das erste an, mit der Rolle Verwalten.",
    name: "Name",
    login: "Benutzername",
    loginHint: "Buchstaben, Ziffern und . _ - @",
    role: "Rolle",
    rights: {
      viewer: "sieht das Archiv und verknüpft Röntgenbilder",
      annotator: "ordnet außerdem ein, zeichnet Rahmen und entscheidet Zweifel",
      researcher: "importiert, trainiert, baut Kohorten und exportiert außerdem",
      administrator: "verwaltet außerdem Konten, Einstellungen und das Zugriffsprotokoll",
    },
    kind: "Anmeldung",
    kinds: { password: "mit Passwort", "single sign-on": "über die Klinik" },
    lastLogin: "Letzte Anmeldung",
    never: "nie",
    state: "Zustand",
    active: "darf sich anmelden",
    disabled: "gesperrt",
    you: "(Sie)",
    change: "Ändern",
    changeOf: (name) => `${name} ändern`,
    add: "Konto anlegen",
    addTitle: "Neues Konto",
    changeTitle: (name) => `Konto von ${name}`,
    password: "Passwort",
    newPassword: "Neues Passwort",
    newPasswordHint: "Leer lassen, um das bisherige zu behalten. Ein neues beendet die Sitzungen der Person.",
    addPasswordHint: "Geben Sie es der Person; sie kann es unter Einstellungen ändern.",
    suggest: "Vorschlagen",
    mayLogIn: "Darf sich anmelden",
    taken: "Diesen Benutzernamen gibt es schon.",
    badLogin: "Nur Buchstaben, Ziffern und . _ - @",
    endSessions: "Sitzungen der Person beenden",
    ended: "Die Sitzungen sind beendet.",
    lastAdministrator: "Nur dieses Konto darf verwalten: Rolle und Zugang bleiben, bis es ein weiteres gibt.",
    fromProvider: "Name und Rolle kommen von der Anmeldung der Klinik und werden bei jeder Anmeldung erneuert.",
  },
};
