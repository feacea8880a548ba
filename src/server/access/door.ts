/** How the server is reached: on which terms people come in, and by which names and proxies. */

/** The terms of the server's door. */
export interface Door {
  /** Whether people must log in. */
  readonly accounts: boolean;
  /** Whether browsers come over TLS, to this server or to the proxy before it. */
  readonly secure: boolean;
  /** Where browsers reach the server, such as `https://osteon.example.org`; null where they come by any of its names. */
  readonly publicUrl: URL | null;
  /** The addresses of proxies that tell who asked; empty where there is none. */
  readonly proxies: readonly string[];
}

/** On loopback, for who works at this machine. */
export const loopbackDoor: Door = { accounts: false, secure: false, publicUrl: null, proxies: [] };
