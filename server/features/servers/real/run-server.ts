// One run of a real server: it is started for a single request in a private folder, and ends with its response or after
// 10 s.
import { type ChildProcessWithoutNullStreams as Running, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { addAbortSignal, Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { errorCode } from "../../../base/disk.js";
import { listen } from "../../../base/listen.js";
import { inTemporaryFolder } from "../../../base/temporary-folder.js";
import { ResponseEnd } from "../../../client/response-end.js";
import type { Message } from "../../../contract/message.js";
import { fromBytes, utf8 } from "../../../protocol/byte-string.js";
import { writeSendmail } from "../../../runners/mail/mail-catcher.js";
import { serverMessage } from "../../../servers/messages.js";
import { findProgram } from "../../../workspace/interpreters/interpreters.js";
import { errorLog, prepare, type ScriptPlace, type Setup, socketName, wrapSocket } from "./setups.js";
import { bindSourcePort } from "./source-port.js";

/** For the response, from the request on; and for the server to listen, of which Go needs the most, to be built. */
const answerMs = 10_000;
const startMs = 60_000;
const lookMs = 15;
/** Between TERM and KILL. */
const graceMs = 1000;
const maxResponseBytes = 16 << 20;

export interface Answered {
  readonly response: Uint8Array;
  /** It did not end within 10 s, or is larger than 16 MiB. */
  readonly isCut: boolean;
  /** Sentences of its log about the request. */
  readonly log: readonly string[];
}

/**
 * A login's own variables are left out: the servers of a machine run as another user. `mail`: the folder whose sendmail
 * comes first.
 */
export const serverEnvironment = (mail: string | null = null) => ({
  PATH: `${mail === null ? "" : `${mail}:`}${process.env["PATH"] ?? ""}:/usr/local/sbin:/usr/sbin:/sbin`,
  ...(mail === null ? {} : { PHP_INI_SCAN_DIR: `:${mail}/php`, SMTP_HOST: "caught.invalid", SMTP_PORT: "25" }),
  ...(process.env["HOME"] === undefined ? {} : { HOME: process.env["HOME"] }), // Go keeps what it has built there
});

interface Run {
  readonly setup: Setup;
  readonly script: ScriptPlace;
  readonly request: Uint8Array;
  readonly catchesMail: boolean;
  readonly signal: AbortSignal;
}

/** Sends the bytes of one request. A message: why it could not be asked. @throws the signal's reason */
export const runServer = (run: Run): Promise<Answered | Message> =>
  run.catchesMail
    ? inTemporaryFolder("sendmail", async (mail) => {
        await chmod(mail, 0o755); // root's Apache runs scripts as another user
        writeSendmail(mail);
        return runIn(run, mail);
      })
    : runIn(run, null);

const runIn = ({ setup, script, request, signal }: Run, mail: string | null) =>
  inTemporaryFolder("server", async (own): Promise<Answered | Message> => {
    const source = setup.listens === "port" ? await bindSourcePort() : null;
    if (setup.listens === "port" && source === null) return serverMessage("no-source-port");
    const port = source === null ? 0 : await freePort();
    const env = serverEnvironment(mail);
    const setMail = mail === null ? [] : (["PATH", "PHP_INI_SCAN_DIR", "SMTP_HOST", "SMTP_PORT"] as const);
    const commands = await prepare(setup, { ...script, own: utf8(own), port, client: source?.port ?? 0, setMail });
    const said: Uint8Array[] = [];
    const running = commands.map((words) => start(words, own, env, said));
    try {
      if (setup.listens !== "stdio") for (const { stdout } of running) stdout.resume();
      const files = setup.ready.map((name) => join(own, name));
      const why = await whyNotReady(running, files, signal, said);
      if (why !== null) return why;
      // What a server passes requests to must listen, too, or it answers that nothing does.
      for (const file of files.filter((one) => one.endsWith(wrapSocket))) (await atSocket(file, signal)).destroy();
      const [first] = running;
      const connection =
        source?.connect(port) ??
        (setup.listens === "stdio" && first !== undefined
          ? Duplex.from({ readable: first.stdout, writable: first.stdin })
          : await atSocket(join(own, socketName), signal));
      const answered = await exchange(connection, request, signal);
      await end(running);
      return { ...answered, log: await logOf(setup, own, said) };
    } finally {
      source?.close();
      await end(running);
    }
  });

/** In a session of its own, and for a limited time even if the workbench is killed. */
function start(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv, said: Uint8Array[]): Running {
  const [program = "", ...args] = [...limited(), ...words.map((word) => Buffer.from(word, "latin1").toString())];
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  child.on("error", (error) => said.push(Buffer.from(`${error.message}\n`)));
  child.stderr.on("data", (bytes: Uint8Array) => said.push(bytes));
  child.stdin.on("error", () => child.stdin.destroy()); // it has ended, which its own event tells
  return child;
}

const limited = (): readonly string[] =>
  findProgram("timeout", serverEnvironment().PATH) === null
    ? []
    : ["timeout", "-k", `${graceMs / 1000}`, `${(startMs + answerMs) / 1000 + 1}`];

const hasEnded = ({ exitCode, signalCode, pid }: Running): boolean =>
  exitCode !== null || signalCode !== null || pid === undefined;

/** Null: it is. */
async function whyNotReady(
  running: readonly Running[],
  files: readonly string[],
  signal: AbortSignal,
  said: readonly Uint8Array[],
): Promise<Message | null> {
  for (const until = performance.now() + startMs; !files.every((file) => existsSync(file)); ) {
    await delay(lookMs, undefined, { signal });
    if (!running.some(hasEnded) && performance.now() <= until) continue;
    const systemText = Buffer.concat(said).toString().trim().slice(-500);
    return serverMessage("server-not-started", { systemText });
  }
  return null;
}

/** A socket's file is there a moment before anything listens at it. */
async function atSocket(path: string, signal: AbortSignal): Promise<Duplex> {
  for (;;) {
    const socket = connect(path);
    try {
      await once(socket, "connect", { signal });
      return socket;
    } catch (error) {
      socket.destroy();
      if (errorCode(error) !== "ECONNREFUSED") throw error;
      await delay(lookMs, undefined, { signal });
    }
  }
}

/** An error of the connection is its end. @throws the signal's reason */
async function exchange(connection: Duplex, request: Uint8Array, signal: AbortSignal): Promise<Omit<Answered, "log">> {
  const response: Uint8Array[] = [];
  const reader = new ResponseEnd();
  const patience = AbortSignal.timeout(answerMs);
  addAbortSignal(AbortSignal.any([signal, patience]), connection);
  connection.write(request);
  let left = maxResponseBytes;
  try {
    for await (const chunk of connection) {
      const part: Uint8Array = chunk;
      response.push(part);
      left -= part.length;
      if (reader.push(part) || left < 0) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (errorCode(error) === "") throw error;
  }
  return { response: Buffer.concat(response), isCut: patience.aborted || left < 0 };
}

/** TERM to its session, and KILL to what is left of it. */
async function end(running: readonly Running[]): Promise<void> {
  for (const name of ["SIGTERM", "SIGKILL"] as const) {
    for (const { pid } of running) if (pid !== undefined) kill(-pid, name);
    await Promise.race([Promise.all(running.map(closed)), delay(graceMs)]);
  }
}

const closed = async (child: Running): Promise<void> => {
  if (!hasEnded(child)) await once(child, "exit");
};

function kill(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(group, name);
  } catch (error) {
    if (errorCode(error) !== "ESRCH") throw error; // all of it has ended
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, { host: "127.0.0.1", port: 0 });
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function logOf({ logFrame, logNoise }: Setup, own: string, said: readonly Uint8Array[]): Promise<string[]> {
  const files = [errorLog, "stderr.log"].map((name) => join(own, name)).filter((path) => existsSync(path));
  const texts = [...(await Promise.all(files.map((path) => readFile(path)))), ...said].map((bytes) => fromBytes(bytes));
  return texts
    .join("")
    .split("\n")
    .filter((line) => line !== "" && !logNoise.test(line))
    .map((line) => line.replace(logFrame, ""));
}
