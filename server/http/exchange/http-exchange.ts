// One request on the wire from its first byte to its last: its trace, the response that was begun, its time limits,
// what must be released. A local redirect runs several scripts within one exchange, each with a trace of its own.
import { STATUS_CODES } from "node:http";
import type { RequestOverride } from "../../client/request-overrides.js";
import type { Message } from "../../contract/message.js";
import type { HoldMoment, Outcome, ProcessInfo } from "../../contract/trace.js";
import { byteString, latin1 } from "../../protocol/byte-string.js";
import type { Framed, FramingInput } from "../../protocol/framing.js";
import type { RedirectedFrom } from "../../protocol/meta-variables.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import { CapturedStream } from "../../trace/captured-stream.js";
import { withBody } from "../../trace/recorded-script.js";
import type { RecordedResponse, TraceRecord } from "../../trace/trace-record.js";
import type { Permit } from "../base/concurrency-limiter.js";
import type { ExchangeAbort } from "../base/exchange-abort.js";
import type { GatewaySettings } from "../base/gateway-settings.js";
import type { Incoming } from "../front/incoming.js";
import { connectionFault } from "../front/messages.js";
import { errorPage } from "../response/error-page.js";
import { NphWriter } from "../response/nph.js";
import type { Outgoing, OutgoingEvents, OutputSink } from "../response/outgoing.js";
import { pacedOutput } from "../response/paced-output.js";
import { ResponseWriter } from "../response/response-writer.js";
import { classifyOutcome, responderKind } from "./classify-outcome.js";
import { ExchangeTimeouts, type WaitsFor } from "./exchange-timeouts.js";
import { type FramedFor, type FramedResponse, frameResponse, RepeatedResponse } from "./framed-response.js";
import { exchangeMessage } from "./messages.js";

const contentLength = byteString("Content-Length");

/** A script that runs for the exchange. */
interface Run {
  /** stdout has ended and the process has exited. */
  readonly over: Promise<void>;
  readonly isOver: boolean;
  /** Set with the exit of a process of its own. */
  readonly process: ProcessInfo | null;
  stop(): void;
}

interface HttpExchangeOptions {
  readonly incoming: Incoming;
  readonly request: RequestHead;
  readonly trace: TraceRecord;
  readonly override: RequestOverride | null;
  readonly settings: GatewaySettings;
  readonly captureBytes: number;
}

export class HttpExchange implements OutgoingEvents {
  readonly incoming: Incoming;
  readonly request: RequestHead;
  /** The first run's: what goes over the wire belongs to it. */
  readonly trace: TraceRecord;
  readonly override: RequestOverride | null;
  readonly settings: GatewaySettings;
  readonly captureBytes: number;
  readonly exchangeAbort: ExchangeAbort;
  readonly clock: ExchangeTimeouts;
  /** Every trace of this exchange, the first one included, with its run once there is one. */
  readonly #steps: { readonly trace: TraceRecord; run: Run | null; note: Message | null }[] = [];
  /** What the exchange waits for in place of a script; "file": a static file, "held": a person. */
  phase: "upload" | "queue" | "file" | "held" | "running" = "running";
  /** When its sender, or whoever held it before, wants to hold it. */
  holdsAt: HoldMoment | null;
  /** So many persons step through its scripts: no limit of time counts, and they stay when the client leaves. */
  #debuggers = 0;
  /** The client has left, and the script was kept for the person who debugs it. */
  hasNoClient = false;
  /** The right to run scripts, from the concurrency limiter. */
  permit: Permit | null = null;
  /** Bytes a second that the client gets; null: as many as there are. */
  downPerSecond: number | null = null;
  /** Where the response body comes from: paused while the client does not read. */
  source: { resume(): void } | null = null;
  /** The first trace's cause when nothing went wrong. */
  note: Message | null = null;
  #outgoing: Outgoing | null = null;
  #paced: ReturnType<typeof pacedOutput> | null = null;
  readonly #stopListening: () => void;
  #interim: number[] = [];

  constructor(options: HttpExchangeOptions) {
    this.incoming = options.incoming;
    this.request = options.request;
    this.trace = options.trace;
    this.override = options.override;
    this.holdsAt = options.override?.isHeld ? "start" : null;
    this.settings = options.settings;
    this.captureBytes = options.captureBytes;
    this.exchangeAbort = options.incoming.exchangeAbort;
    this.clock = new ExchangeTimeouts(options.settings.limits, this.exchangeAbort, () => this.#waitsFor());
    this.incoming.onClosed(() => this.clientGone());
    this.#stopListening = this.exchangeAbort.onAbort(() => this.#outgoing?.cut());
    this.addTrace(this.trace);
  }

  addTrace(trace: TraceRecord): void {
    this.#steps.push({ trace, run: null, note: null });
  }

  /** The run whose local redirect led to the last one. */
  get redirectedFrom(): RedirectedFrom | null {
    const trace = this.#steps.at(-2)?.trace;
    if (!trace?.env) return null;
    return { url: latin1(trace.route.scriptName + trace.route.pathInfo), variables: trace.env };
  }

  hasTrace(id: string): boolean {
    return this.#steps.some(({ trace }) => trace.id === id);
  }

  addRun(trace: TraceRecord, run: Run): void {
    for (const step of this.#steps) if (step.trace === trace) step.run = run;
  }

  /** Part of a response went out, so no other can be sent. */
  get hasResponse(): boolean {
    return this.#outgoing !== null;
  }

  /** The client closed the connection, or it broke, before the whole response was out. */
  clientGone(): void {
    if (this.incoming.body.isUpgraded) return; // its WebSocket says how it was closed
    if (this.#outgoing?.finished || this.#outgoing?.cutShort) {
      // The client has its response. A script that still waits for the rest of the request body would wait in
      // vain, and must not take a part for the whole.
      if (this.incoming.body.isComplete) return;
      for (const { run } of this.#steps) {
        if (!run || run.isOver) continue;
        if (!this.exchangeAbort.reason) this.setOutcome("client-gone", connectionFault("body-incomplete").cause);
        run.stop();
      }
      return;
    }
    if (this.#debuggers > 0) {
      this.hasNoClient = true;
      this.setOutcome("client-gone", exchangeMessage("client-gone-debugged"));
      this.#outgoing?.cut();
      this.source?.resume();
      return;
    }
    this.clientLeft();
  }

  /** Ends the scripts: their client has left. */
  clientLeft(): void {
    this.exchangeAbort.abort({ outcome: "client-gone", status: 499, cause: exchangeMessage("client-gone") });
  }

  /** Returns what ends it once: limits of time count again, and a client that has left ends what still runs. */
  debugBegins(): () => void {
    let isOver = false;
    this.#debuggers++;
    this.clock.suspend();
    return () => {
      if (isOver) return;
      isOver = true;
      this.#debuggers--;
      this.clock.resume();
      const runs = this.#steps.some(({ run }) => !run?.isOver);
      if (this.hasNoClient && this.#debuggers === 0 && runs) this.clientLeft();
    };
  }

  /** The client may send its body now. */
  continueUpload(): void {
    if (!this.incoming.awaitsContinue) return;
    this.incoming.awaitsContinue = false;
    this.incoming.socket.write("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
    this.#interim.push(100);
  }

  /** Begins the response: frames it and sends its head. `length`: the body's, when it is known. */
  respond(response: FramingInput | RepeatedResponse, length: number | null): OutputSink {
    const framed = this.#framed(response, length, false);
    return this.#begun(new ResponseWriter(this.incoming, framed, this.#record(framed).body, this));
  }

  /** The connection has become a WebSocket, with these headers. */
  upgraded(headers: readonly HeaderPair[], outgoing: Outgoing): void {
    this.incoming.keepsConnection = false;
    const reason = byteString(STATUS_CODES[101] ?? "");
    this.#record({ status: 101, reason, headers, framing: "none", bodyBytes: 0, added: [], changed: [], dropped: [] });
    this.#outgoing = outgoing;
  }

  /** Begins a response that the script of `run` frames itself. */
  respondRaw(run: TraceRecord): OutputSink {
    this.incoming.keepsConnection = false;
    const response = this.#record({
      status: 0,
      reason: byteString(""),
      headers: [],
      framing: "close",
      bodyBytes: null,
      added: [],
      changed: [],
      dropped: [],
    });
    return this.#begun(new NphWriter(this.incoming, run, response, this));
  }

  /**
   * Sends a whole response: a page that reports what happened, which becomes the outcome of `trace`. Sends nothing when
   * part of a response went out already.
   */
  respondWithPage(
    status: number,
    cause: Message,
    outcome: Outcome,
    headers: readonly HeaderPair[] = [],
    trace = this.trace,
  ): void {
    this.setOutcome(outcome, cause, trace);
    if (this.hasResponse || this.incoming.socket.destroyed) return;
    const page = errorPage(status, cause, trace.seq);
    this.respondWhole(status, [...page.headers, ...headers], page.body);
  }

  /** Sends a response whose body is there. */
  respondWhole(status: number, ownHeaders: readonly HeaderPair[], content: Uint8Array): void {
    const { body } = this.incoming;
    const headers = [...ownHeaders, ...this.lengthForHead(content.length)];
    const response = { status, reason: byteString(""), headers };
    // A script that runs on gets the rest of its body, as it does after a response of its own.
    const isRead = body.hasReader && !this.incoming.awaitsContinue && !this.exchangeAbort.reason;
    if (!isRead && !this.incoming.awaitsContinue) body.discard();
    const framed = this.#framed(response, content.length, !body.isComplete && !isRead);
    const sink = this.#begun(new ResponseWriter(this.incoming, framed, this.#record(framed).body, this));
    sink.write(content);
    sink.end();
  }

  /** The page for an exchange that was aborted, if the client can still read it. */
  respondAborted(): void {
    const { reason } = this.exchangeAbort;
    if (reason) this.respondWithPage(reason.status, reason.cause, reason.outcome, [], this.#blamed ?? this.trace);
  }

  /** The trace of the script that alone caused the abort, by its silence; null: the abort is about all of them. */
  get #blamed(): TraceRecord | null {
    const isOfLast = exchangeMessage.is(this.exchangeAbort.reason?.cause, "silent-responder", "running-after-response");
    return isOfLast ? (this.#steps.at(-1)?.trace ?? null) : null;
  }

  /** What is said of one of the traces when nothing went wrong. It counts more than `note`. */
  setNote(note: Message, trace: TraceRecord): void {
    for (const step of this.#steps) if (step.trace === trace) step.note = note;
  }

  /** The first outcome counts. */
  setOutcome(outcome: Outcome, cause: Message, trace = this.trace): void {
    trace.outcome ??= outcome;
    trace.cause ??= cause;
  }

  /** Resolves when the response is out (or cannot be sent) and every script has ended. */
  async finish(): Promise<void> {
    if (!this.#outgoing?.finished) await this.#outgoing?.closed;
    this.clock.responseSent();
    this.phase = "running"; // a script whose local redirect led to a file may still run
    for (const { run } of this.#steps) if (run && !run.isOver) await run.over;
  }

  /**
   * The traces, each with its outcome: the one that was set already, else that of the abort, else how the script ended.
   */
  done(): TraceRecord[] {
    const { reason } = this.exchangeAbort;
    const blamed = reason && this.#blamed;
    for (const { trace, run, note } of this.#steps) {
      if (reason && trace.outcome === null && (blamed ?? trace) === trace) {
        trace.outcome = reason.outcome;
        trace.cause = reason.cause;
      }
      if (trace.outcome === null || trace.cause === null) {
        const own = run ? classifyOutcome(trace, run.process, this.trace.response) : null;
        trace.outcome ??= own?.outcome ?? "ok";
        trace.cause ??= own?.cause ?? note ?? (trace === this.trace ? this.note : null);
      }
      if (trace.script && trace.stdout) trace.script.spans = withBody(trace.script, trace.stdout.bytes);
    }
    const traces = this.#steps.map(({ trace }) => trace);
    // The time of the redirect's target is in those before it, too.
    const lastHeld = traces.findLastIndex(({ held }) => held !== undefined);
    // On a slow network the response's time is in all of them.
    const isSlow = traces[0]?.held?.some(({ ended }) => ended === "slowed") === true;
    for (const trace of isSlow ? traces : traces.slice(0, Math.max(0, lastHeld))) trace.held ??= [];
    return traces;
  }

  /** Releases what the exchange holds. */
  dispose(): void {
    this.#stopListening();
    this.clock.stop();
    this.permit?.release();
  }

  /** The workbench itself failed: ends the whole exchange. */
  abort(cause: Message): void {
    for (const { run } of this.#steps) run?.stop();
    if (this.hasResponse) this.#outgoing?.cut();
    this.respondWithPage(500, cause, "upstream-error");
  }

  /** For `respond`: the response to HEAD has no body from which the length could be taken. */
  lengthForHead(bytes: number): HeaderPair[] {
    return this.request.method === "HEAD" ? [[contentLength, byteString(String(bytes))]] : [];
  }

  /** Returns where its body goes. */
  #begun(outgoing: Outgoing): OutputSink {
    this.#outgoing = outgoing;
    if (this.downPerSecond === null) return outgoing;
    this.#paced = pacedOutput(this.downPerSecond, outgoing, () => this.onDrain());
    return this.#paced;
  }

  onDrain(): void {
    this.clock.activity(performance.now());
    if (!this.#paced?.isWaiting) this.source?.resume();
  }

  onComplete(): void {
    this.source?.resume(); // what the script still writes is read and discarded
  }

  #waitsFor(): WaitsFor {
    if (this.phase === "queue" || this.phase === "held" || this.#debuggers > 0 || this.#waitsForWorker) return "nobody";
    if (this.#paced?.isWaiting && !this.#outgoing?.blocked) return "nobody";
    // What came last may still be on its way to a slow disk: then nothing is read from the client.
    if (this.phase === "upload") return this.incoming.body.isAwaited ? "upload" : "nobody";
    if (this.#outgoing?.blocked) return "client";
    // The script of a local redirect gets no body. One that does not read pauses it.
    if (this.#steps.length === 1 && this.incoming.body.isAwaited) return "upload";
    if (this.phase === "file") return "nobody";
    return responderKind((this.#steps.at(-1)?.trace ?? this.trace).route);
  }

  /** Every connection or process of the FastCGI application is busy with other requests. */
  get #waitsForWorker(): boolean {
    const fastcgi = this.#steps.at(-1)?.trace.fastcgi;
    return fastcgi ? fastcgi.queuedAt !== null && fastcgi.readyAt === null : false;
  }

  #framed(response: FramingInput | RepeatedResponse, length: number | null, close: boolean): FramedResponse {
    const { body, keepsConnection, awaitsContinue } = this.incoming;
    const framedFor: FramedFor = {
      request: this.request,
      length,
      isClosing: close || !keepsConnection || (awaitsContinue && !body.isComplete),
      serverSoftware: this.settings.serverSoftware,
    };
    const framed =
      response instanceof RepeatedResponse ? response.framedFor(framedFor) : frameResponse(response, framedFor);
    if (framed.isLast) this.incoming.keepsConnection = false;
    return framed;
  }

  #record({ status, reason, headers, framing, added, changed, dropped }: Framed): RecordedResponse {
    const stdout = this.#steps.at(-1)?.trace.stdout ?? null;
    this.trace.response = {
      status,
      reason,
      headers,
      framing,
      added,
      changed,
      dropped,
      interim: this.#interim,
      body: stdout ? new CapturedStream(this.captureBytes, null, [stdout]) : this.trace.request.body.another(),
    };
    return this.trace.response;
  }
}
