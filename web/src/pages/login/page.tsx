/** The login page: shown at any address while accounts are asked for and nobody has logged in. */

import { useEffect } from "react";
import { useLocation, useSearchParams } from "react-router";
import { useWords } from "../../shell/language.tsx";
import { LanguageChoice } from "../../shell/language-choice.tsx";
import { useSession } from "../../shell/session.tsx";
import "../../shell/theme.ts"; // shows the appearance that was chosen in this browser
import { shellWords } from "../../shell/words.ts";
import styles from "./login.module.css";
import { LoginForm } from "./login-form.tsx";
import { loginTroubles, loginWords } from "./words.ts";

const LoginPage = () => {
  const words = useWords(loginWords);
  const { disclaimer } = useWords(shellWords);
  const { centre, singleSignOn } = useSession();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  useEffect(() => {
    document.title = `${words.title} – Osteon`;
  }, [words.title]);
  const trouble = loginTroubles.find((one) => one === search.get("login"));
  const way = /^\/([a-z][a-z/-]{0,99})?$/.test(pathname) ? `?to=${encodeURIComponent(pathname)}` : "";
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <span>
          <span className={styles.name}>Osteon</span> <span className={styles.centre}>{centre}</span>
        </span>
        <LanguageChoice />
      </header>
      <main className={styles.main}>
        <div className={styles.card}>
          <h1>{words.title}</h1>
          {trouble && (
            <p role="alert" className={styles.trouble}>
              {words.troubles[trouble]}
            </p>
          )}
          {singleSignOn !== null && (
            <>
              <a className={styles.centreLogin} href={`/api/session/single-sign-on${way}`}>
                {singleSignOn}
              </a>
              <p className={styles.or}>{words.or}</p>
            </>
          )}
          <LoginForm />
          <p className={styles.forgotten}>{words.forgotten}</p>
        </div>
      </main>
      <footer className={styles.foot}>{disclaimer}</footer>
    </div>
  );
};

export default LoginPage;
