// Starts processes with child_process, behind the same interface, if the native start does not work. `portableLimits`
// says what it lacks, for the user; the tests know too. Windows is UNTESTED.
import { isUtf8 } from "node:buffer";
import { Socket } from "node:net";
import type { ByteString } from "../contract/bytes-text.js";
import { startMessage } from "./messages.js";
import { errno } from "./native/errno.js";
import { fromSocket } from "./pipes/socket-source.js";
import { StreamSink } from "./pipes/stream-sink.js";
import { hasExecutableFormat } from "./portable/executable-format.js";
import { RawChildProcess, type RawSpawnOptions } from "./portable/raw-child-process.js";
import { refused, refuseNul, refuseWhenDisposed } from "./refusal.js";
import { retryWhileBusy } from "./retry-while-busy.js";
import { ChildRegistry } from "./sessions/child-registry.js";
import { hasGroup, type MayHaveMembers } from "./sessions/session.js";
import { StartedChild } from "./sessions/started-child.js";
import { openTableFile, Watchdog, type WatchdogProcess, watchdogScript } from "./sessions/watchdog.js";
import { type Child, type ChildEvents, StartError, type Starter, type StartOptions } from "./start.js";
import { toDisplay } from "./to-display.js";

/** What scripts and traces lack, a sentence. */
export const portableLimits =
  "A script that opens /dev/stdin, /dev/stdout or /dev/stderr fails (they are sockets), environment bytes that are not UTF-8 are replaced, descriptors the server itself inherited may reach the script, and CPU time and memory are not known.";

/** Node cannot ask for a session. On macOS the process table cannot either: it shows groups as sessions. */
const mayHaveMembers: MayHaveMembers =
  process.platform === "linux" ? () => true : process.platform === "win32" ? () => false : hasGroup;

export class PortableStarter implements Starter {
  readonly kind = "portable";
  readonly #living: ChildRegistry;

  constructor() {
    this.#living = new ChildRegistry(
      process.platform === "win32" ? null : new Watchdog(openTableFile(), startWatchdog),
    );
  }

  async start(options: StartOptions, events: ChildEvents): Promise<Child> {
    return retryWhileBusy(() => this.#start(options, events));
  }

  dispose(): Promise<void> {
    return this.#living.dispose();
  }

  /** @throws StartError */
  #start(options: StartOptions, events: ChildEvents): Child {
    refuseWhenDisposed(this.#living.isDisposed);
    refuseNul([options.file, options.cwd, ...options.argv, ...options.env]);
    refuseNonUtf8([options.file, options.cwd, ...options.argv]);
    const file = toDisplay(options.file);
    const spawned = spawnNow(options.file, {
      file,
      args: options.argv.map(toDisplay),
      envPairs: options.env.map(toDisplay),
      cwd: toDisplay(options.cwd),
      detached: true,
      stdio: [
        typeof options.stdin === "object" ? options.stdin.descriptor : options.stdin === "pipe" ? "pipe" : "ignore",
        "pipe",
        "pipe",
      ],
      windowsHide: true,
    });
    const streams = {
      stdin: options.stdin === "pipe" ? new StreamSink(socket(spawned.stdin), () => events.stdinDrain()) : null,
      stdout: fromSocket(socket(spawned.stdout)),
      stderr: fromSocket(socket(spawned.stderr)),
    };
    if (spawned.pid === undefined) throw new TypeError("child_process gave no pid for a start it did not refuse");
    const child = new StartedChild(spawned.pid, streams, events, this.#living.step, mayHaveMembers);
    this.#living.add(child);
    spawned.on("exit", (exitCode, signal) =>
      child.exited({ exitCode, signal, userMs: null, systemMs: null, maxRssKb: null }, performance.now()),
    );
    return child;
  }
}

/** @throws StartError */
function spawnNow(file: ByteString, options: RawSpawnOptions): RawChildProcess {
  if (process.platform !== "win32" && !hasExecutableFormat(options.file)) throw refused(errno.ENOEXEC, file);
  const child = new RawChildProcess();
  const number = child.trySpawn(options);
  if (number !== 0) throw refused(number, file);
  return child;
}

function socket(stream: unknown): Socket {
  if (stream instanceof Socket) return stream;
  throw new TypeError("child_process gave no socket for a pipe");
}

function refuseNonUtf8(strings: readonly ByteString[]): void {
  for (const text of strings) {
    if (!isUtf8(Buffer.from(text, "latin1")))
      throw new StartError("EILSEQ", startMessage("not-utf-8", { text: toDisplay(text) }));
  }
}

function startWatchdog(table: number, onExit: () => void): WatchdogProcess {
  const child = new RawChildProcess();
  const number = child.trySpawn({
    file: "/bin/sh",
    args: ["sh", "-c", watchdogScript],
    envPairs: ["PATH=/usr/bin:/bin"],
    cwd: "/",
    detached: true,
    stdio: ["pipe", table, "ignore"],
    windowsHide: true,
  });
  if (number !== 0) throw new Error(`The watchdog cannot be started: error ${number}`);
  child.on("exit", onExit);
  child.unref();
  const pipe = socket(child.stdin);
  pipe.on("error", () => {
    // the watchdog has exited: "exit" reports it
  });
  pipe.unref();
  return { release: () => void pipe.destroy() };
}
