// One run of a script for a request: pumps stdin, stdout and stderr at once (RFC 3875 §3.4; none may
// wait for another), writes everything down in the trace, and gives the head, then the body. It
// never fails: what goes wrong is in the trace.
import type { ProcessInfo } from "../../contract/trace.js";
import { type ScriptHead, ScriptHeadParser } from "../../protocol/script-head.js";
import type { RecordedAnswers } from "../../runners/commands/recorded-answers.js";
import { joinedMails, type MailCatcher, type RawMails } from "../../runners/mail/mail-catcher.js";
import { readMails } from "../../runners/mail/read-mail.js";
import type { SmtpReceiver } from "../../runners/mail/smtp-receiver.js";
import type { Exchange, ExchangeEvents, RunFailure, Runner, RunRequest } from "../../runners/runner.js";
import { CapturedStream } from "../../trace/captured-stream.js";
import { FastcgiRecorder } from "../../trace/fastcgi-recorder.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { ExchangeAbort } from "../base/exchange-abort.js";
import type { ExchangeTimeouts } from "../exchange/exchange-timeouts.js";
import { awaitExitMs } from "../front/http-limits.js";
import type { OutputSink } from "../response/outgoing.js";
import type { RequestBody } from "./request-body.js";
import type { ScriptHeads } from "./script-heads.js";

/** While the run is held: a shorter body lets its script end. Of a longer one the rest waits in the script's pipe. */
const maxWaitingBytes = 1 << 20;
const nowhere: OutputSink = { write: () => true, flush: () => {}, end: () => {}, cut: () => {} };
const nphHead: ScriptHead = { fields: [], spans: [], bodyOffset: 0, statusLine: null, problem: null, tolerated: null };

interface ScriptRunOptions {
  readonly runner: Runner;
  readonly request: RunRequest;
  readonly body: RequestBody;
  readonly heads: ScriptHeads;
  readonly trace: TraceRecord;
  readonly captureBytes: number;
  readonly clock: ExchangeTimeouts;
  readonly exchangeAbort: ExchangeAbort;
  /** For commands that are missing here. */
  readonly answers: RecordedAnswers | null;
  /** Null: what the script sends is not caught. */
  readonly mail: MailCatcher | null;
  /** Null: the script does not speak SMTP. */
  readonly smtp: SmtpReceiver | null;
}

export class ScriptRun implements ExchangeEvents {
  /**
   * Decided by the output's first bytes; null when the exchange was aborted before that, or
   * never began. For NPH: at the first byte.
   */
  readonly head: Promise<ScriptHead | null>;
  /** stdout has ended and the process has exited. */
  readonly over: Promise<void>;
  /** Why the script does not run at all, or why its output ends too early. */
  failure: RunFailure | null = null;
  /** Nothing more comes of it: neither output nor the process's end. */
  isOver = false;
  /** stdout ended before its header did. */
  endedInHead = false;
  /** Set with the exit of a process of its own. */
  process: ProcessInfo | null = null;
  readonly #options: ScriptRunOptions;
  readonly #stdin: CapturedStream;
  readonly #stdout: CapturedStream;
  readonly #stderr: CapturedStream;
  /** Null before the first byte, and if the whole head came with it and is the same as the last time. */
  #parser: ScriptHeadParser | null = null;
  readonly #exchange: Exchange;
  #stopListening: () => void = () => {};
  #decide: (head: ScriptHead | null) => void = () => {};
  #tellOutputOver: (() => void) | null = null;
  #tellOver: () => void = () => {};
  #decided = false;
  #outputEnded = false;
  /** Also true when nothing waits for the output any more. */
  #isOutputOver = false;
  #exited = false;
  #sink: OutputSink | null = null;
  /** Nobody takes the body yet. */
  #isHeld = false;
  #onFull: () => void = () => {};
  /** Body bytes that came with the end of the head, and while the run is held. */
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(options: ScriptRunOptions) {
    this.#options = options;
    const { trace, captureBytes, runner, request, exchangeAbort } = options;
    this.head = new Promise((resolve) => {
      this.#decide = resolve;
    });
    this.over = new Promise((resolve) => {
      this.#tellOver = resolve;
    });
    const kept = trace.request.body;
    // A body that is read back from a file comes in pieces of its own.
    trace.stdin = this.#stdin = options.body.hasOwnBytes
      ? kept.another()
      : new CapturedStream(captureBytes, null, [kept]);
    trace.stdout = this.#stdout = kept.another();
    trace.stderr = this.#stderr = kept.another();
    this.#exchange = runner.run(request, this);
    this.#stopListening = exchangeAbort.onAbort(() => {
      this.stop();
      this.#setHead(null);
      this.#outputIsOver();
    });
  }

  /** Resolves when stdout is over, or the exchange was aborted. */
  get outputOver(): Promise<void> {
    if (this.#isOutputOver) return Promise.resolve();
    return new Promise((resolve) => {
      this.#tellOutputOver = resolve;
    });
  }

  /** Resolves when the run is over, or soon: how the process ended is known nearly always at once. */
  async exitedSoon(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, awaitExitMs);
    });
    await Promise.race([this.over, patience]);
    clearTimeout(timer);
  }

  /** The body so far goes to the sink, and all that follows. */
  flowTo(sink: OutputSink): void {
    this.#sink = sink;
    if (this.#isHeld) this.resume();
    this.#isHeld = false;
    for (const bytes of this.#waiting.splice(0)) sink.write(bytes);
    sink.flush();
    if (this.failure) sink.cut();
    else if (this.#outputEnded) sink.end();
  }

  /** The headers are there, and what comes next is not decided. `onFull`: no more of the body is taken meanwhile. */
  hold(onFull: () => void = () => {}): void {
    this.#isHeld = true;
    this.#onFull = onFull;
  }

  /** The body is read and goes nowhere. */
  discard(): void {
    this.flowTo(nowhere);
    this.resume();
  }

  /** Ends the script; whatever it still says goes nowhere. */
  stop(): void {
    this.#exchange.stop();
    this.discard();
  }

  /** The sink takes bytes again. */
  resume(): void {
    this.#exchange.resume();
  }

  started(at: number): void {
    const { trace, body } = this.#options;
    trace.timing.spawnedAt = this.#since(at);
    this.#options.clock.activity(at);
    body.flowTo({ write: (bytes) => this.#exchange.write(bytes), end: () => this.#exchange.endInput() });
  }

  failed(failure: RunFailure): void {
    const { trace, body, exchangeAbort } = this.#options;
    this.failure = failure;
    trace.notes.failure = failure.code;
    this.process = trace.process = failure.process;
    this.#options.answers?.close();
    void this.#options.smtp?.close();
    if (exchangeAbort.reason === null) {
      trace.outcome ??= failure.outcome;
      trace.cause ??= failure.why;
    } // else it failed because it was aborted
    body.dispose();
    this.#setHead(null);
    this.#sink?.cut();
    this.#outputIsOver();
    this.#finish();
  }

  stdout(bytes: Uint8Array, at: number): boolean {
    const { trace, clock } = this.#options;
    if (this.#sink !== nowhere) clock.activity(at); // output that nobody gets must not keep an exchange alive
    const since = this.#since(at);
    trace.timing.firstByteAt ??= since;
    trace.timing.lastByteAt = since;
    const offset = this.#stdout.bytes;
    this.#stdout.add(bytes, since);
    if (this.#sink) return this.#sink.write(bytes);
    if (this.#decided) this.#wait(bytes);
    else this.#readHead(bytes, offset, since);
    if (!this.#isHeld || this.#waitingBytes < maxWaitingBytes) return true;
    this.#onFull();
    return false;
  }

  stderr(bytes: Uint8Array, at: number): void {
    if (this.#sink !== nowhere) this.#options.clock.activity(at);
    this.#stderr.add(bytes, this.#since(at));
  }

  stdin(bytes: Uint8Array, at: number): void {
    this.#options.clock.activity(at);
    this.#stdin.add(bytes, this.#since(at));
  }

  stdinDrain(): void {
    this.#options.clock.activity(performance.now());
    this.#options.body.resume();
  }

  outputEnd(_at: number, held: readonly string[] | null): void {
    if (this.#outputEnded) return;
    this.#outputEnded = true;
    if (held) this.#options.trace.notes.heldBy = held;
    if (!this.#decided) {
      this.endedInHead = !this.isNph;
      // The head of an NPH script is decided at its first byte: this one wrote nothing.
      this.#setHead((this.#parser ?? new ScriptHeadParser()).end());
    }
    this.#sink?.end();
    this.#outputIsOver();
    this.#settle();
  }

  exit(process: ProcessInfo | null, at: number, stdinBytes?: number): void {
    const { trace, body } = this.#options;
    if (stdinBytes !== undefined) this.#stdin.cutTo(stdinBytes);
    const answers = this.#options.answers?.close() ?? [];
    this.process = trace.process = process && answers.length > 0 ? { ...process, answers } : process;
    trace.timing.exitAt = this.#since(at);
    body.dispose();
    const pid = process?.pid ?? null;
    const byCommand = pid === null ? null : (this.#options.mail?.take(pid, trace.startedAt) ?? null);
    if (byCommand || this.#options.smtp) void this.#readMail(byCommand);
    else this.#exitedWith(this.process);
  }

  async #readMail(byCommand: RawMails | null): Promise<void> {
    const sent = joinedMails(byCommand, (await this.#options.smtp?.close()) ?? null);
    this.#exitedWith(sent && this.process ? { ...this.process, mail: await readMails(sent) } : this.process);
  }

  #exitedWith(process: ProcessInfo | null): void {
    this.process = this.#options.trace.process = process;
    this.#exited = true;
    this.#settle();
  }

  /** The script speaks HTTP itself (RFC 3875 §5). */
  get isNph(): boolean {
    return this.#options.request.nph;
  }

  #readHead(bytes: Uint8Array, offset: number, since: number): void {
    const head = this.isNph ? nphHead : this.#parseHead(bytes);
    if (!head) return;
    this.#options.trace.timing.headersAt = since;
    if (head.bodyOffset < offset + bytes.length) this.#wait(bytes.subarray(Math.max(0, head.bodyOffset - offset)));
    this.#setHead(head);
  }

  #wait(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  #parseHead(bytes: Uint8Array): ScriptHead | null {
    const { heads, request } = this.#options;
    if (this.#parser) return this.#parser.push(bytes);
    const again = heads.again(request.route, bytes);
    if (again) return again;
    this.#parser = new ScriptHeadParser();
    const head = this.#parser.push(bytes);
    if (head) heads.keep(request.route, bytes, head);
    return head;
  }

  #setHead(head: ScriptHead | null): void {
    if (this.#decided) return;
    this.#decided = true;
    this.#decide(head);
  }

  recordFastcgi(): FastcgiRecorder {
    const { trace, captureBytes } = this.#options;
    trace.fastcgi ??= new FastcgiRecorder(trace.t0Ms, captureBytes, {
      sent: [this.#stdin],
      received: [this.#stdout, this.#stderr],
    });
    return trace.fastcgi;
  }

  #outputIsOver(): void {
    this.#isOutputOver = true;
    this.#tellOutputOver?.();
  }

  #settle(): void {
    if (this.#outputEnded && this.#exited) this.#finish();
  }

  #finish(): void {
    this.isOver = true;
    this.#stopListening();
    this.#tellOver();
  }

  #since(at: number): number {
    return at - this.#options.trace.t0Ms;
  }
}
