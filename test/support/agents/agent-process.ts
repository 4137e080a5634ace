// An agent by itself, without the pool: started on a socket of its own, asked over FastCGI by the product's client.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { joinAgent } from "../../../electron/launch/join-agents.mjs";
import { sendFastcgi } from "../../../server/client/send-fastcgi.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { RequestParams } from "../../../server/protocol/fastcgi/request-params.js";
import { waitFor } from "../wait-for.js";
import { interpreterPath } from "./interpreter.js";

/** Those that run unmodified scripts. */
export type AgentMode = "prefork" | "persistent";
export const agentModes: readonly AgentMode[] = ["prefork", "persistent"];

const languages = {
  python: { program: "python3", extension: "py" },
  perl: { program: "perl", extension: "pl" },
  ruby: { program: "ruby", extension: "rb" },
} as const;
export type AgentLanguage = keyof typeof languages;

export interface ScriptResult {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** 256 and the signal's number when it died of one. */
  readonly status: number | null;
  /** Why the request was not served to its end. */
  readonly failure: string | null;
}

export interface AgentOptions {
  readonly language: AgentLanguage;
  readonly mode: AgentMode | "wsgi" | "psgi" | "rack" | "handler";
  readonly script: string;
  /** Its path, if it is not the first in PATH. */
  readonly interpreter?: string;
  readonly options?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** What scripts find in their environment beside the request's variables. */
export const baseEnvironment = { PATH: process.env["PATH"] ?? "", PYTHONDONTWRITEBYTECODE: "1" };

/** A socket's file is there before anybody listens on it. */
export function canConnect(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("error", () => resolve(false)).once("connect", () => socket.end(() => resolve(true)));
  });
}

export class AgentProcess implements AsyncDisposable {
  readonly folder: string;
  readonly socketPath: string;
  readonly child: ChildProcess;
  #log = "";

  private constructor({ language, mode, script, interpreter, options = [], environment = {} }: AgentOptions) {
    const { program, extension } = languages[language];
    this.folder = mkdtempSync(join(tmpdir(), "cgi-workbench-agent-"));
    this.socketPath = join(this.folder, "agent.sock");
    const file = join(this.folder, `cgi-workbench-agent.${extension}`);
    writeFileSync(file, joinAgent(language));
    this.child = spawn(
      interpreter ?? interpreterPath(program),
      [file, `--mode=${mode}`, `--listen=unix:${this.socketPath}`, ...options, script],
      { stdio: ["ignore", "ignore", "pipe"], cwd: dirname(script), env: { ...baseEnvironment, ...environment } },
    );
    this.child.stderr?.on("data", (bytes: Buffer) => {
      this.#log += bytes.toString("latin1");
    });
  }

  static async start(options: AgentOptions): Promise<AgentProcess> {
    const agent = new AgentProcess(options);
    try {
      await waitFor("the agent listens", () => agent.#hasEnded || canConnect(agent.socketPath));
      if (agent.#hasEnded) throw new Error(`the agent ended: ${agent.log}`);
      return agent;
    } catch (error) {
      await agent[Symbol.asyncDispose]();
      throw error;
    }
  }

  get #hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** What it wrote outside of requests. */
  get log(): string {
    return this.#log;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** One request on a connection of its own. */
  async ask(
    variables: Readonly<Record<string, string>> = {},
    body: Uint8Array = new Uint8Array(0),
  ): Promise<ScriptResult> {
    const pairs = Object.entries({ REQUEST_METHOD: "GET", QUERY_STRING: "", ...variables });
    const params = new RequestParams(pairs.map(([name, value]) => [byteString(name), byteString(value)]));
    const [stdout, stderr]: [Uint8Array[], Uint8Array[]] = [[], []];
    const sent = await sendFastcgi({ kind: "unix", path: this.socketPath }, { role: "responder", params }, body, {
      captureBytes: 0,
      silenceMs: 60_000,
      into: null,
      onStdout: (bytes) => stdout.push(Uint8Array.from(bytes)),
      onStderr: (bytes) => stderr.push(Uint8Array.from(bytes)),
    });
    return {
      stdout: Buffer.concat(stdout),
      stderr: Buffer.concat(stderr),
      status: sent.fastcgi.appStatus,
      failure: sent.failure ? sent.failure.why.code : null,
    };
  }

  /** A connection for a test that writes records itself. */
  async connect(): Promise<Socket> {
    const socket = connect(this.socketPath);
    await once(socket, "connect");
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#hasEnded) {
      const ended = once(this.child, "exit");
      this.child.kill("SIGTERM");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
