// An editor that drives the built `cgi-workbench dap`: requests with their responses, and events in their order.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  type DapMessage,
  DapReader,
  type DapRequest,
  type DapResponse,
  framed,
} from "../../server/features/debug/debuggers/dap-framing.js";
import { startCommand } from "./command-line.js";
import { waitFor } from "./wait-for.js";

interface DapEvent {
  readonly event: string;
  readonly body: unknown;
}

/** The bodies of the responses that tests look into. */
interface Bodies {
  setBreakpoints: DebugProtocol.SetBreakpointsResponse["body"];
  stackTrace: DebugProtocol.StackTraceResponse["body"];
  scopes: DebugProtocol.ScopesResponse["body"];
  variables: DebugProtocol.VariablesResponse["body"];
  evaluate: DebugProtocol.EvaluateResponse["body"];
}

type Response = Pick<DapResponse, "success" | "message" | "body">;

/** An editor, whatever carries its messages. */
export class Editor {
  readonly events: DapEvent[] = [];
  readonly #write: (message: DapRequest) => void;
  readonly #asked = new Map<number, (response: Response) => void>();
  #sequence = 0;
  #seen = 0;

  constructor(write: (message: DapRequest) => void) {
    this.#write = write;
  }

  take(message: DapMessage): void {
    if (message.type === "response") this.#asked.get(message.request_seq)?.(message);
    else if (message.type === "event") this.events.push({ event: message.event, body: message.body });
  }

  /** @throws Error with the message of a response that says no */
  async request<Name extends string>(
    command: Name,
    args?: object,
  ): Promise<Name extends keyof Bodies ? Bodies[Name] : unknown>;
  async request(command: string, args: object = {}): Promise<unknown> {
    const seq = ++this.#sequence;
    const response = new Promise<Response>((resolve) => {
      this.#asked.set(seq, resolve);
    });
    this.#write({ seq, type: "request", command, arguments: args });
    const { success, message = "", body } = await response;
    if (success) return body;
    throw new Error(message);
  }

  /** The next event with one of these names, after those that were returned before. */
  async next(...names: readonly string[]): Promise<DapEvent> {
    let found: DapEvent | undefined;
    await waitFor(`one of ${names.join(", ")}`, () => {
      found = this.events.slice(this.#seen).find(({ event }) => names.includes(event));
      return found !== undefined;
    });
    if (!found) throw new Error("it is there");
    this.#seen = this.events.indexOf(found, this.#seen) + 1;
    return found;
  }

  /** Up to the point at which breakpoints are set. */
  async launch(args: object): Promise<void> {
    await this.request("initialize", { adapterID: "cgi-workbench" });
    await this.request("launch", args);
    await this.next("initialized");
  }

  /** Sets breakpoints in one file, and lets the script begin. */
  async begin(path: string, breakpoints: readonly DebugProtocol.SourceBreakpoint[], filters: readonly string[] = []) {
    const body = await this.request("setBreakpoints", { source: { path }, breakpoints });
    await this.request("setExceptionBreakpoints", { filters });
    await this.request("configurationDone");
    return body.breakpoints;
  }

  /** The stack of the next stop, and its reason. */
  async stopped(): Promise<{ reason: unknown; frames: DebugProtocol.StackFrame[] }> {
    const { event, body } = await this.next("stopped", "terminated");
    if (event === "terminated") throw new Error(`the script has ended: ${JSON.stringify(this.events)}`);
    const { stackFrames } = await this.request("stackTrace", { threadId: 1 });
    return { reason: field(body, "reason"), frames: stackFrames };
  }

  /** Variables by their names, as text. */
  async variables(frameId: number, scope = 0): Promise<ReadonlyMap<string, DebugProtocol.Variable>> {
    const { scopes } = await this.request("scopes", { frameId });
    return this.children(scopes[scope]?.variablesReference ?? 0);
  }

  async children(variablesReference: number): Promise<ReadonlyMap<string, DebugProtocol.Variable>> {
    const { variables } = await this.request("variables", { variablesReference });
    return new Map(variables.map((variable) => [variable.name, variable]));
  }

  async step(command: "next" | "stepIn" | "stepOut" | "continue") {
    await this.request(command, { threadId: 1 });
    return this.stopped();
  }

  /** Waits for the end, unless that was noticed. */
  async end(isNoticed = false): Promise<{
    readonly body: string;
    readonly exitCode: unknown;
    readonly stderr: string;
    readonly status: unknown;
  }> {
    if (!isNoticed) await this.next("terminated");
    const of = (name: string) => this.events.findLast(({ event }) => event === name)?.body;
    const response = of("cgiResponse");
    return {
      body: Buffer.from(String(field(response, "bodyBase64") ?? ""), "base64").toString("latin1"),
      status: field(response, "status"),
      exitCode: field(of("exited"), "exitCode"),
      stderr: this.output("stderr"),
    };
  }

  /** All output of one category. */
  output(category: string): string {
    const outputs = this.events.filter(({ event, body }) => event === "output" && field(body, "category") === category);
    return outputs.map(({ body }) => String(field(body, "output"))).join("");
  }
}

/** The built program, driven as an editor does. */
export class DapClient extends Editor implements AsyncDisposable {
  readonly process: ChildProcess;
  /** What it says on stderr: nothing, if all is well. */
  words = "";

  constructor() {
    const child = startCommand(["dap"]);
    super((message) => child.stdin?.write(framed(message)));
    this.process = child;
    const reader = new DapReader((message) => this.take(message));
    child.stdout?.on("data", (bytes: Buffer) => {
      if (!reader.push(bytes)) throw new Error("this is no message of the protocol");
    });
    child.stderr?.on("data", (bytes: Buffer) => {
      this.words += bytes.toString();
    });
    child.stdin?.on("error", () => {
      // the program has ended; what is asked then gets no response
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exit = once(this.process, "exit");
      this.process.stdin?.end();
      await exit;
    }
  }
}

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;
}
