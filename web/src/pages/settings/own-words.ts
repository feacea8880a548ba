import type { Words } from "../../shell/language.tsx";

interface OwnWords {
  readonly account: string;
  readonly noAccounts: string;
  readonly name: string;
  readonly role: string;
  readonly appearance: string;
  readonly perBrowser: string;
  readonly keys: string;
  readonly keysHint: string;
  readonly showKeys: string;
  readonly password: string;
  readonly elsewhere: string;
  readonly current: string;
  readonly next: string;
  readonly again: string;
  readonly nextHint: string;
  readonly change: string;
  readonly changed: string;
  readonly different: string;
  readonly wrong: string;
  readonly sessions: string;
  readonly browser: string;
  readonly begun: string;
  readonly used: string;
  readonly address: string;
  readonly here: string;
  readonly end: string;
  readonly endOf: (browser: string) => string;
  readonly everywhere: string;
  readonly everywhereHint: string;
  readonly unknownBrowser: string;
}

export const ownWords: Words<OwnWords> = {
  en: {
    account: "Account",
    noAccounts:
      "This server asks for no accounts: it answers at this machine only, and whoever works here may do everything.",
    name: "Name",
    role: "Role",
    appearance: "Language and appearance",
    perBrowser: "Kept in this browser.",
    keys: "Keyboard",
    keysHint:
      "Everything can be done by keyboard. The list shows the keys of the page where you are, and lets you turn single letters off.",
    showKeys: "Show the keyboard shortcuts",
    password: "Change the password",
    elsewhere: "You log in at the centre; your password is changed there.",
    current: "Current password",
    next: "New password",
    again: "New password again",
    nextHint: "At least 12 signs; a short sentence is a good password. Your other sessions end.",
    change: "Change the password",
    changed: "The password is changed. Your other sessions have ended.",
    different: "The two new passwords are not the same.",
    wrong: "The current password is wrong.",
    sessions: "Where you are logged in",
    browser: "Browser",
    begun: "Since",
    used: "Last used",
    address: "Address",
    here: "This browser",
    end: "End",
    endOf: (browser) => `End the session in ${browser}`,
    everywhere: "Log out everywhere",
    everywhereHint: "Ends this session too.",
    unknownBrowser: "Unknown browser",
  },
  de: {
    account: "Konto",
    noAccounts:
      "Dieser Server verlangt keine Konten: Er antwortet nur an diesem Rechner, und wer hier arbeitet, darf alles.",
    name: "Name",
    role: "Rolle",
    appearance: "Sprache und Darstellung",
    perBrowser: "Gilt für diesen Browser.",
    keys: "Tastatur",
    keysHint:
      "Alles lässt sich mit der Tastatur bedienen. Die Liste zeigt die Tasten der Seite, auf der Sie sind; einzelne Buchstaben lassen sich dort abschalten.",
    showKeys: "Tastenkürzel anzeigen",
    password: "Passwort ändern",
    elsewhere: "Sie melden sich über die Klinik an; das Passwort wird dort geändert.",
    current: "Bisheriges Passwort",
    next: "Neues Passwort",
    again: "Neues Passwort wiederholen",
    nextHint: "Mindestens 12 Zeichen; ein kurzer Satz ist ein gutes Passwort. Ihre anderen Sitzungen enden.",
    change: "Passwort ändern",
    changed: "Das Passwort ist geändert. Ihre anderen Sitzungen sind beendet.",
    different: "Die beiden neuen Passwörter stimmen nicht überein.",
    wrong: "Das bisherige Passwort ist falsch.",
    sessions: "Wo Sie angemeldet sind",
    browser: "Browser",
    begun: "Seit",
    used: "Zuletzt benutzt",
    address: "Adresse",
    here: "Dieser Browser",
    end: "Beenden",
    endOf: (browser) => `Sitzung in ${browser} beenden`,
    everywhere: "Überall abmelden",
    everywhereHint: "Beendet auch diese Sitzung.",
    unknownBrowser: "Unbekannter Browser",
  },
};
