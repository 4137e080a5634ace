// A compiled program is debugged by lldb's own adapter. It speaks the Debug Adapter Protocol on its standard streams,
// and asks for the program to be started, so the program has the pipes and the environment of any other script.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { z } from "zod";
import { scopesBody, variablesBody } from "../../../contract/debug-contract.js";
import { findProgram } from "../../../workspace/interpreters/interpreters.js";
import type { WantedBreakpoint, WantedEntry, WantedExpression } from "../debug-arguments.js";
import type { AgentEndpoint, AgentEvents } from "./agent-link.js";
import { DapConnection } from "./dap-connection.js";
import { frameOf, realPath } from "./frames.js";
import { pathForOneUse } from "./path-for-one-use.js";
import { cut, listed, maxChildren, type Step, TranslatedLink, type Value } from "./translated-link.js";

/** The adapter takes a moment to start. */
const patienceMs = 5000;
const newest = 25;
const oldest = 11;

/** The adapter of the newest lldb along PATH, or of macOS's tools; null: there is none. */
export function lldbAdapter(): string | null {
  const searchPath = `${process.env["PATH"] ?? ""}:/Library/Developer/CommandLineTools/usr/bin`;
  const versions = ["", ...Array.from({ length: newest - oldest + 1 }, (_, at) => `-${newest - at}`)];
  for (const version of versions)
    for (const name of ["lldb-dap", "lldb-vscode"]) {
      const found = findProgram(`${name}${version}`, searchPath);
      if (found !== null) return realpathSync(found); // it starts itself once more, by the name that it was started with
    }
  return null;
}

/** The path is the command line that starts the program, its words apart by NUL. Rejects with the system's error. */
export async function lldbEndpoint(events: AgentEvents, adapter: string, program: string): Promise<AgentEndpoint> {
  const folder = await pathForOneUse(); // where the two processes of the adapter meet
  await mkdir(folder, { mode: 0o700 });
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(adapter, [], { stdio: ["pipe", "pipe", "ignore"], env });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject).once("exit", (code) => reject(new Error(`${adapter} has ended with ${code}`)));
  });
  failed.catch(() => {}); // after the start, the end of its streams tells
  const link = new LldbLink(child.stdout, child.stdin, events);
  void link.closed.then(() => {
    child.kill();
    return rm(folder, { recursive: true, force: true });
  });
  const late = wait(patienceMs, null, { ref: false }).then(() =>
    Promise.reject(new Error(`${adapter} does not answer`)),
  );
  try {
    const words = await Promise.race([link.launch(program), failed, late]);
    return { path: words.join("\0"), linked: Promise.resolve(link), close: () => link.close() };
  } catch (error) {
    link.close();
    throw error;
  } finally {
    late.catch(() => {}); // it was in time
  }
}

const runInTerminal = z.object({ args: z.array(z.string()).min(1) });
const stoppedBody = z.object({ reason: z.string(), threadId: z.number().optional() });
const exceptionBody = z.object({ description: z.string().default("") });
const placedBody = z.object({ breakpoints: z.array(z.object({ verified: z.boolean(), line: z.number().optional() })) });
const stackBody = z.object({
  stackFrames: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      line: z.number(),
      source: z.object({ path: z.string().optional() }).optional(),
    }),
  ),
});
const valueBody = z.object({ result: z.string(), type: z.string().exactOptional(), variablesReference: z.number() });
const threadsBody = z.object({ threads: z.array(z.object({ id: z.number() })) });
const anything = z.unknown();

const initialize = {
  adapterID: "cgi-workbench",
  linesStartAt1: true,
  columnsStartAt1: true,
  pathFormat: "path",
  supportsRunInTerminalRequest: true,
};
/** The adapter's own libraries have hundreds of thousands of symbols, and its process becomes the program. */
const initCommands = ["settings set target.preload-symbols false"];
/** lldb stops a program at other signals, too; these end it. */
const crash = /SIG(?:SEGV|BUS|FPE|ILL|ABRT|SYS)|EXC_/;
/** With these functions a program writes, whatever it has buffered before. */
const writers = ["write", "writev"];
const maxFrames = 200;

class LldbLink extends TranslatedLink {
  protected readonly connection: DapConnection;
  /** It answers everything, and says so where it cannot. */
  protected readonly isStopped = true;
  /** By the paths of their files, without links. */
  readonly #breakpoints = new Map<string, readonly WantedBreakpoint[]>();
  readonly #tellReady: () => void;
  #tellWords: (words: readonly string[]) => void = () => {};
  #thread: number | null = null;
  #stopsUncaught = false;
  #isEntry = false;
  #pauses = false;
  #step: Step = "continue";
  /** A step ends at most so deep in the stack. */
  #depth = Number.POSITIVE_INFINITY;
  /** The step has left a deeper function by `stepOut`: the program may stand within a line, not at its start. */
  #hasSkipped = false;
  /** The byte that is looked for; null: none, or no longer. */
  #offset: number | null = null;

  constructor(from: Readable, to: Writable, events: AgentEvents) {
    super(events);
    this.connection = new DapConnection(from, to, {
      event: (name, body) => this.#take(name, body),
      request: ({ arguments: args }) => {
        const { success, data } = runInTerminal.safeParse(args);
        if (success) this.#tellWords(data.args);
        return success;
      },
    });
    this.#tellReady = this.holdRequests();
  }

  /** What starts the program. @throws Refusal */
  async launch(program: string): Promise<readonly string[]> {
    const words = new Promise<readonly string[]>((resolve) => {
      this.#tellWords = resolve;
    });
    await this.connection.send("initialize", initialize, anything);
    const launched = this.connection.send("launch", { program, runInTerminal: true, initCommands }, anything);
    void this.closeOnError(launched); // lldb says, for example, that it may not attach
    return Promise.race([words, launched.then(() => words)]);
  }

  protected async begin({ stopOnEntry, stopAtByte }: WantedEntry): Promise<void> {
    this.#isEntry = stopOnEntry;
    this.#offset = stopAtByte?.offset ?? null;
    await this.#stopIn(stopAtByte ? writers : stopOnEntry ? ["main"] : []);
    await this.connection.send("configurationDone", {}, anything);
  }

  protected async step(how: Step): Promise<void> {
    this.#step = how;
    this.#hasSkipped = false;
    const { length } = how === "continue" ? [] : await this.stack();
    this.#depth = how === "stepOut" ? length - 1 : how === "next" ? length : Number.POSITIVE_INFINITY;
    await this.#go(how);
  }

  protected async pause(): Promise<void> {
    this.#pauses = true;
    this.#thread ??= await this.#firstThread();
    await this.connection.send("pause", { threadId: this.#thread }, anything);
  }

  protected async leave(): Promise<void> {
    await this.connection.send("disconnect", { terminateDebuggee: false }, anything);
  }

  protected async stopUncaught(stops: boolean): Promise<void> {
    this.#stopsUncaught = stops;
  }

  protected async scopes(frameId: number | undefined): Promise<DebugProtocol.Scope[]> {
    const { scopes } = await this.connection.send("scopes", { frameId }, scopesBody);
    return scopes.map((scope) => ({ ...scope, expensive: scope.name !== "Locals" }));
  }

  protected async variables(variablesReference: number): Promise<DebugProtocol.Variable[]> {
    const { variables } = await this.connection.send("variables", { variablesReference }, variablesBody);
    const shown = variables.slice(0, maxChildren).map((one) => ({ ...one, value: cut(one.value) }));
    return listed(shown, variables.length);
  }

  /** In the console, lldb would take it for one of its commands. */
  protected async evaluate({ expression, frameId }: Omit<WantedExpression, "context">): Promise<Value> {
    const frame = frameId ?? (await this.stack())[0]?.id;
    const wanted = { expression, frameId: frame, context: "watch" };
    const { result: value, ...rest } = await this.connection.send("evaluate", wanted, valueBody);
    return { ...rest, value: cut(value) };
  }

  /** lldb knows a file by the path by which the compiler got it: with the links, or without. */
  protected async place(path: string, breakpoints: readonly WantedBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    const real = realPath(path);
    this.#breakpoints.set(real, breakpoints);
    const wanted = breakpoints.map(({ line, condition }) => ({ line, ...(condition && { condition }) }));
    const answers: z.infer<typeof placedBody>[] = [];
    for (const name of new Set([path, real]))
      answers.push(
        await this.connection.send("setBreakpoints", { source: { path: name }, breakpoints: wanted }, placedBody),
      );
    return breakpoints.map(({ line: asked }, at) => {
      const places = answers.flatMap((answer) => answer.breakpoints[at] ?? []);
      const { verified = false, line = asked } = places.find((one) => one.verified) ?? places[0] ?? {};
      const message = "no code of the program is known for this line: compile it with -g";
      return verified ? { verified, line } : { verified, line, message };
    });
  }

  async #stopIn(functions: readonly string[]): Promise<void> {
    await this.connection.send(
      "setFunctionBreakpoints",
      { breakpoints: functions.map((name) => ({ name })) },
      anything,
    );
  }

  /** What called `main` is left out. */
  protected async stack(): Promise<DebugProtocol.StackFrame[]> {
    const wanted = { threadId: this.#thread, startFrame: 0, levels: maxFrames };
    const { stackFrames } = await this.connection.send("stackTrace", wanted, stackBody);
    const main = stackFrames.findLastIndex(({ name }) => /^main\b/.test(name));
    return stackFrames
      .slice(0, main < 0 ? undefined : main + 1)
      .map(({ id, name, line, source: { path = name } = {} }) =>
        frameOf(id, name, path, line, !(path.startsWith("/") && existsSync(path))),
      );
  }

  async #firstThread(): Promise<number | null> {
    return (await this.connection.send("threads", {}, threadsBody)).threads[0]?.id ?? null;
  }

  #take(name: string, body: unknown): void {
    if (name === "initialized") this.#tellReady();
    if (name === "exited") this.close();
    if (name === "stopped") void this.closeOnError(this.#stopped(body));
  }

  async #stopped(body: unknown): Promise<void> {
    const { reason, threadId = await this.#firstThread() } = stoppedBody.parse(body);
    this.#thread = threadId;
    if (this.#offset !== null) return this.#atWrite(this.#offset, reason === "breakpoint");
    if (reason === "exception") {
      if (this.#pauses) return this.#tell("pause");
      const { description: text } = await this.connection.send("exceptionInfo", { threadId }, exceptionBody);
      if (!this.#stopsUncaught || !crash.test(text)) return this.#go("continue");
      return this.tellStop("exception", { description: "signal", text });
    }
    if (this.#isEntry) {
      this.#isEntry = false;
      await this.#stopIn([]);
      return this.#tell("entry");
    }
    const frames = await this.stack();
    if (reason === "breakpoint" && (await this.#isBreakpoint(frames[0]))) this.#tell("breakpoint");
    else if (frames.length > this.#depth) {
      this.#hasSkipped = true;
      await this.#go("stepOut");
    } else if (this.#step === "continue" || (this.#step === "next" && this.#hasSkipped)) {
      this.#hasSkipped = false;
      await this.#go(this.#step);
    } else this.#tell("step");
  }

  #tell(reason: string): void {
    this.#pauses = false;
    this.tellStop(reason);
  }

  /** lldb has looked at its condition. Tells log points, too. */
  async #isBreakpoint(top: DebugProtocol.StackFrame | undefined): Promise<boolean> {
    const { path = "" } = top?.source ?? {};
    const here = this.#breakpoints.get(realPath(path))?.filter(({ line }) => line === top?.line) ?? [];
    const value = async (expression: string) => (await this.evaluate({ expression, frameId: top?.id })).value;
    for (const { logMessage, line } of here) if (logMessage) await this.tellLogPoint(logMessage, path, line, value);
    return here.length === 0 || here.some(({ logMessage }) => !logMessage);
  }

  /** The program is in one of the writers, or has just left one. */
  async #atWrite(offset: number, isWithin: boolean): Promise<void> {
    if ((await this.events.arrived()) <= offset) return this.#go(isWithin ? "stepOut" : "continue");
    this.#offset = null;
    await this.#stopIn([]);
    this.tellStop("byte", { how: "flushed" });
  }

  async #go(command: string): Promise<void> {
    await this.connection.send(command, { threadId: this.#thread }, anything);
  }
}
