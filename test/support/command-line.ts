// The built command line as a user calls it: `node dist/node/cli.js …`.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type ServingLine, servingLine } from "../../server/contract/command-output.js";
import { manifest, repositoryRoot } from "./repository.js";

export const commandProgram = join(repositoryRoot, manifest.bin["cgi-workbench"] ?? "");

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}
export interface CommandOptions {
  readonly input?: Uint8Array;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Run as this user (and the group of the same number), which only root may ask for. */
  readonly uid?: number | undefined;
  /** Open files, instead of pipes. */
  readonly stdout?: number;
  readonly stderr?: number;
}

/** Runs a command to its end. */
export async function commandLine(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const child = startCommand(args, options);
  child.stdin?.on("error", () => {
    // EPIPE: the command did not want its input; its exit code tells.
  });
  child.stdin?.end(options.input ?? new Uint8Array());
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on("data", (bytes: Buffer) => stdout.push(bytes));
  child.stderr?.on("data", (bytes: Buffer) => stderr.push(bytes));
  const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (...how) => resolve(how));
  });
  return { exitCode, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

export interface Serving extends AsyncDisposable {
  /** What the one line said. */
  readonly ready: ServingLine;
  /** The started process; its pid may differ from the server's own, `ready.pid`. */
  readonly process: ChildProcess;
  readonly port: number;
  /** What was written to stderr so far. */
  words(): string;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** `serve … --json`, ready. */
export async function serve(args: readonly string[], options: CommandOptions = {}): Promise<Serving> {
  const child = startCommand(["serve", ...args, "--json"], options);
  let stderr = "";
  let rest = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal, stdout: Buffer.from(rest), stderr }));
  });
  if (!child.stdout) throw new Error("stdout is a pipe");
  const lines = createInterface({ input: child.stdout });
  const first = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("error", reject);
    void ended.then(({ exitCode }) =>
      reject(new Error(`serve ended with ${exitCode} before it was ready:\n${stderr}`)),
    );
  });
  lines.on("line", (line) => {
    rest += `${line}\n`;
  });
  const ready = servingLine.strict().parse(JSON.parse(first));
  let isStopped = false; // a second signal would end it before it has cleaned up
  const stop = async (signal: NodeJS.Signals = "SIGINT"): Promise<Ended> => {
    if (!isStopped && child.exitCode === null && child.signalCode === null) child.kill(signal);
    isStopped = true;
    return ended;
  };
  return {
    ready,
    process: child,
    port: Number(new URL(ready.scripts).port),
    words: () => stderr,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
}

/** A command with pipes, for what `commandLine` cannot do: it ends by itself, or is ended. */
export function startCommand(
  args: readonly string[],
  { cwd, env, uid, stdout, stderr }: CommandOptions = {},
): ChildProcess {
  return spawn(process.execPath, [commandProgram, ...args], {
    stdio: ["pipe", stdout ?? "pipe", stderr ?? "pipe"],
    env: env ?? process.env,
    ...(cwd !== undefined && { cwd }),
    ...(uid !== undefined && { uid, gid: uid }),
  });
}
