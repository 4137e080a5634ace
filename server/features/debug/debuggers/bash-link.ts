// The debugger of bash talks through named pipes, in the few commands of server/agents/debug/bash. Here they become
// what the protocol asks for.
import { execFile } from "node:child_process";
import { constants, openSync, rmSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { errorCode } from "../../../base/disk.js";
import { SerialQueue } from "../../../base/serial-queue.js";
import type { WantedBreakpoint, WantedEntry, WantedExpression } from "../debug-arguments.js";
import { type AgentEndpoint, type AgentEvents, type AgentLink, Gone } from "./agent-link.js";
import { BashConnection, type Declared, declared } from "./bash-connection.js";
import { frameOf, realPath, scopeOf } from "./frames.js";
import { pathForOneUse } from "./path-for-one-use.js";
import { listed, maxChildren, type Step, TranslatedLink, type Value } from "./translated-link.js";

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

class BashLink extends TranslatedLink {
  readonly linked: Promise<AgentLink | null>;
  protected readonly connection: BashConnection;
  readonly #folder: string;
  #link: (link: AgentLink | null) => void = () => {};
  #isLinked = false;
  protected isStopped = false;
  #pauses = false;
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
    const from = openSync(join(folder, "out"), constants.O_RDONLY | constants.O_NONBLOCK);
    this.connection = new BashConnection(into, from, (reason) => this.#noticeStop(reason));
    this.linked = new Promise((resolve) => {
      this.#link = resolve;
    });
    void this.closed.then(() => {
      rmSync(folder, { recursive: true, force: true });
      this.#link(null);
    });
  }

  closeUnlessLinked(): void {
    if (!this.#isLinked) this.close();
  }

  override close(): void {
    // First of all: a process that looks for the debugger must not write to a pipe that nobody reads.
    rmSync(this.#folder, { recursive: true, force: true });
    super.close();
  }

  override request(command: string, args: unknown): Promise<object> {
    return this.#turns.run(() => super.request(command, args));
  }

  protected async begin({ stopOnEntry, stopAtByte }: WantedEntry): Promise<void> {
    this.#offset = stopAtByte?.offset ?? null;
    if (stopAtByte) await this.connection.send("count");
    this.#resume(stopOnEntry ? "in" : "run");
  }

  protected async step(how: Step): Promise<void> {
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
    const value = await this.#ask(context === "repl" ? "do" : "value", expression);
    return { value, variablesReference: 0 };
  }

  protected async place(path: string, breakpoints: readonly WantedBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    this.#breakpoints.set(realPath(path), breakpoints);
    if (this.isStopped) await this.#sendBreakpoints();
    else await this.#askAttention();
    return breakpoints.map(({ line }) => ({ verified: true, line }));
  }

  async #sendBreakpoints(): Promise<void> {
    const all = [...this.#breakpoints].flatMap(([path, list]) => list.map(({ line }) => `${path}:${line}`));
    await this.connection.send("break", ...all);
  }

  protected async stack(): Promise<DebugProtocol.StackFrame[]> {
    const texts = this.#writer ?? (await this.connection.send("stack"));
    const frames: DebugProtocol.StackFrame[] = [];
    for (let at = 0; at + 2 < texts.length; at += 3)
      frames.push(frameOf(frames.length + 1, texts[at] ?? "", realPath(texts[at + 1] ?? ""), Number(texts[at + 2])));
    return frames;
  }

  protected async variables(reference: number): Promise<DebugProtocol.Variable[]> {
    const items = reference === variablesReference ? null : (this.#arrays[reference - variablesReference - 1] ?? []);
    const all = items ?? (await this.connection.send("variables")).flatMap((text) => declared(text) ?? []);
    const shown = all.slice(0, items === null ? undefined : maxChildren).map(({ items: inside, ...about }) => ({
      ...about,
      variablesReference: inside === null ? 0 : variablesReference + this.#arrays.push(inside),
    }));
    return listed(shown, all.length);
  }

  /** A stop of the script's process, or of one that it has started. */
  async #stopped(reason: string): Promise<void> {
    if (!this.#isLinked) {
      this.#isLinked = true;
      this.#link(this);
    } else if (reason === "attention") await this.#attend();
    else if (reason === "count" || reason === "exec") await this.#count(reason === "exec");
    else if (reason === "breakpoint") await this.#atBreakpoint();
    else this.tellStop(reason);
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
    const stack = await this.connection.send("stack");
    const hasArrived = offset !== null && (await this.events.arrived()) > offset;
    if (offset === null || !(hasArrived || isReplaced)) {
      this.#before = stack;
      return this.#resume("skip");
    }
    this.#offset = null;
    this.#writer = hasArrived ? this.#before : stack;
    await this.connection.send("counted");
    this.tellStop("byte", { how: hasArrived ? "ran" : "child" });
  }

  async #atBreakpoint(): Promise<void> {
    const [, file = "", line = ""] = await this.connection.send("stack");
    const path = realPath(file);
    const found = this.#breakpoints.get(path)?.find((each) => each.line === Number(line));
    if (found?.condition && (await this.#ask("test", found.condition)) !== "yes") return this.#resume("skip");
    if (!found?.logMessage) return this.tellStop("breakpoint");
    const value = (expression: string) => this.#ask("value", expression);
    await this.tellLogPoint(found.logMessage, path, Number(line), value);
    this.#resume("skip");
  }

  #resume(step: string): void {
    this.#arrays = [];
    this.#writer = null;
    this.isStopped = false;
    if (step !== "skip") this.#step = step;
    this.connection.tell(step);
  }

  /** The next command of a running script sees this file. */
  async #askAttention(): Promise<void> {
    try {
      await writeFile(join(this.#folder, "attention"), "");
    } catch (error) {
      throw errorCode(error) === "ENOENT" ? new Gone() : error; // the script has ended, or removed the folder
    }
  }

  #noticeStop(reason: string): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.#turns
      .run(() => this.#stopped(reason))
      .catch((error: unknown) => {
        if (!(error instanceof Gone)) this.close(); // the pipes cannot be used any more
      });
  }

  /** The answer of a command that gives one text. */
  async #ask(...words: readonly string[]): Promise<string> {
    const [text = ""] = await this.connection.send(...words);
    return text.replaceAll(/^\/.*\/debugger\.bash: (?:eval: )?(?:line \d+: )?/gm, "");
  }
}
