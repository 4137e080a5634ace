// A compiled program is debugged by lldb's own adapter. It speaks the Debug Adapter Protocol on its standard streams,
// and asks for the program to be started, so the program has the pipes and the environment of any other script.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { Duplex } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { z } from "zod";
import { findProgram } from "../../../workspace/interpreters/interpreters.js";
import { type AgentEndpoint, type AgentEvents, type AgentLink, type AgentResponse, gone } from "./agent-link.js";
import { DapPeer } from "./dap-peer.js";
import { pathForOneUse } from "./path-for-one-use.js";
import {
  type WantedBreakpoint,
  withBreakpoints,
  withEntry,
  withExpression,
  withFilters,
  withFrame,
  withFrames,
  withReference,
} from "./request-arguments.js";
import {
  closeOnError,
  cut,
  frameOf,
  maxChildren,
  Refusal,
  responseOf,
  stackOf,
  stopped,
  tellLogPoint,
  threads,
} from "./translated-link.js";

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
  const link = new LldbLink(Duplex.from({ writable: child.stdin, readable: child.stdout }), events);
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
const scopesBody = z.object({ scopes: z.array(z.object({ name: z.string(), variablesReference: z.number() })) });
const text = z.string().transform(cut);
const variablesBody = z.object({
  variables: z.array(
    z.object({ name: z.string(), value: text, type: z.string().optional(), variablesReference: z.number() }),
  ),
});
const valueBody = z.object({ result: text, type: z.string().optional(), variablesReference: z.number() });
const threadsBody = z.object({ threads: z.array(z.object({ id: z.number() })) });
const anything = z.unknown();

const initialize = {
  adapterID: "cgi-workbench",
  linesStartAt1: true,
  columnsStartAt1: true,
  pathFormat: "path",
  supportsRunInTerminalRequest: true,
};
/** lldb stops a program at other signals, too; these end it. */
const crash = /SIG(?:SEGV|BUS|FPE|ILL|ABRT|SYS)|EXC_/;
const steps: ReadonlySet<string> = new Set(["continue", "next", "stepIn", "stepOut"]);
/** With these functions a program writes, whatever it has buffered before. */
const writers = ["write", "writev"];
const maxFrames = 200;

class LldbLink implements AgentLink {
  readonly closed: Promise<void>;
  readonly #peer: DapPeer;
  readonly #events: AgentEvents;
  readonly #breakpoints = new Map<string, readonly WantedBreakpoint[]>();
  readonly #ready: Promise<unknown>;
  #tellReady: () => void = () => {};
  #tellWords: (words: readonly string[]) => void = () => {};
  #thread: number | null = null;
  #stopsUncaught = false;
  #isEntry = false;
  #pauses = false;
  #step = "continue";
  /** A step ends at most so deep in the stack. */
  #depth = Number.POSITIVE_INFINITY;
  /** The step has left a deeper function by `stepOut`: the program may stand within a line, not at its start. */
  #hasSkipped = false;
  /** The byte that is looked for; null: none, or no longer. */
  #offset: number | null = null;

  constructor(stream: Duplex, events: AgentEvents) {
    this.#events = events;
    this.#peer = new DapPeer(stream, {
      event: (name, body) => this.#take(name, body),
      request: ({ arguments: args }) => {
        const { data } = runInTerminal.safeParse(args);
        if (data) this.#tellWords(data.args);
        return data && {};
      },
    });
    this.closed = this.#peer.closed;
    const ready = new Promise<void>((resolve) => {
      this.#tellReady = resolve;
    });
    this.#ready = Promise.race([ready, this.closed]);
  }

  /** What starts the program. @throws Refusal */
  async launch(program: string): Promise<readonly string[]> {
    const words = new Promise<readonly string[]>((resolve) => {
      this.#tellWords = resolve;
    });
    await this.#ask("initialize", initialize, anything);
    const launched = this.#ask("launch", { program, runInTerminal: true, stopOnEntry: false }, anything);
    void closeOnError(this, this.#events, launched); // lldb says, for example, that it may not attach
    return Promise.race([words, launched.then(() => words)]);
  }

  async request(command: string, args: unknown): Promise<AgentResponse> {
    await this.#ready;
    return responseOf(this.#bodyOf(command, args));
  }

  close(): void {
    this.#peer.close();
  }

  async #bodyOf(command: string, args: unknown): Promise<unknown> {
    if (steps.has(command)) {
      this.#step = command;
      this.#hasSkipped = false;
      const { length } = command === "continue" ? [] : await this.#frames();
      this.#depth = command === "stepOut" ? length - 1 : command === "next" ? length : Number.POSITIVE_INFINITY;
      await this.#go(command);
      return command === "continue" ? { allThreadsContinued: true } : {};
    }
    switch (command) {
      case "configurationDone": {
        const { stopOnEntry, stopAtByte } = withEntry.parse(args) ?? {};
        this.#isEntry = stopOnEntry === true;
        this.#offset = stopAtByte?.offset ?? null;
        await this.#stopIn(stopAtByte ? writers : this.#isEntry ? ["main"] : []);
        return this.#ask(command, {}, anything);
      }
      case "setBreakpoints":
        return this.#setBreakpoints(withBreakpoints.parse(args));
      case "setExceptionBreakpoints":
        this.#stopsUncaught = withFilters.parse(args).filters.includes("uncaught");
        return {};
      case "threads":
        return threads;
      case "pause":
        this.#pauses = true;
        this.#thread ??= await this.#firstThread();
        return this.#ask(command, { threadId: this.#thread }, anything);
      case "disconnect":
        return this.#ask(command, { terminateDebuggee: false }, anything);
      case "stackTrace":
        return stackOf([...(await this.#frames())], withFrames.parse(args));
      case "scopes": {
        const { scopes } = await this.#ask(command, withFrame.parse(args), scopesBody);
        return { scopes: scopes.map((scope) => ({ ...scope, expensive: scope.name !== "Locals" })) };
      }
      case "variables": {
        const { variables } = await this.#ask(command, withReference.parse(args), variablesBody);
        return { variables: variables.slice(0, maxChildren) };
      }
      case "evaluate": {
        const { expression, frameId = (await this.#frames())[0]?.id } = withExpression.parse(args);
        return this.#evaluate(expression, frameId);
      }
    }
    throw new Refusal(`${command} is not supported`);
  }

  /** In the console, lldb would take it for one of its commands. */
  #evaluate(expression: string, frameId: number | undefined) {
    return this.#ask("evaluate", { expression, frameId, context: "watch" }, valueBody);
  }

  async #setBreakpoints({ source, breakpoints = [] }: z.infer<typeof withBreakpoints>) {
    this.#breakpoints.set(source.path, breakpoints);
    const wanted = breakpoints.map(({ line, condition }) => ({ line, ...(condition && { condition }) }));
    const placed = await this.#ask("setBreakpoints", { source, breakpoints: wanted }, placedBody);
    return {
      breakpoints: breakpoints.map(({ line: asked }, at) => {
        const { verified = false, line = asked } = placed.breakpoints[at] ?? {};
        const message = "no code of the program is known for this line: compile it with -g";
        return verified ? { verified, line } : { verified, line, message };
      }),
    };
  }

  async #stopIn(functions: readonly string[]): Promise<void> {
    await this.#ask("setFunctionBreakpoints", { breakpoints: functions.map((name) => ({ name })) }, anything);
  }

  /** What called `main` is left out. */
  async #frames(): Promise<readonly DebugProtocol.StackFrame[]> {
    const wanted = { threadId: this.#thread, startFrame: 0, levels: maxFrames };
    const { stackFrames } = await this.#ask("stackTrace", wanted, stackBody);
    const main = stackFrames.findLastIndex(({ name }) => /^main\b/.test(name));
    return stackFrames
      .slice(0, main < 0 ? undefined : main + 1)
      .map(({ id, name, line, source: { path = name } = {} }) => ({
        ...frameOf(id, name, path, line),
        ...(!(path.startsWith("/") && existsSync(path)) && { presentationHint: "subtle" as const }),
      }));
  }

  async #firstThread(): Promise<number | null> {
    return (await this.#ask("threads", {}, threadsBody)).threads[0]?.id ?? null;
  }

  #take(name: string, body: unknown): void {
    if (name === "initialized") this.#tellReady();
    if (name === "exited") this.close();
    if (name === "stopped") void closeOnError(this, this.#events, this.#stopped(body));
  }

  async #stopped(body: unknown): Promise<void> {
    const { reason, threadId = await this.#firstThread() } = stoppedBody.parse(body);
    this.#thread = threadId;
    if (this.#offset !== null) return this.#atWrite(this.#offset, reason === "breakpoint");
    if (reason === "exception") {
      if (this.#pauses) return this.#tell("pause");
      const { description: text } = await this.#ask("exceptionInfo", { threadId }, exceptionBody);
      if (!this.#stopsUncaught || !crash.test(text)) return this.#go("continue");
      return this.#events.event("stopped", { ...stopped("exception"), description: "signal", text });
    }
    if (this.#isEntry) {
      this.#isEntry = false;
      await this.#stopIn([]);
      return this.#tell("entry");
    }
    const frames = await this.#frames();
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
    this.#events.event("stopped", stopped(reason));
  }

  /** lldb has looked at its condition. Tells log points, too. */
  async #isBreakpoint(top: DebugProtocol.StackFrame | undefined): Promise<boolean> {
    const { path = "" } = top?.source ?? {};
    const here = this.#breakpoints.get(path)?.filter(({ line }) => line === top?.line) ?? [];
    const value = async (expression: string) => (await this.#evaluate(expression, top?.id)).result;
    for (const { logMessage, line } of here)
      if (logMessage) await tellLogPoint(this.#events, logMessage, path, line, value);
    return here.length === 0 || here.some(({ logMessage }) => !logMessage);
  }

  /** The program is in one of the writers, or has just left one. */
  async #atWrite(offset: number, isWithin: boolean): Promise<void> {
    if ((await this.#events.arrived()) <= offset) return this.#go(isWithin ? "stepOut" : "continue");
    this.#offset = null;
    await this.#stopIn([]);
    this.#events.event("stopped", { ...stopped("byte"), how: "flushed" });
  }

  async #go(command: string): Promise<void> {
    await this.#ask(command, { threadId: this.#thread }, anything);
  }

  /** @throws Refusal */
  async #ask<T>(command: string, args: object, body: z.ZodType<T>): Promise<T> {
    const response = await this.#peer.request(command, args);
    if (response.success) return body.parse(response.body);
    throw new Refusal(response === gone ? "" : response.message?.split("\n", 2).join(" ") || "lldb refused");
  }
}
