import type { Words } from "../../shell/language.tsx";

/** Why there is nobody at the browser, as the way back from an identity provider tells it. */
export const loginTroubles = ["failed", "refused", "late", "busy", "unreachable"] as const;
export type LoginTrouble = (typeof loginTroubles)[number];

interface LoginWords {
  readonly title: string;
  readonly login: string;
  readonly password: string;
  readonly enter: string;
  readonly entering: string;
  readonly or: string;
  readonly wrong: string;
  readonly wait: (seconds: number) => string;
  readonly forgotten: string;
  readonly troubles: Readonly<Record<LoginTrouble, string>>;
}

export const loginWords: Words<LoginWords> = {
  en: {
    title: "Log in",
    login: "Login",
    password: "Password",
    enter: "Log in",
    entering: "Logging in ...",
    or: "or",
    wrong: "Login or password is wrong.",
    wait: (seconds) => `Too many failed attempts. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
    forgotten: "Forgotten your password? An administrator can give you a new one.",
    troubles: {
      failed: "The centre's login did not vouch for you. Please try again.",
      refused: "You are known to the centre's login, but have no role here. Ask an administrator.",
      late: "Logging in took too long or cookies are turned off. Please try again.",
      busy: "Too many failed attempts. Please wait a few minutes.",
      unreachable: "The centre's login does not answer. Please try again later.",
    },
  },
  de: {
    title: "Anmelden",
    login: "Benutzername",
    password: "Passwort",
    enter: "Anmelden",
    entering: "Anmeldung läuft ...",
    or: "oder",
    wrong: "Benutzername oder Passwort ist falsch.",
    wait: (seconds) =>
      `Zu viele Fehlversuche. Versuchen Sie es in ${seconds} ${seconds === 1 ? "Sekunde" : "Sekunden"} erneut.`,
    forgotten: "Passwort vergessen? Die Administration kann ein neues vergeben.",
    troubles: {
      failed: "Die Anmeldung der Klinik hat Sie nicht bestätigt. Bitte versuchen Sie es erneut.",
      refused: "Die Anmeldung der Klinik kennt Sie, aber Sie haben hier keine Rolle. Fragen Sie die Administration.",
      late: "Die Anmeldung hat zu lange gedauert, oder Cookies sind abgeschaltet. Bitte versuchen Sie es erneut.",
      busy: "Zu viele Fehlversuche. Bitte warten Sie einige Minuten.",
      unreachable: "Die Anmeldung der Klinik antwortet nicht. Bitte versuchen Sie es später erneut.",
    },
  },
};
