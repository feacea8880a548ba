/** What a browser does with an API, without the browser: keeps cookies, names its page, sends back the token of the session. */

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; throws where it is none. */
  json<T = Record<string, unknown>>(): T;
}

interface VisitOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Leaves out what a browser would add by itself. */
  readonly bare?: boolean;
}

export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #url: string;
  csrfToken: string | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  /** The address of the server. */
  get url(): string {
    return this.#url;
  }

  get(path: string, options: VisitOptions = {}): Promise<Answer> {
    return this.ask("GET", path, options);
  }

  post(path: string, body: unknown, options: VisitOptions = {}): Promise<Answer> {
    return this.ask("POST", path, { ...options, body });
  }

  /** Sends a request; a redirect is answered, not followed. */
  async ask(method: string, path: string, { body, headers = {}, bare = false }: VisitOptions = {}): Promise<Answer> {
    const isBytes = body instanceof Uint8Array || typeof body === "string";
    const usual: Record<string, string> = bare
      ? {}
      : {
          "sec-fetch-site": "same-origin",
          ...(method === "GET" ? {} : { origin: this.#url }),
          ...(this.csrfToken === null || method === "GET" ? {} : { "x-csrf-token": this.csrfToken }),
        };
    const response = await fetch(new URL(path, this.#url), {
      method,
      redirect: "manual",
      headers: {
        ...usual,
        ...(this.cookies.size > 0 ? { cookie: this.#cookieHeader() } : {}),
        ...(body === undefined ? {} : { "content-type": isBytes ? "application/octet-stream" : "application/json" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: isBytes ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  }

  /** Logs in; what was refused is answered as it is. */
  async logIn(login: string, password: string): Promise<Answer> {
    const answer = await this.post("/api/session", { login, password });
    if (answer.status === 200) this.csrfToken = answer.json<{ csrfToken: string }>().csrfToken;
    return answer;
  }

  #cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keep(line: string): void {
    const [pair = ""] = line.split(";", 1);
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}
