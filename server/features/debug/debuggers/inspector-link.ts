// Node brings its own debugger, which speaks another protocol: here its answers become those of the Debug Adapter
// Protocol.
import type { Socket } from "node:net";
import { pathToFileURL } from "node:url";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { z } from "zod";
import { debuggerFile } from "../../../base/built-files.js";
import type { WantedBreakpoint, WantedEntry, WantedExpression } from "../debug-arguments.js";
import type { ByteOrigin } from "../debugger-answers.js";
import { type AgentEvents, Gone, Refusal } from "./agent-link.js";
import { frameOf, pathOf, scopeOf, urlOf } from "./frames.js";
import { LineConnection } from "./line-connection.js";
import { cut, listed, maxChildren, type Step, TranslatedLink, type Value } from "./translated-link.js";

const anything = z.unknown();
/** A value of Node's inspector. */
const remoteValue = z.object({
  type: z.string(),
  subtype: z.string().optional(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  unserializableValue: z.string().optional(),
  description: z.string().optional(),
  objectId: z.string().optional(),
});
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
  /** What is in a collection or a promise. */
  internalProperties: z.array(z.object({ name: z.string(), value: remoteValue.optional() })).default([]),
});
const machinery = /^\[\[(?:Prototype|Scopes|FunctionLocation|Generator.*)\]\]$/;
const evaluated = z.object({ result: remoteValue, exceptionDetails: z.object({ text: z.string() }).optional() });

const steps: Readonly<Record<Step, string>> = {
  continue: "Debugger.resume",
  next: "Debugger.stepOver",
  stepIn: "Debugger.stepInto",
  stepOut: "Debugger.stepOut",
};
/** The functions in which the debugger itself stops the script, and what they say of the byte. */
const writers: Readonly<Record<string, ByteOrigin>> = {
  cgiWorkbenchFlushed: "flushed",
  cgiWorkbenchChild: "child",
  cgiWorkbenchPassed: "passed",
};

export class InspectorLink extends TranslatedLink {
  protected readonly connection: LineConnection;
  readonly #urls = new Map<string, string>();
  /** By their ids; null: the one of the entry. */
  readonly #breakpoints = new Map<string, { readonly url: string; readonly wanted: WantedBreakpoint | null }>();
  #main = "";
  #frames: readonly CallFrame[] = [];
  #objects: (readonly string[])[] = [];
  #step: Step = "continue";
  /** The stack was so deep when the step began. */
  #depth = 0;
  #pauses = false;

  constructor(socket: Socket, events: AgentEvents) {
    super(events);
    this.connection = new LineConnection(socket, (method, params) => this.#take(method, params));
    this.ready = this.#begin();
    this.ready.catch(() => this.close()); // the requests that wait for it tell
  }

  async #begin(): Promise<void> {
    await this.#send("Runtime.enable");
    await this.#send("Debugger.enable");
    await this.#send("Debugger.setBlackboxPatterns", { patterns: ["^node:"] });
  }

  protected get isStopped(): boolean {
    return this.#frames.length > 0;
  }

  protected async begin({ stopOnEntry, stopAtByte }: WantedEntry): Promise<void> {
    if (stopOnEntry) await this.#placeEntry();
    await this.#run("Workbench.run", { stopAtByte });
  }

  protected async step(how: Step): Promise<void> {
    this.#step = how;
    this.#depth = this.#frames.length;
    await this.#go(how);
  }

  protected async pause(): Promise<void> {
    this.#pauses = true;
    await this.#send("Debugger.pause");
  }

  protected async leave(): Promise<void> {
    await this.#run("Debugger.disable"); // nothing stops the script any more
    await this.#run("Workbench.run", {});
  }

  protected async stopUncaught(stops: boolean): Promise<void> {
    await this.#send("Debugger.setPauseOnExceptions", { state: stops ? "uncaught" : "none" });
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

  protected async place(path: string, breakpoints: readonly WantedBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    const url = urlOf(path);
    if (url === null) return breakpoints.map(({ line }) => ({ verified: false, line }));
    for (const [breakpointId, { url: of }] of this.#breakpoints) if (of === url) await this.#remove(breakpointId);
    return this.placeEach(breakpoints, async (wanted) => {
      // Without a location its file is not read yet, and what follows the line is not known.
      const [location] = (await this.#place(url, wanted)).locations;
      return location ? location.lineNumber + 1 : wanted.line;
    });
  }

  async #placeEntry(): Promise<void> {
    try {
      await this.#place(pathToFileURL(this.#main).href, null);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // else the person has a breakpoint on the first line
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
    if (method === "Workbench.count") void this.closeOnError(this.#count());
    // A script can also write into the socket what no inspector says.
    if (method === "Debugger.paused") void this.closeOnError(this.#paused(paused.parse(params)));
  }

  async #paused({ reason, data, callFrames, hitBreakpoints }: z.infer<typeof paused>): Promise<void> {
    const [top] = callFrames;
    const how = top && this.#isOurs(top) ? (writers[top.functionName] ?? null) : null;
    // It may step into what is not the script's, nevertheless.
    if (!top || (how === null && (this.#isNodes(top) || this.#isOurs(top)))) return this.#go("stepOut");
    this.#frames = callFrames.filter((frame) => !this.#isNodes(frame) && !this.#isOurs(frame));
    if (how !== null) {
      if (this.#frames.length === 0) return this.#go("continue");
      return this.tellStop("byte", { how });
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
      this.tellStop("exception", { description: text.split(":", 1)[0], text });
    } else if (entry || stops || wasPaused || isStep)
      this.tellStop(entry ? "entry" : stops ? "breakpoint" : wasPaused ? "pause" : "step");
    else await this.#go(this.#step === "continue" ? "continue" : "stepOut"); // a log point within what is stepped over
  }

  /** The script's thread waits for it. */
  async #count(): Promise<void> {
    const bytes = await this.events.arrived();
    await this.#run("Workbench.counted", { bytes });
  }

  #isNodes(frame: CallFrame): boolean {
    return this.#url(frame).startsWith("node:");
  }

  #isOurs(frame: CallFrame): boolean {
    return this.#path(frame) === debuggerFile("debugger.cjs");
  }

  #log(frame: CallFrame, message: string): Promise<void> {
    return this.tellLogPoint(message, this.#path(frame), frame.location.lineNumber + 1, async (expression) => {
      const value = await this.#evaluate(frame, expression, false);
      return value.type === "string" ? String(value.value) : remoteText(value);
    });
  }

  async #go(command: Step): Promise<void> {
    this.#objects = [];
    this.#frames = [];
    await this.#run(steps[command]);
  }

  /** The process may end before it can answer. */
  async #run(method: string, params: object = {}): Promise<void> {
    try {
      await this.#send(method, params, anything);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
  }

  #url(frame: CallFrame): string {
    return this.#urls.get(frame.location.scriptId) ?? "";
  }

  #path(frame: CallFrame): string {
    return pathOf(this.#url(frame));
  }

  protected async stack(): Promise<DebugProtocol.StackFrame[]> {
    return this.#frames.map((frame, at) => {
      const path = this.#path(frame);
      const name = frame.functionName || "(module)";
      return frameOf(at + 1, name, path, frame.location.lineNumber + 1, path.includes("/node_modules/"));
    });
  }

  protected async scopes(frameId: number | undefined): Promise<DebugProtocol.Scope[]> {
    const { scopeChain } = this.#frame(frameId);
    const local = scopeChain.findIndex(({ type }) => type === "local" || type === "module");
    const scope = (name: string, of: CallFrame["scopeChain"]) => {
      const ids = of.flatMap(({ type, object }) => (type === "global" ? [] : (object.objectId ?? [])));
      return scopeOf(name, this.#objects.push(ids));
    };
    return [scope("Locals", scopeChain.slice(0, local + 1)), scope("Closure", scopeChain.slice(local + 1))];
  }

  protected async variables(reference: number): Promise<DebugProtocol.Variable[]> {
    const all: DebugProtocol.Variable[] = [];
    for (const objectId of this.#objects[reference - 1] ?? []) {
      const params = { objectId, ownProperties: true };
      const { result, internalProperties } = await this.#send("Runtime.getProperties", params, properties);
      const shown = result.filter(({ enumerable }) => enumerable);
      for (const { name, value } of [...shown, ...internalProperties.filter(({ name }) => !machinery.test(name))])
        if (value) all.push({ name, ...this.#value(value) });
    }
    return listed(all.slice(0, maxChildren), all.length);
  }

  protected async evaluate({ expression, frameId, context }: WantedExpression): Promise<Value> {
    return this.#value(await this.#evaluate(this.#frame(frameId), expression, context !== "repl"));
  }

  #value(of: z.infer<typeof remoteValue>): Value {
    const variablesReference = of.objectId === undefined ? 0 : this.#objects.push([of.objectId]);
    return { value: remoteText(of), type: of.subtype ?? of.type, variablesReference };
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
    return this.connection.send((id) => JSON.stringify({ id, method, params }), result);
  }
}

/** Its text, of a bounded length. */
function remoteText(of: z.infer<typeof remoteValue>): string {
  if (typeof of.value === "string") return cut(JSON.stringify(of.value.slice(0, 1001)));
  if (of.subtype === "error") return cut(of.description ?? "").split("\n    at ", 1)[0] ?? "";
  return cut(of.unserializableValue ?? of.description ?? String(of.value));
}
