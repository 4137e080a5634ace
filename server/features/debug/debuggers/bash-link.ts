// The debugger of bash talks through named pipes, in the few commands of server/agents/debug/bash. Here they become
// what the protocol asks for.
import { execFile } from "node:child_process";
import { constants, openSync, rmSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { Socket } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { errorCode } from "../../../base/disk.js";
import { SerialQueue } from "../../../base/serial-queue.js";
import { type AgentEndpoint, type AgentEvents, type AgentLink, type AgentResponse, gone } from "./agent-link.js";
import { type Declared, declared } from "./bash-values.js";
import { coded } from "./coded.js";
import { frameOf, scopeOf } from "./frames.js";
import { pathForOneUse } from "./path-for-one-use.js";
import type { WantedBreakpoint, WantedEntry, WantedExpression } from "./request-arguments.js";
import { Refusal, type Step, TranslatedLink, type Value } from "./translated-link.js";

/** Rejects with the system's error. */
export async function pipeEndpoint(events: AgentEvents): Promise<AgentEndpoint> {
  const path = await pathForOneUse();
  await mkdir(path, { mode: 0o700 });
  try {
    await promisify(execFile)("mkfifo", ["-m", "600", ...["in", "out", "turn"].map((name) => join(path, name))]);
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
  const link = new BashLink(path, events);
  return { path, linked: link.linked, close: () => link.closeUnlessLinked() };
}

const steps: Readonly<Record<Step, string>> = { continue: "run", next: "over", stepIn: "in", stepOut: "out" };
const variablesReference = 1;
/** More are not the debugger's: the script writes into its pipe. */
const maxRecordLength = 1 << 20;
const maxRecords = 10_000;

class BashLink extends TranslatedLink {
  readonly linked: Promise<AgentLink | null>;
  readonly closed: Promise<void>;
  readonly #folder: string;
  readonly #in: Socket;
  readonly #out: Socket;
  #rest = "";
  readonly #records: string[] = [];
  #wake: () => void = () => {};
  #link: (link: AgentLink | null) => void = () => {};
  #isLinked = false;
  #isClosed = false;
  protected isStopped = false;
  #pauses = false;
  #entryReason: "entry" | null = null;
  #step = "run";
  readonly #breakpoints = new Map<string, readonly WantedBreakpoint[]>();
  #arrays: (readonly Declared[])[] = [];
  /** The byte that is looked for; null: none, or no longer. */
  #offset: number | null = null;
  /** Where the command before stands, as the script's other processes see it too. */
  #before: readonly string[] = [];
  /** The command that wrote the byte; null: the script has stopped for another reason. */
  #writer: readonly string[] | null = null;
  readonly #turns = new SerialQueue();

  constructor(folder: string, events: AgentEvents) {
    super(events);
    this.#folder = folder;
    const into = openSync(join(folder, "in"), constants.O_RDWR | constants.O_NONBLOCK);
    this.#in = new Socket({ fd: into, readable: false, writable: true });
    const out = openSync(join(folder, "out"), constants.O_RDONLY | constants.O_NONBLOCK);
    this.#out = new Socket({ fd: out, readable: true, writable: false });
    this.linked = new Promise((resolve) => {
      this.#link = resolve;
    });
    this.#out.setEncoding("utf8").on("data", (text: string) => this.#read(text));
    this.#out.on("error", () => this.#out.destroy());
    this.closed = new Promise((resolve) => {
      this.#out.once("close", () => {
        this.#isClosed = true;
        rmSync(folder, { recursive: true, force: true });
        this.#in.destroy();
        this.#link(null);
        this.#wake();
        resolve();
      });
    });
  }

  closeUnlessLinked(): void {
    if (!this.#isLinked) this.close();
  }

  close(): void {
    // First of all: a process that looks for the debugger must not write to a pipe that nobody reads.
    rmSync(this.#folder, { recursive: true, force: true });
    this.#out.destroy();
  }

  request(command: string, args: unknown): Promise<AgentResponse> {
    return this.#turns.run(() => (this.#isClosed ? gone : this.answer(command, args)));
  }

  protected async begin({ stopOnEntry, stopAtByte }: WantedEntry): Promise<void> {
    this.#entryReason = stopOnEntry ? "entry" : null;
    this.#offset = stopAtByte?.offset ?? null;
    if (stopAtByte) this.#send("count");
    this.#resume(stopOnEntry ? "in" : "run");
  }

  protected async step(how: Step): Promise<void> {
    this.#entryReason = null;
    this.#resume(steps[how]);
  }

  protected async pause(): Promise<void> {
    this.#pauses = true;
    await this.#askAttention();
  }

  protected async leave(): Promise<void> {
    if (this.isStopped) this.#resume("free");
    else await this.#askAttention();
    this.#breakpoints.clear();
    this.#step = "free";
  }

  protected async stopUncaught(): Promise<void> {} // bash raises no exceptions

  protected async scopes(): Promise<DebugProtocol.Scope[]> {
    return [scopeOf("Variables", variablesReference)];
  }

  protected async evaluate({ expression, context }: WantedExpression): Promise<Value> {
    const value = await this.#ask(`${context === "repl" ? "do" : "value"} ${coded(expression)}`);
    return { value, variablesReference: 0 };
  }

  protected async place(path: string, breakpoints: readonly WantedBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    this.#breakpoints.set(path, breakpoints);
    if (this.isStopped) await this.#sendBreakpoints();
    else await this.#askAttention();
    return breakpoints.map(({ line }) => ({ verified: true, line }));
  }

  async #sendBreakpoints(): Promise<void> {
    const all = [...this.#breakpoints].flatMap(([path, list]) => list.map(({ line }) => coded(`${path}:${line}`)));
    await this.#ask(["break", ...all].join(" "));
  }

  protected async stack(): Promise<DebugProtocol.StackFrame[]> {
    const [name = "main", path = "", line = "0", ...rest] = this.#writer ?? (await this.#list("stack"));
    const frames = [frameOf(1, name, path, Number(line))];
    for (let at = 0; at + 2 < rest.length; at += 3)
      frames.push(frameOf(frames.length + 1, rest[at] ?? "", rest[at + 1] ?? "", Number(rest[at + 2])));
    return frames;
  }

  protected async variables(reference: number): Promise<DebugProtocol.Variable[]> {
    const all =
      reference === variablesReference
        ? (await this.#list("variables")).flatMap((text) => declared(text) ?? [])
        : (this.#arrays[reference - variablesReference - 1] ?? []);
    return all.map(({ name, value, type, items }) => ({
      name,
      value,
      type,
      variablesReference: items === null ? 0 : variablesReference + this.#arrays.push(items),
    }));
  }

  /** A stop of the script's process, or of one that it has started. */
  async #stopped(reason: string): Promise<void> {
    if (!this.#isLinked) {
      this.#isLinked = true;
      this.#link(this);
    } else if (reason === "attention") await this.#attend();
    else if (reason === "count" || reason === "exec") await this.#count(reason === "exec");
    else if (reason === "breakpoint") await this.#atBreakpoint();
    else this.tellStop(this.#entryReason ?? reason);
  }

  async #attend(): Promise<void> {
    await rm(join(this.#folder, "attention"), { force: true });
    await this.#sendBreakpoints();
    if (this.#pauses) this.tellStop("pause");
    else this.#resume(this.#step === "run" || this.#step === "free" ? this.#step : "skip");
    this.#pauses = false;
  }

  /** The command before has just run. */
  async #count(isReplaced: boolean): Promise<void> {
    const offset = this.#offset;
    const stack = await this.#list("stack");
    const hasArrived = offset !== null && (await this.events.arrived()) > offset;
    if (offset === null || !(hasArrived || isReplaced)) {
      this.#before = stack;
      return this.#resume("skip");
    }
    this.#offset = null;
    this.#writer = hasArrived ? this.#before : stack;
    await this.#ask("counted");
    this.tellStop("byte", { how: hasArrived ? "ran" : "child" });
  }

  async #atBreakpoint(): Promise<void> {
    const [, path = "", line = ""] = await this.#list("stack");
    const found = this.#breakpoints.get(path)?.find((each) => each.line === Number(line));
    if (found?.condition && (await this.#ask(`test ${coded(found.condition)}`)) !== "yes") return this.#resume("skip");
    if (!found?.logMessage) return this.tellStop("breakpoint");
    const value = (expression: string) => this.#ask(`value ${coded(expression)}`);
    await this.tellLogPoint(found.logMessage, path, Number(line), value);
    this.#resume("skip");
  }

  #resume(step: string): void {
    this.#arrays = [];
    this.#writer = null;
    this.isStopped = false;
    if (step !== "skip") this.#step = step;
    this.#send(step);
  }

  /** The next command of a running script sees this file. */
  async #askAttention(): Promise<void> {
    try {
      await writeFile(join(this.#folder, "attention"), "");
    } catch (error) {
      throw errorCode(error) === "ENOENT" ? new Refusal() : error; // the script has ended, or removed the folder
    }
  }

  #send(line: string): void {
    this.#in.write(`${line}\n`);
  }

  #read(text: string): void {
    this.#rest += text;
    if (text.includes("\0")) {
      const records = this.#rest.split("\0");
      this.#rest = records.pop() ?? "";
      for (const record of records) this.#records.push(record);
    }
    if (this.#rest.length > maxRecordLength || this.#records.length > maxRecords) {
      this.close();
      return;
    }
    this.#wake();
    if (!this.isStopped) this.#noticeStop();
  }

  #noticeStop(): void {
    if (this.#records[0] !== "stopped" || this.#records.length < 3) return;
    const [, reason = ""] = this.#records.splice(0, 3);
    this.isStopped = true;
    this.#turns
      .run(() => this.#stopped(reason))
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) this.close(); // the pipes cannot be used any more
      });
  }

  async #ask(line: string): Promise<string> {
    this.#send(line);
    return this.#record();
  }

  /** Records up to an empty one. */
  async #list(line: string): Promise<string[]> {
    this.#send(line);
    const all: string[] = [];
    for (let record = await this.#record(); record !== ""; record = await this.#record())
      if (all.push(record) > maxRecords) {
        this.close();
        throw new Refusal();
      }
    return all;
  }

  async #record(): Promise<string> {
    for (;;) {
      const record = this.#records.shift();
      if (record !== undefined) return record;
      if (this.#isClosed) throw new Refusal();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
