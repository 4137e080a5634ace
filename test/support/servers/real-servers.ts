// The real servers that the profiles of server/servers are held against, each set up for one script as the product
// sets it up, but started for many requests.
import { chmodSync, existsSync } from "node:fs";
import { connect, type NetConnectOpts } from "node:net";
import type { ServerId } from "../../../server/contract/server-ids.js";
import { serverEnvironment } from "../../../server/features/servers/real/run-server.js";
import { prepare, setups, socketName } from "../../../server/features/servers/real/setups.js";
import { latin1 } from "../../../server/protocol/byte-string.js";
import { isListening, portForProgram } from "../free-port.js";
import { type ServerCommand, startServer } from "../server-process.js";
import { program, tempFolder } from "../temp-workspace.js";

export interface RealServer extends AsyncDisposable {
  /** The one that clients name; of a server at a socket no client sees it. */
  readonly port: number;
  /** It knows its client's address. */
  readonly knowsClient: boolean;
  /** What it sends, one character a byte. */
  exchange(wire: string): Promise<string>;
}

/** The programs that are not there. */
export const missingOf = (id: ServerId): string[] =>
  (setups[id]?.programs ?? ["a way to start it"]).filter((name) => program(name) === null);

/** Where every script of the cases lies below the document root. */
export const scriptName = "/cgi-bin/s.cgi";

/** `folder`: the document root. */
export async function startReal(id: ServerId, folder: string): Promise<RealServer> {
  const setup = setups[id];
  if (setup === undefined) throw new Error(`${id} is not started`);
  const port = await portForProgram();
  const own = tempFolder();
  for (const path of [own.path, folder]) chmodSync(path, 0o755);
  const script = { root: latin1(folder), scriptName: latin1(scriptName), file: latin1(folder + scriptName) };
  const place = { ...script, own: latin1(own.path), port, client: 0, setMail: [] };
  const prepared = await prepare(setup, place);
  const socket = own.file(socketName);
  const replaced = inTcp[id];
  if (replaced && existsSync(own.file("server.conf")))
    own.write("server.conf", replaced(own.read("server.conf"), socket, port));
  const commands = prepared.map(
    (words): ServerCommand => ({
      words:
        id === "busybox"
          ? ["busybox", "httpd", "-f", "-p", `127.0.0.1:${port}`, "-h", folder]
          : words.map((word) => (replaced ? replaced(word, socket, port) : word)),
      env: serverEnvironment(),
      stderr: { file: own.file("stderr") },
    }),
  );
  const at: NetConnectOpts = id in inTcp ? { port, host: "127.0.0.1" } : { path: socket };
  const isUp = async (): Promise<boolean> =>
    setup.ready.filter((name) => !(id in inTcp && name === socketName)).every((name) => existsSync(own.file(name))) &&
    ("path" in at || (await isListening(port)));
  const server = await startServer({ name: id, commands, isUp, own });
  return {
    port,
    knowsClient: "port" in at,
    exchange: (wire) => exchange(at, wire),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** How a configuration or a command's word says that the server listens at a port and answers everybody. */
const inTcp: Readonly<Partial<Record<ServerId, (text: string, socket: string, port: number) => string>>> = {
  apache: (text) => text.replace(/^Require expr.*$/m, "Require all granted"),
  lighttpd: (text, socket, port) =>
    text.replace(`server.bind = "${socket}"`, `server.bind = "127.0.0.1"\nserver.port = ${port}`),
  "nginx-fcgiwrap": (text, socket, port) => text.replace(`listen "unix:${socket}"`, `listen 127.0.0.1:${port}`),
  h2o: (text, socket, port) => text.replace(`{ port: "${socket}", type: unix }`, `{ host: 127.0.0.1, port: ${port} }`),
  caddy: (text, socket, port) =>
    text.replace("http:// {", `http://:${port} {`).replace(`bind "unix/${socket}"`, "bind 127.0.0.1"),
  uwsgi: (text, socket, port) => (text === socket ? `127.0.0.1:${port}` : text),
  busybox: (text) => text,
};

/** A server that leaves the connection open is cut off. */
const patienceMs = 8000;

function exchange(at: NetConnectOpts, wire: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ ...at, timeout: patienceMs });
    let received = "";
    const end = (): void => {
      socket.destroy();
      resolve(received);
    };
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
    });
    socket.once("error", end).once("close", end).once("timeout", end);
    socket.write(Buffer.from(wire, "latin1"));
  });
}
