/** A real Orthanc in a temporary folder, for tests and benches: with DICOMweb, behind a password, killed and started again at will. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const program = ["/usr/sbin/Orthanc", "/usr/bin/Orthanc"].find(existsSync);
const plugin = ["/usr/share/orthanc/plugins/libOrthancDicomWeb.so", "/usr/lib/orthanc/libOrthancDicomWeb.so"].find(
  existsSync,
);

/** Whether Orthanc and its DICOMweb plugin are installed (Debian: orthanc, orthanc-dicomweb). */
export const hasOrthanc = program !== undefined && plugin !== undefined;

/** A port of this machine that is free now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** Who an Orthanc knows besides itself. */
export interface OrthancOptions {
  readonly folder: string;
  /** AE titles with their ports on this machine. */
  readonly modalities?: Readonly<Record<string, number>>;
}

export const orthancUser = "archivist";
export const orthancPassword = "only-for-this-test";

/** A running Orthanc. */
export class OrthancProcess {
  readonly dicomPort: number;
  readonly httpPort: number;
  readonly aeTitle = "ORTHANC";
  readonly #configuration: string;
  #child: ChildProcess | undefined;
  #log = "";

  private constructor(configuration: string, ports: { readonly dicom: number; readonly http: number }) {
    this.#configuration = configuration;
    this.dicomPort = ports.dicom;
    this.httpPort = ports.http;
  }

  /** Starts an Orthanc with an archive in a folder. */
  static async start({ folder, modalities = {} }: OrthancOptions): Promise<OrthancProcess> {
    const ports = { dicom: await freePort(), http: await freePort() };
    await mkdir(folder, { recursive: true });
    const configuration = join(folder, "orthanc.json");
    const content = {
      Name: "Archive",
      StorageDirectory: join(folder, "storage"),
      IndexDirectory: join(folder, "storage"),
      Plugins: [plugin],
      HttpPort: ports.http,
      RemoteAccessAllowed: false,
      AuthenticationEnabled: true,
      RegisteredUsers: { [orthancUser]: orthancPassword },
      DefaultEncoding: "Utf8",
      DicomPort: ports.dicom,
      DicomAet: "ORTHANC",
      DicomCheckCalledAet: true,
      DicomAlwaysAllowStore: true,
      DicomModalities: Object.fromEntries(
        Object.entries(modalities).map(([title, port]) => [title, [title, "127.0.0.1", port]]),
      ),
      DicomWeb: { Enable: true, Root: "/dicom-web/", EnableWado: false, Ssl: false },
    };
    await writeFile(configuration, JSON.stringify(content));
    const orthanc = new OrthancProcess(configuration, ports);
    await orthanc.restart();
    return orthanc;
  }

  /** The root of its DICOMweb services. */
  get dicomWebUrl(): string {
    return `http://127.0.0.1:${this.httpPort}/dicom-web`;
  }

  /** Starts it, after a kill, on the same archive and ports. */
  async restart(): Promise<void> {
    const child = spawn(program!, [this.#configuration], { stdio: ["ignore", "ignore", "pipe"] });
    this.#child = child;
    const endWithUs = (): void => void child.kill("SIGKILL");
    process.once("exit", endWithUs);
    child.once("exit", () => process.removeListener("exit", endWithUs));
    this.#log = "";
    child.stderr.on("data", (chunk) => {
      this.#log = (this.#log + chunk).slice(-4000);
    });
    for (let tries = 0; tries < 300; tries++) {
      if (child.exitCode !== null) break;
      const system = await this.request("/system").catch(() => undefined);
      if (system?.ok) return;
      await sleep(50);
    }
    throw new Error(`Orthanc did not start:\n${this.#log}`);
  }

  /** Asks its own REST interface. */
  request(path: string, init: RequestInit = {}): Promise<Response> {
    const basic = Buffer.from(`${orthancUser}:${orthancPassword}`).toString("base64");
    return fetch(`http://127.0.0.1:${this.httpPort}${path}`, {
      ...init,
      headers: { authorization: `Basic ${basic}` },
    });
  }

  /** Ends it at once, as a power cut would. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }
}
