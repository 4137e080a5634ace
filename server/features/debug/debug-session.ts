// One request whose script a person steps through. An editor speaks the Debug Adapter Protocol with the session; what
// concerns the script itself is answered by the debugger in its process.
import { setImmediate, setTimeout as wait } from "node:timers/promises";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Workbench } from "../../app/workbench.js";
import { toDisplayText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import { type Message, wordsOf } from "../../contract/message.js";
import { problemText } from "../../contract/problem.js";
import type { Origin } from "../../contract/trace.js";
import type { DebuggedScript, ScriptDebugger } from "../../http/script/debug-script.js";
import { utf8 } from "../../protocol/byte-string.js";
import { hasDebugCookie } from "../../protocol/debug-cookie.js";
import type { DebuggedStart } from "../../runners/runner.js";
import type { CapturedStream } from "../../trace/captured-stream.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import {
  attachArguments,
  disconnectArguments,
  isPlainName,
  type LaunchArguments,
  launchArguments,
  parsed,
  type WantedEntry,
  withExpression,
} from "./debug-arguments.js";
import { type SessionEvent, scriptEvent } from "./debugger-answers.js";
import { debuggerStart } from "./debugger-start.js";
import { type AgentEndpoint, type AgentLink, Gone, Refusal, unlessRefused } from "./debuggers/agent-link.js";
import type { DapRequest, DapResponse } from "./debuggers/dap-framing.js";
import { debugMessage, debugProblem } from "./messages.js";

/** A debugger that has not reported by then will not. */
const patienceMs = 2000;

export type DebuggedWorkbench = Pick<Workbench, "folder" | "sender" | "server" | "traces" | "debuggers">;

export interface DebugSessionOptions {
  /** Who sends the request of a launch. */
  readonly from: Origin;
  /** Opens the folder that the editor names. `isForClients`: at the address that they know. */
  readonly open: (folder: string, isForClients: boolean) => Promise<DebuggedWorkbench>;
  readonly event: (event: SessionEvent) => void;
}

const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsTerminateRequest: true,
  supportTerminateDebuggee: true,
  supportsDelayedStackTraceLoading: true,
  exceptionBreakpointFilters: [{ filter: "uncaught", label: "Uncaught exceptions", default: true }],
};

export class DebugSession implements ScriptDebugger {
  readonly #options: DebugSessionOptions;
  readonly #ending = new AbortController();
  #workbench: DebuggedWorkbench | null = null;
  /** The folder that the editor named lies here. */
  #root = "";
  #matches: (trace: TraceRecord) => boolean = () => false;
  #claimed: string | null = null;
  #entry: WantedEntry = { stopOnEntry: false, stopAtByte: null };
  /** The script has stopped for the byte. */
  #isByteFound = false;
  #isLaunched = false;
  /** No script is taken any more. */
  #isOver = false;
  #script: DebuggedScript | null = null;
  #endpoint: AgentEndpoint | null = null;
  #link: AgentLink | null = null;
  /** Tells how many bytes of stderr were told. */
  #told = 0;

  constructor(options: DebugSessionOptions) {
    this.#options = options;
  }

  /** The response of the protocol. */
  async take(request: DapRequest): Promise<Omit<DapResponse, "seq">> {
    const response = { type: "response", request_seq: request.seq, command: request.command } as const;
    try {
      return { ...response, success: true, body: await this.answer(request) };
    } catch (error) {
      if (error instanceof Refusal || error instanceof Gone)
        return { ...response, success: false, message: error.message };
      if (!(error instanceof ProblemError)) throw error;
      const { code } = error.problem;
      const format = problemText(error.problem);
      return { ...response, success: false, message: code, body: { error: { id: 1, format, showUser: true } } };
    }
  }

  /** Ends what the session has begun. */
  dispose(): void {
    this.#isOver = true;
    this.#workbench?.debuggers.delete(this);
    this.#ending.abort();
    this.#link?.close();
    this.#endpoint?.close();
  }

  wants(trace: TraceRecord): boolean {
    return this.#script === null && this.#matches(trace) && this.#isTrusted();
  }

  async start(script: DebuggedScript): Promise<DebuggedStart | null> {
    // While its body was received another request may have come first, or the person may have left.
    if (this.#script !== null || this.#isOver || !this.#isTrusted()) return null;
    this.#script = script;
    this.#options.event({ event: "cgiRequest", body: { traceId: script.trace.id } });
    void this.#followToEnd(script.trace);
    const start = await debuggerStart(script);
    if (!("endpoint" in start)) {
      this.#say(start);
      return null;
    }
    if (start.note) this.#say(start.note);
    let endpoint: AgentEndpoint;
    try {
      endpoint = await start.endpoint({
        event: (name, body) => this.#relay(name, body),
        arrived: () => this.#arrived(script.trace),
      });
    } catch (error) {
      this.#say(debugProblem("debug-pipes", { systemText: String(error) }));
      return null;
    }
    if (this.#isOver) {
      endpoint.close();
      return null;
    }
    this.#endpoint = endpoint;
    void this.#connect(endpoint, script);
    return (plan) => start.start(endpoint.path, plan);
  }

  async #connect(endpoint: AgentEndpoint, { letGo }: DebuggedScript): Promise<void> {
    const timer = setTimeout(() => {
      this.#say(debugMessage("debug-silent", { waitedMs: patienceMs }));
      endpoint.close();
    }, patienceMs);
    this.#link = await endpoint.linked;
    clearTimeout(timer);
    if (this.#link === null) return letGo();
    void this.#link.closed.then(async () => {
      if (!this.#isOver) await wait(patienceMs, undefined, { ref: false }); // the script itself is about to end
      letGo();
    });
    this.#options.event({ event: "initialized" });
  }

  #relay(name: string, body: unknown): void {
    const parsed = scriptEvent.safeParse({ event: name, body });
    if (!parsed.success) return; // the script has written into the debugger's connection itself
    this.#tellErrors();
    const { event, body: told } = parsed.data;
    const { stopAtByte } = this.#entry;
    if (event === "stopped" && told.how !== undefined && stopAtByte !== null) {
      this.#isByteFound = true;
      const text = wordsOf(debugMessage("debug-byte", { ...stopAtByte, how: told.how }).text);
      this.#options.event({ event, body: { ...told, description: text, text } });
    } else this.#options.event(parsed.data);
  }

  /** What was written before has arrived two turns of the event loop later. */
  async #arrived(trace: TraceRecord): Promise<number> {
    for (let turn = 0; turn < 3; turn++) await setImmediate();
    return trace[this.#entry.stopAtByte?.stream ?? "stdout"]?.bytes ?? 0;
  }

  /** The request of this trace is debugged, unless another one is already. */
  claim(trace: TraceRecord): void {
    if (this.#claimed !== null) return;
    this.#claimed = trace.id;
    this.#matches = ({ id }) => id === trace.id;
    void this.#workbench?.traces.whenEnded(trace).then(() => {
      if (this.#script !== null) return;
      this.#say(debugMessage("debug-no-script"));
      this.#end(trace);
    });
  }

  /** The body of the response. @throws ProblemError, Refusal, Gone */
  async answer({ command, arguments: args }: Pick<DapRequest, "command" | "arguments">): Promise<object> {
    switch (command) {
      case "initialize":
        return capabilities;
      case "launch":
        await this.#launch(parsed(launchArguments, args));
        return {};
      case "attach": {
        const { folder, next, ...entry } = parsed(attachArguments, args);
        const workbench = await this.#open(folder, entry);
        if (next === "claimed") return {};
        const path = typeof next === "object" && "path" in next ? next.path : null;
        const cookie = typeof next === "object" && "cookie" in next ? next.cookie : null;
        this.#matches = ({ route, request }) =>
          (path === null || toDisplayText(route.scriptName) === path) &&
          (cookie === null || hasDebugCookie(request.headers, cookie));
        const { url } = workbench.server.servingAddress();
        this.#say(debugMessage("debug-waits", { url: url + (path ?? ""), hasCookie: cookie !== null }));
        return {};
      }
      case "terminate":
        this.#stop();
        return {};
      case "disconnect":
        await this.#disconnect(parsed(disconnectArguments, args)?.terminateDebuggee ?? this.#isLaunched);
        return {};
      case "evaluate": {
        const { expression, context } = parsed(withExpression, args);
        if (context === "hover" && !isPlainName(expression)) throw new ProblemError(debugProblem("debug-hover"));
        return this.#ask(command, args);
      }
      case "threads":
        return { threads: this.#link ? [{ id: 1, name: "script" }] : [] };
      case "configurationDone":
        return this.#ask(command, this.#entry);
      default:
        return this.#ask(command, args);
    }
  }

  async #ask(command: string, args: unknown): Promise<object> {
    if (this.#link) return this.#link.request(command, args);
    throw new ProblemError(debugProblem("debug-not-running"));
  }

  async #launch({ folder, target, method, headers, body, mode, ...entry }: LaunchArguments): Promise<void> {
    this.#isLaunched = true;
    const { sender } = await this.#open(folder, entry);
    const request = {
      method: utf8(method),
      target: utf8(target),
      headers: Object.entries(headers).map(([name, value]) => [utf8(name), utf8(value)] as const),
      body: body === null ? null : { bytes: Buffer.from(body) },
    };
    const onTrace = (trace: TraceRecord): void => this.claim(trace);
    const options = { signal: this.#ending.signal, onTrace };
    sender.deliver(request, { from: this.#options.from, mode }, options).catch((error: unknown) => {
      if (this.#ending.signal.aborted) return;
      this.#options.event({ event: "output", body: { category: "important", output: `${String(error)}\n` } });
      this.#options.event({ event: "terminated" });
    });
  }

  /** @throws ProblemError */
  async #open(folder: string, entry: WantedEntry): Promise<DebuggedWorkbench> {
    const workbench = await this.#options.open(folder, !this.#isLaunched);
    this.#root = workbench.folder.workspace().root;
    this.#workbench = workbench;
    if (!this.#isTrusted()) throw new ProblemError(debugProblem("debug-not-trusted", { path: this.#root }));
    this.#entry = entry;
    workbench.debuggers.add(this);
    return workbench;
  }

  /** The person may open another folder, or trust it no longer, while a request is waited for. */
  #isTrusted(): boolean {
    const folder = this.#workbench?.folder.current;
    return folder?.root === this.#root && folder.isTrusted;
  }

  async #disconnect(terminates: boolean): Promise<void> {
    this.#isOver = true;
    this.#workbench?.debuggers.delete(this);
    if (terminates) this.#stop();
    // A script that waits for something, or evaluates without an end, does not answer.
    else if (this.#link)
      await Promise.race([
        unlessRefused(this.#link.request("disconnect", {})),
        wait(patienceMs, undefined, { ref: false }),
      ]);
    this.#link?.close();
    this.#endpoint?.close();
    const { trace } = this.#script ?? {};
    if (trace) await this.#workbench?.traces.whenEnded(trace);
  }

  #stop(): void {
    if (this.#script) this.#workbench?.server.stopExchange(this.#script.trace.id);
  }

  async #followToEnd(trace: TraceRecord): Promise<void> {
    await this.#workbench?.traces.whenEnded(trace);
    await setImmediate(); // what the debugger said last is read
    this.#endpoint?.close();
    this.#workbench?.debuggers.delete(this);
    this.#end(trace);
    this.#link?.close(); // a process that the script has left behind may have it open
  }

  #end(trace: TraceRecord): void {
    this.#tellErrors();
    const { stopAtByte } = this.#entry;
    if (stopAtByte && this.#link && !this.#isByteFound && !this.#isOver) {
      const written = trace[stopAtByte.stream]?.bytes ?? 0;
      this.#say(debugMessage("debug-byte-missed", { ...stopAtByte, written }));
    }
    const exitCode = trace.process?.exitCode ?? null;
    if (exitCode !== null) this.#options.event({ event: "exited", body: { exitCode } });
    const { response } = trace;
    if (response)
      this.#options.event({
        event: "cgiResponse",
        body: {
          traceId: trace.id,
          status: response.status,
          headers: response.headers.map(([name, value]) => [toDisplayText(name), toDisplayText(value)]),
          bodyBase64: Buffer.from(read(response.body, 0)).toString("base64"),
        },
      });
    this.#options.event({ event: "terminated" });
  }

  #tellErrors(): void {
    const stream = this.#script?.trace.stderr;
    if (!stream || stream.captured <= this.#told) return;
    const output = Buffer.from(read(stream, this.#told)).toString();
    this.#told = stream.captured;
    this.#options.event({ event: "output", body: { category: "stderr", output } });
  }

  #say({ text }: Message): void {
    this.#options.event({ event: "output", body: { category: "important", output: `${wordsOf(text)}\n` } });
  }
}

const read = (stream: CapturedStream, from: number): Uint8Array => stream.read(from, stream.captured - from);
