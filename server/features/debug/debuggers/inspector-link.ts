// Node brings its own debugger, which speaks another protocol: here its answers become those of the Debug Adapter
// Protocol.
import type { Socket } from "node:net";
import { pathToFileURL } from "node:url";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { z } from "zod";
import { debuggerFile } from "../../../base/built-files.js";
import type { ByteOrigin } from "../../../contract/debug-contract.js";
import { type AgentEvents, type AgentLink, type AgentResponse, gone } from "./agent-link.js";
import { InspectorConnection } from "./inspector-connection.js";
import { remoteText, remoteValue } from "./inspector-values.js";
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
  frameOf,
  isRefusal,
  maxChildren,
  pathOf,
  Refusal,
  responseOf,
  scopeOf,
  stackOf,
  stopped,
  tellLogPoint,
  threads,
  urlOf,
} from "./translated-link.js";

const anything = z.unknown();
const ready = z.object({ main: z.string() });
const parsedScript = z.object({ scriptId: z.string(), url: z.string() });
const paused = z.object({
  reason: z.string(),
  data: z.unknown().optional(),
  hitBreakpoints: z.array(z.string()).default([]),
  callFrames: z.array(
    z.object({
      callFrameId: z.string(),
      functionName: z.string(),
      location: z.object({ scriptId: z.string(), lineNumber: z.number() }),
      scopeChain: z.array(z.object({ type: z.string(), object: remoteValue })),
    }),
  ),
});
type CallFrame = z.infer<typeof paused>["callFrames"][number];
const placed = z.object({ breakpointId: z.string(), locations: z.array(z.object({ lineNumber: z.number() })) });
const properties = z.object({
  result: z.array(z.object({ name: z.string(), enumerable: z.boolean(), value: remoteValue.optional() })),
});
const evaluated = z.object({ result: remoteValue, exceptionDetails: z.object({ text: z.string() }).optional() });

const steps: Readonly<Record<string, string>> = {
  continue: "Debugger.resume",
  next: "Debugger.stepOver",
  stepIn: "Debugger.stepInto",
  stepOut: "Debugger.stepOut",
};
/** The functions in which the debugger itself stops the script, and what they say of the byte. */
const writers: Readonly<Record<string, ByteOrigin>> = { cgiWorkbenchFlushed: "flushed", cgiWorkbenchChild: "child" };

export class InspectorLink implements AgentLink {
  readonly closed: Promise<void>;
  readonly #connection: InspectorConnection;
  readonly #events: AgentEvents;
  readonly #urls = new Map<string, string>();
  /** By their ids; null: the one of the entry. */
  readonly #breakpoints = new Map<string, { readonly url: string; readonly wanted: WantedBreakpoint | null }>();
  #main = "";
  #frames: readonly CallFrame[] = [];
  #objects: (readonly string[])[] = [];
  #step = "continue";
  /** The stack was so deep when the step began. */
  #depth = 0;
  #begun: Promise<unknown>;
  #pauses = false;

  constructor(socket: Socket, events: AgentEvents) {
    this.#events = events;
    this.#connection = new InspectorConnection(socket, (method, params) => this.#take(method, params));
    this.closed = this.#connection.closed;
    this.#begun = (async () => {
      await this.#send("Runtime.enable");
      await this.#send("Debugger.enable");
      await this.#send("Debugger.setBlackboxPatterns", { patterns: ["^node:"] });
    })();
    this.#begun.catch(() => this.close()); // the requests that wait for it tell
  }

  async request(command: string, args: unknown): Promise<AgentResponse> {
    if (this.#connection.isClosed) return gone;
    return responseOf(this.#begun.then(() => this.#bodyOf(command, args)));
  }

  close(): void {
    this.#connection.close();
  }

  async #bodyOf(command: string, args: unknown): Promise<unknown> {
    switch (command) {
      case "configurationDone": {
        const { stopOnEntry, stopAtByte } = withEntry.parse(args) ?? {};
        if (stopOnEntry) await this.#placeEntry();
        await this.#run("Workbench.run", { stopAtByte });
        return {};
      }
      case "setBreakpoints":
        return this.#setBreakpoints(withBreakpoints.parse(args));
      case "setExceptionBreakpoints": {
        const state = withFilters.parse(args).filters.includes("uncaught") ? "uncaught" : "none";
        await this.#send("Debugger.setPauseOnExceptions", { state });
        return {};
      }
      case "threads":
        return threads;
      case "pause":
        this.#pauses = true;
        await this.#send("Debugger.pause");
        return {};
      case "disconnect":
        await this.#run("Debugger.disable"); // the script runs on, and nothing stops it any more
        await this.#run("Workbench.run", {});
        return {};
    }
    if (this.#frames.length === 0) throw new Refusal();
    if (steps[command] !== undefined) {
      this.#depth = this.#frames.length;
      await this.#go(command);
      return command === "continue" ? { allThreadsContinued: true } : {};
    }
    switch (command) {
      case "stackTrace":
        return this.#stack(withFrames.parse(args));
      case "scopes":
        return this.#scopes(this.#frame(withFrame.parse(args).frameId));
      case "variables":
        return { variables: await this.#variables(withReference.parse(args).variablesReference) };
      case "evaluate": {
        const { expression, frameId, context } = withExpression.parse(args);
        const value = await this.#evaluate(this.#frame(frameId), expression, context !== "repl");
        const { value: result, ...rest } = this.#variable("", value);
        return { ...rest, result };
      }
    }
    throw new Refusal(`${command} is not supported`);
  }

  #frame(id = 1): CallFrame {
    const frame = this.#frames[id - 1];
    if (!frame) throw new Refusal("there is no such frame");
    return frame;
  }

  async #place(url: string, wanted: WantedBreakpoint | null): Promise<z.infer<typeof placed>> {
    // A condition that cannot be evaluated stops, so that the person sees it.
    const condition =
      wanted?.condition &&
      `(() => { try { return eval(${JSON.stringify(wanted.condition)}); } catch { return true; } })()`;
    const where = { url, lineNumber: (wanted?.line ?? 1) - 1, ...(condition && { condition }) };
    const found = await this.#send("Debugger.setBreakpointByUrl", where, placed);
    this.#breakpoints.set(found.breakpointId, { url, wanted });
    return found;
  }

  async #setBreakpoints({ source, breakpoints = [] }: z.infer<typeof withBreakpoints>) {
    const url = urlOf(source.path);
    if (url === null) return { breakpoints: breakpoints.map(({ line }) => ({ verified: false, line })) };
    for (const [breakpointId, { url: of }] of this.#breakpoints) if (of === url) await this.#remove(breakpointId);
    const answers: DebugProtocol.Breakpoint[] = [];
    for (const wanted of breakpoints)
      try {
        // Without a location its file is not read yet, and what follows the line is not known.
        const [location] = (await this.#place(url, wanted)).locations;
        answers.push({ verified: true, line: location ? location.lineNumber + 1 : wanted.line });
      } catch (error) {
        if (!isRefusal(error)) throw error;
        answers.push({ verified: false, line: wanted.line, message: error.message });
      }
    return { breakpoints: answers };
  }

  async #placeEntry(): Promise<void> {
    try {
      await this.#place(pathToFileURL(this.#main).href, null);
    } catch (error) {
      if (!isRefusal(error)) throw error; // else the person has a breakpoint on the first line
    }
  }

  async #remove(breakpointId: string): Promise<void> {
    this.#breakpoints.delete(breakpointId);
    await this.#send("Debugger.removeBreakpoint", { breakpointId });
  }

  #take(method: string, params: unknown): void {
    if (method === "Workbench.ready") this.#main = ready.parse(params).main;
    if (method === "Debugger.scriptParsed") {
      const { scriptId, url } = parsedScript.parse(params);
      this.#urls.set(scriptId, url);
    }
    if (method === "Workbench.count") void closeOnError(this, this.#events, this.#count());
    // A script can also write into the socket what no inspector says.
    if (method === "Debugger.paused") void closeOnError(this, this.#events, this.#paused(paused.parse(params)));
  }

  async #paused({ reason, data, callFrames, hitBreakpoints }: z.infer<typeof paused>): Promise<void> {
    const [top] = callFrames;
    const how = top && this.#isOurs(top) ? (writers[top.functionName] ?? null) : null;
    // It may step into what is not the script's, nevertheless.
    if (!top || (how === null && (this.#isNodes(top) || this.#isOurs(top)))) return this.#go("stepOut");
    this.#frames = callFrames.filter((frame) => !this.#isNodes(frame) && !this.#isOurs(frame));
    if (how !== null) {
      if (this.#frames.length === 0) return this.#go("continue");
      return this.#events.event("stopped", { ...stopped("byte"), how });
    }
    const isException = reason === "exception" || reason === "promiseRejection";
    const hit = hitBreakpoints.map((id) => [id, this.#breakpoints.get(id)?.wanted] as const);
    const entry = hit.find(([, wanted]) => wanted === null);
    if (entry) await this.#remove(entry[0]);
    for (const [, wanted] of hit) if (wanted?.logMessage) await this.#log(top, wanted.logMessage);
    const stops = hit.some(([, wanted]) => wanted && !wanted.logMessage);
    const wasPaused = this.#pauses && hit.length === 0 && !isException;
    const isStep = this.#step === "stepIn" || (this.#step !== "continue" && this.#frames.length <= this.#depth);
    this.#pauses = false;
    if (isException) {
      const text = remoteText(remoteValue.parse(data));
      this.#events.event("stopped", { ...stopped("exception"), description: text.split(":", 1)[0], text });
    } else if (entry || stops || wasPaused || isStep)
      this.#events.event("stopped", stopped(entry ? "entry" : stops ? "breakpoint" : wasPaused ? "pause" : "step"));
    else await this.#go(this.#step === "continue" ? "continue" : "stepOut"); // a log point within what is stepped over
  }

  /** The script's thread waits for it. */
  async #count(): Promise<void> {
    const bytes = await this.#events.arrived();
    await this.#run("Workbench.counted", { bytes });
  }

  #isNodes(frame: CallFrame): boolean {
    return this.#url(frame).startsWith("node:");
  }

  #isOurs(frame: CallFrame): boolean {
    return this.#path(frame) === debuggerFile("debugger.cjs");
  }

  #log(frame: CallFrame, message: string): Promise<void> {
    return tellLogPoint(this.#events, message, this.#path(frame), frame.location.lineNumber + 1, async (expression) => {
      const value = await this.#evaluate(frame, expression, false);
      return value.type === "string" ? String(value.value) : remoteText(value);
    });
  }

  async #go(command: string): Promise<void> {
    if (this.#frames.length > 0 && command !== "stepOut") this.#step = command;
    else if (this.#frames.length > 0 && this.#step === "continue") this.#step = command;
    this.#objects = [];
    this.#frames = [];
    await this.#run(steps[command] ?? "Debugger.resume");
  }

  /** The process may end before it can answer. */
  async #run(method: string, params: object = {}): Promise<void> {
    try {
      await this.#send(method, params, anything);
    } catch (error) {
      if (isRefusal(error) || !(error instanceof Refusal)) throw error;
    }
  }

  #url(frame: CallFrame): string {
    return this.#urls.get(frame.location.scriptId) ?? "";
  }

  #path(frame: CallFrame): string {
    return pathOf(this.#url(frame));
  }

  #stack(wanted: z.infer<typeof withFrames>): DebugProtocol.StackTraceResponse["body"] {
    const all = this.#frames.map((frame, at) => {
      const path = this.#path(frame);
      return {
        ...frameOf(at + 1, frame.functionName || "(module)", path, frame.location.lineNumber + 1),
        ...(path.includes("/node_modules/") && { presentationHint: "subtle" as const }),
      };
    });
    return stackOf(all, wanted);
  }

  #scopes({ scopeChain }: CallFrame): DebugProtocol.ScopesResponse["body"] {
    const local = scopeChain.findIndex(({ type }) => type === "local" || type === "module");
    const scope = (name: string, of: CallFrame["scopeChain"]) => {
      const ids = of.flatMap(({ type, object }) => (type === "global" ? [] : (object.objectId ?? [])));
      return scopeOf(name, this.#objects.push(ids));
    };
    return { scopes: [scope("Locals", scopeChain.slice(0, local + 1)), scope("Closure", scopeChain.slice(local + 1))] };
  }

  async #variables(reference: number): Promise<DebugProtocol.Variable[]> {
    const all: DebugProtocol.Variable[] = [];
    for (const objectId of this.#objects[reference - 1] ?? []) {
      const { result } = await this.#send("Runtime.getProperties", { objectId, ownProperties: true }, properties);
      for (const { name, enumerable, value } of result) if (enumerable && value) all.push(this.#variable(name, value));
    }
    if (all.length <= maxChildren) return all;
    const more = { name: "…", value: `${all.length - maxChildren} more`, variablesReference: 0 };
    return [...all.slice(0, maxChildren), more];
  }

  #variable(name: string, value: z.infer<typeof remoteValue>): DebugProtocol.Variable {
    const variablesReference = value.objectId === undefined ? 0 : this.#objects.push([value.objectId]);
    return { name, value: remoteText(value), type: value.subtype ?? value.type, variablesReference };
  }

  /** @throws Refusal with what the expression threw */
  async #evaluate({ callFrameId }: CallFrame, expression: string, throwOnSideEffect: boolean) {
    const params = { callFrameId, expression, throwOnSideEffect, silent: true };
    const { result, exceptionDetails } = await this.#send("Debugger.evaluateOnCallFrame", params, evaluated);
    if (exceptionDetails) throw new Refusal(remoteText(result).split("\n", 1)[0] || exceptionDetails.text);
    return result;
  }

  async #send(method: string, params?: object): Promise<void>;
  async #send<T>(method: string, params: object, result: z.ZodType<T>): Promise<T>;
  async #send(method: string, params: object = {}, result: z.ZodType = anything): Promise<unknown> {
    return this.#connection.send(method, params, result);
  }
}
