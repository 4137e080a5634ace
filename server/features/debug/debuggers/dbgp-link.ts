// Xdebug, the debugger of PHP, speaks DBGp: here its answers become those of the Debug Adapter Protocol. It reads
// commands while the script is stopped, and never while it runs.
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { debuggerFile } from "../../../base/built-files.js";
import type { WantedBreakpoint, WantedEntry, WantedExpression } from "../debug-arguments.js";
import { type AgentEvents, Refusal, unlessRefused } from "./agent-link.js";
import { DbgpConnection, isSet, propertyText, type XmlElement } from "./dbgp-connection.js";
import { frameOf, pathOf, scopeOf, urlOf } from "./frames.js";
import { listed, maxChildren, type Step, TranslatedLink, type Value } from "./translated-link.js";

const features = { max_depth: 1, max_children: maxChildren, max_data: 1001, resolved_breakpoints: 1, notify_ok: 1 };
const steps: Readonly<Record<Step, string>> = {
  continue: "run",
  next: "step_over",
  stepIn: "step_into",
  stepOut: "step_out",
};

interface Frame {
  readonly level: number;
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

/** What a reference means: the variables of a frame in a context, or what is in one of them. */
interface Container {
  readonly depth: number;
  readonly context: string;
  readonly property: string | null;
}

interface PlacedBreakpoint {
  readonly url: string;
  readonly wanted: WantedBreakpoint;
  /** Where Xdebug has put it. */
  line: number;
}

export class DbgpLink extends TranslatedLink {
  protected readonly connection: DbgpConnection;
  readonly #breakpoints = new Map<string, PlacedBreakpoint>();
  /** Lines by breakpoints' ids, where Xdebug has told them. */
  readonly #resolved = new Map<string, number>();
  /** Breakpoints that were set while the script ran, by the URLs of their files. */
  readonly #waiting = new Map<string, readonly WantedBreakpoint[]>();
  #stopsUncaught = false;
  /** Null: the script runs. */
  #frames: readonly Frame[] | null = [];
  #containers: Container[] = [];
  #step: Step = "continue";
  /** A step ends at most so deep in the stack. */
  #depth = 0;
  /** The byte that is looked for; null: none, or no longer. */
  #offset: number | null = null;
  /** Where the script stood before the last step. */
  #before: readonly Frame[] = [];
  /** Its last line has run: nothing but the stack can be asked for. */
  #hasRun = false;

  constructor(socket: Socket, events: AgentEvents) {
    super(events);
    this.connection = new DbgpConnection(socket, (message) => this.#notice(message));
    this.ready = this.#begin();
    this.ready.catch(() => this.close()); // the requests that wait for it tell
  }

  async #begin(): Promise<void> {
    for (const [n, v] of Object.entries(features)) await this.connection.send("feature_set", { n, v });
    await this.connection.send("breakpoint_set", { t: "exception", x: "*" }); // also where one is caught
  }

  protected get isStopped(): boolean {
    return this.#frames !== null && this.#frames.length > 0;
  }

  protected async begin({ stopOnEntry, stopAtByte }: WantedEntry): Promise<void> {
    this.#offset = stopAtByte?.offset ?? null;
    await this.step(stopOnEntry ? "stepIn" : "continue");
  }

  protected async step(how: Step): Promise<void> {
    const depth = this.#frames?.length ?? 0;
    this.#step = how;
    this.#depth = how === "next" ? depth : how === "stepOut" ? depth - 1 : Number.POSITIVE_INFINITY;
    this.#go(this.#hasRun ? "continue" : how);
  }

  protected async pause(): Promise<void> {
    throw new Refusal("Xdebug cannot pause a script that runs: set a breakpoint, and send the request again");
  }

  protected async leave(): Promise<void> {
    if (this.#frames === null || this.#hasRun) this.close();
    else await this.connection.send("detach");
  }

  protected async stopUncaught(stops: boolean): Promise<void> {
    this.#stopsUncaught = stops;
  }

  protected async stack(): Promise<DebugProtocol.StackFrame[]> {
    const frames = this.#frames ?? [];
    return frames.map(({ name, path, line }, at) => frameOf(at + 1, name, path, line, path.includes("/vendor/")));
  }

  #level(id = 1): number {
    const frame = this.#frames?.[id - 1];
    if (!frame) throw new Refusal("there is no such frame");
    return frame.level;
  }

  protected async place(path: string, breakpoints: readonly WantedBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    const url = urlOf(path);
    if (url !== null && this.#frames !== null) return this.#place(url, breakpoints);
    if (url !== null) this.#waiting.set(url, breakpoints);
    return breakpoints.map(({ line }) => ({ verified: url !== null, line }));
  }

  async #place(url: string, breakpoints: readonly WantedBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    for (const [d, { url: of }] of this.#breakpoints)
      if (of === url) {
        this.#breakpoints.delete(d);
        await this.connection.send("breakpoint_remove", { d });
      }
    return this.placeEach(breakpoints, async (wanted) => {
      const { line: n, condition } = wanted;
      const where = { t: condition ? "conditional" : "line", f: url, n };
      const { attributes } = await this.connection.send("breakpoint_set", where, condition);
      const { id = "" } = attributes;
      const line = this.#resolved.get(id) ?? n;
      this.#breakpoints.set(id, { url, wanted, line });
      return line;
    });
  }

  #notice({ attributes, children: [about] }: XmlElement): void {
    if (attributes["name"] !== "breakpoint_resolved" || !about) return;
    const { id = "", lineno } = about.attributes;
    this.#resolved.set(id, Number(lineno));
    const placed = this.#breakpoints.get(id);
    if (placed) placed.line = Number(lineno);
  }

  #go(command: Step): void {
    if (this.#frames && this.#frames.length > 0) this.#before = this.#frames; // at the end of an uncaught one it is empty
    this.#frames = null;
    this.#containers = [];
    const word = this.#offset === null ? steps[command] : "step_into";
    const work = this.connection.send(word).then((answer) => this.#stopped(answer));
    void this.closeOnError(work);
  }

  async #stopped({ attributes: { status }, children }: XmlElement): Promise<void> {
    if (status !== "break") {
      this.#hasRun = true;
      this.#frames = [];
      if (await this.#isByteFound()) return;
      return this.#go("continue");
    }
    const { children: stack } = await this.connection.send("stack_get");
    this.#frames = stack.map(({ attributes: { level, where = "", filename = "", lineno } }) => ({
      level: Number(level),
      name: where,
      path: pathOf(filename),
      line: Number(lineno),
    }));
    for (const [url, breakpoints] of this.#waiting) await this.#place(url, breakpoints);
    this.#waiting.clear();
    if (this.#offset !== null) {
      if (!(await this.#isByteFound())) this.#go("stepIn");
      return;
    }
    const [message] = children;
    const { exception } = message?.attributes ?? {};
    if (exception !== undefined) {
      // PHP reports an uncaught exception once more at its end, with an empty stack.
      if (!this.#stopsUncaught || this.#frames.length === 0 || !(await this.#isUncaught(exception)))
        return this.#skip();
      const text = `${exception}: ${message?.text ?? ""}`;
      return this.tellStop("exception", { description: exception, text });
    }
    if (await this.#isAtBreakpoint()) this.tellStop("breakpoint");
    else if (this.#step === "continue" || this.#frames.length > this.#depth) this.#skip();
    else this.tellStop("step");
  }

  /** Goes on with what was asked. */
  #skip(): void {
    const isDeeper = (this.#frames?.length ?? 0) > this.#depth;
    this.#go(isDeeper ? "stepOut" : this.#step);
  }

  /** Tells log points, too. */
  async #isAtBreakpoint(): Promise<boolean> {
    const [{ path, line, level } = { path: "", line: 0, level: 0 }] = this.#frames ?? [];
    const url = urlOf(path);
    let stops = false;
    for (const { url: of, line: at, wanted } of this.#breakpoints.values()) {
      if (of !== url || at !== line) continue;
      const { condition, logMessage } = wanted;
      // Xdebug has looked at the condition of one that has stopped the script.
      if (condition && this.#step !== "continue" && !(await this.#holds(condition, level))) continue;
      const value = async (expression: string) => propertyText(await this.#evaluate(expression, level), false);
      if (logMessage) await this.tellLogPoint(logMessage, path, line, value);
      else stops = true;
    }
    return stops;
  }

  /** A condition that cannot be evaluated stops, so that the person sees it. */
  async #holds(condition: string, level: number): Promise<boolean> {
    const found = await unlessRefused(this.#evaluate(`(bool) (${condition})`, level));
    return found === null || isSet(found);
  }

  /** PHP refuses the question without its extension `tokenizer`: then each exception stops. */
  async #isUncaught(exception: string): Promise<boolean> {
    const code = readFileSync(debuggerFile("uncaught.php"), "utf8").replace("<?php", "");
    const places = JSON.stringify(this.#frames?.map(({ path, line }) => [path, line]));
    const call = `(static function () { ${code} })()(${quoted(exception)}, json_decode(${quoted(places)}, true))`;
    try {
      return isSet(await this.#evaluate(call, 0));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return true;
    }
  }

  /** The line before has just run. */
  async #isByteFound(): Promise<boolean> {
    if (this.#offset === null || (await this.events.arrived()) <= this.#offset) return false;
    this.#offset = null;
    this.#frames = this.#before;
    this.tellStop("byte", { how: "flushed" });
    return true;
  }

  protected async scopes(frameId: number | undefined): Promise<DebugProtocol.Scope[]> {
    if (this.#hasRun) return [];
    const depth = this.#level(frameId);
    const { children } = await this.connection.send("context_names", { d: depth });
    return children.map(({ attributes: { name = "", id: context = "0" } }) => ({
      ...scopeOf(name, this.#containers.push({ depth, context, property: null })),
      expensive: name !== "Locals",
    }));
  }

  protected async variables(reference: number): Promise<DebugProtocol.Variable[]> {
    this.#refuseAtEnd();
    const container = this.#containers[reference - 1];
    if (!container) return [];
    const { depth: d, context: c, property } = container;
    const answer =
      property === null
        ? await this.connection.send("context_get", { d, c })
        : (await this.connection.send("property_get", { d, c, n: `"${property.replaceAll(/["\\]/g, "\\$&")}"` }))
            .children[0];
    const all = (answer?.children ?? []).map((each) => this.#variable(each, container));
    return listed(all, Number(answer?.attributes["numchildren"] ?? all.length));
  }

  #variable(property: XmlElement, within: Container): DebugProtocol.Variable {
    const { name = "", fullname = name, type = "", numchildren = "0" } = property.attributes;
    const variablesReference = Number(numchildren) > 0 ? this.#containers.push({ ...within, property: fullname }) : 0;
    return { name, value: propertyText(property, true), type, variablesReference };
  }

  protected async evaluate({ expression, frameId }: WantedExpression): Promise<Value> {
    this.#refuseAtEnd();
    const found = await this.#evaluate(expression, this.#level(frameId));
    return { value: propertyText(found, true), type: found.attributes["type"] ?? "", variablesReference: 0 };
  }

  #refuseAtEnd(): void {
    if (this.#hasRun) throw new Refusal("the script's last line has run");
  }

  /** @throws Refusal with what PHP says */
  async #evaluate(expression: string, depth: number): Promise<XmlElement> {
    const { children } = await this.connection.send("eval", { d: depth }, expression);
    const [property] = children;
    if (!property) throw new Refusal("PHP gave no value");
    return property;
  }
}

const quoted = (text = ""): string => `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
