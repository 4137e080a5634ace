// Browser mode's other half: runs in the launcher (electron/launch, which loads the built file), forks the
// server and keeps it alive. The launcher listens for the window and passes each connection on, so the port is
// never free while a server restarts, and no other program can take it. The token stays in these two
// processes: the next server knows the open pages.
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { entry } from "../base/built-files.js";
import { keepMemoryPrivate } from "../spawn/native/private-memory.js";
import { fromServer } from "./messages.js";
import { type ServerChild, Supervisor, type SupervisorOptions } from "./supervisor.js";
import { listenForWindow, portOf } from "./window-port.js";

const host = "127.0.0.1";
/** Connections that wait for a server. More are cut: the page tries again. */
const maxWaiting = 64;

interface BrowserShellOptions extends Pick<SupervisorOptions<Socket>, "workspace" | "onReady" | "onNotOpened"> {
  /** For the window; 0: the remembered one, or any if that is not free. */
  readonly port: number;
  /** Host and port of the page's address, if another server gives out the page. */
  readonly page: string | null;
  /** How long the address that `onReady` gets is good; null: until it is used. */
  readonly linkLifeMs: number | null;
}
interface BrowserShell {
  restart(): void;
  stop(): Promise<void>;
}

/** Starts the server; `onReady` is called each time one is up, with an address until a window was opened. */
export async function startBrowserShell({
  port,
  page,
  linkLifeMs,
  onReady,
  ...options
}: BrowserShellOptions): Promise<BrowserShell> {
  await keepMemoryPrivate();
  const listener = createServer({ pauseOnConnect: true });
  listener.setMaxListeners(0); // Node adds some for each process that gets connections
  await listenForWindow(listener, host, port);
  const waiting = new Set<Socket>();
  const supervisor = new Supervisor<Socket>({
    ...options,
    fork: forkNode,
    ui: {
      authority: `${host}:${portOf(listener)}`,
      page,
      token: randomBytes(16).toString("base64url"),
      linkLifeMs,
    },
    onReady: (ui) => {
      for (const socket of waiting) supervisor.givePort(() => socket);
      waiting.clear();
      onReady(ui);
    },
  });
  listener.on("connection", (socket) => {
    socket.on("error", () => socket.destroy()); // a client that went away
    if (supervisor.givePort(() => socket)) return;
    if (waiting.size >= maxWaiting) return void socket.destroy();
    waiting.add(socket);
    socket.once("close", () => waiting.delete(socket));
  });
  supervisor.start();
  return {
    restart: () => supervisor.restart(),
    stop: async () => {
      listener.close();
      for (const socket of waiting) socket.destroy();
      await supervisor.stop();
    },
  };
}

function forkNode(): ServerChild<Socket> {
  const child: ChildProcess = fork(entry("browser"), [], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  // Node never closes a connection that a process did not take before it died. So this process keeps each one open
  // until the other has it, and closes what it keeps when the other has died: the page then connects again.
  const passed = new Map<number, Socket>();
  let lastNumber = 0;
  child.on("message", (data) => {
    const message = fromServer.parse(data);
    if (message.kind !== "accepted") return;
    passed.get(message.connection)?.destroy();
    passed.delete(message.connection);
  });
  child.once("exit", () => {
    for (const socket of passed.values()) socket.destroy();
  });
  return {
    post: (message, [socket]) => {
      // A process that has just died cannot hear; its exit is told anyway.
      if (!child.connected) return void socket?.destroy();
      if (!socket) return void child.send(message, () => undefined);
      const connection = ++lastNumber;
      passed.set(connection, socket);
      child.send({ ...message, connection }, socket, { keepOpen: true }, () => undefined);
    },
    onMessage: (listener) => child.on("message", listener),
    onExit: (listener) => {
      child.once("exit", (code, signal) => listener(signal ?? `exit code ${code}`));
      // It never started: no exit follows.
      child.once("error", (error) => child.pid === undefined && listener(error.message));
    },
    kill: () => child.kill("SIGKILL"),
  };
}
