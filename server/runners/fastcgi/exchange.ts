// One request to a FastCGI application, from its place in the queue to END_REQUEST: the meaning of each record, and
// what happens when the application or the client closes its connection.

import { toDisplayText } from "../../base/decode-text.js";
import { soon } from "../../base/soon.js";
import type { Message } from "../../contract/message.js";
import { decodeEndRequest, type EndRequest, unreadOf } from "../../protocol/fastcgi/encode-record.js";
import type { PlacedRecord } from "../../protocol/fastcgi/record-reader.js";
import { protocolStatus, recordType, recordTypeName } from "../../protocol/fastcgi/record-types.js";
import type { FastcgiRecorder } from "../../trace/fastcgi-recorder.js";
import type { Exchange, ExchangeEvents } from "../runner.js";
import { type ConnectionUser, type FastcgiConnection, onlyRequestId } from "./connection.js";
import { died, type FastcgiFailure, notFastcgi, refused } from "./failures.js";
import { fastcgiNote, type Who } from "./messages.js";
import type { FastcgiRequest } from "./request.js";
import { SentRequest } from "./sent-request.js";

/** What the exchange needs from its host. */
export interface ExchangeHost {
  /** Named in failures. */
  readonly who: Who;
  readonly keepConnections: boolean;
  /** A server of another protocol may listen there, and close a new connection without a response. */
  readonly mayBeOther: boolean;
  /**
   * The owner finds out whether the process lives, and decides about a request
   * that a closed connection left unanswered.
   */
  readonly hasProcess: boolean;
  /** Requests a new connection, before all that wait for one: `take` or `fail` is called later. */
  again(exchange: FastcgiExchange): void;
  /** It no longer needs a connection. */
  abandon(exchange: FastcgiExchange): void;
}

/** Time for the application to end the request after ABORT_REQUEST, ms; then the connection is closed. */
const abortGraceMs = 500;
/**
 * How often a request gets another connection because a kept one was closed, or the application refused it there (§5.5,
 * CANT_MPX_CONN).
 */
const maxAttempts = 3;
const noBytes = new Uint8Array(0);
/** How a kept connection ends that the application has left: closed (null), or with the error of our own write. */
const unansweredCodes: ReadonlySet<string | null> = new Set([null, "ECONNRESET", "EPIPE"]);

export class FastcgiExchange implements Exchange, ConnectionUser {
  readonly #host: ExchangeHost;
  readonly #request: FastcgiRequest;
  readonly #events: ExchangeEvents;
  readonly #recorder: FastcgiRecorder;
  /** Null without a connection. */
  #sent: SentRequest | null = null;
  /** Offset of this request's first byte in everything received over the connection. */
  #receivedFrom = 0;
  #arrivedBytes = 0;
  #arrivedAt = 0;
  #stdoutBytes = 0;
  #stdoutEnded = false;
  #started = false;
  #stopped = false;
  #over = false;
  /** END_REQUEST's content, as far as it has arrived. */
  #end: Uint8Array | null = null;
  #ended: EndRequest | null = null;
  #abortTimer: NodeJS.Timeout | null = null;

  constructor(host: ExchangeHost, request: FastcgiRequest, events: ExchangeEvents, recorder: FastcgiRecorder) {
    this.#host = host;
    this.#request = request;
    this.#events = events;
    this.#recorder = recorder;
    recorder.role = request.role;
    recorder.queuedAt ??= recorder.since(performance.now());
  }

  // Called by the host.

  /** Begins on an open, free connection. */
  take(connection: FastcgiConnection): void {
    const since = this.#recorder.since(performance.now());
    this.#recorder.attempts++;
    this.#recorder.reused = connection.served > 0;
    this.#recorder.readyAt ??= since;
    this.#recorder.connectedAt = since;
    this.#receivedFrom = connection.receivedBytes;
    connection.use(this);
    const sent = new SentRequest(connection, this.#request, this.#events, this.#recorder);
    this.#sent = sent;
    sent.begin(this.#host.keepConnections);
    soon(() => this.#begun(sent)); // no event before `run` has returned
  }

  /** It need not wait any longer: a connection is being opened. */
  opening(): void {
    this.#recorder.readyAt ??= this.#recorder.since(performance.now());
  }

  /** The request cannot be served: there is no connection, or it broke. */
  fail(failure: FastcgiFailure): void {
    if (this.#over) return;
    this.#finish();
    if (this.#stopped) this.#tellEnd(performance.now());
    else this.#events.failed(failure);
  }

  // Called by the gateway.

  write(bytes: Uint8Array): boolean {
    const { body } = this.#request;
    // an application need not read its body
    if (!body || this.#over || this.#stopped || this.#ended || bytes.length === 0) return true;
    body.add(bytes, this.#sent !== null);
    return this.#sent?.write(bytes) ?? false;
  }

  endInput(): void {
    const { body } = this.#request;
    if (!body || this.#stopped) return; // an incomplete body must not look complete
    body.hasEnded = true;
    this.#sent?.endIfWhole();
  }

  resume(): void {
    this.#sent?.connection.resume();
  }

  stop(): void {
    if (this.#over || this.#stopped) return;
    this.#stopped = true;
    if (this.#sent) {
      this.#sent.connection.resume();
      this.#sent.abort();
      this.#abortTimer = setTimeout(() => this.#giveUp(), abortGraceMs);
    } else {
      this.#host.abandon(this);
      this.#finish();
      this.#tellEnd(performance.now());
    }
  }

  // Called by the connection.

  arrived(bytes: Uint8Array, at: number): void {
    this.#arrivedAt = at;
    this.#arrivedBytes += bytes.length;
    this.#recorder.received.add(bytes, this.#recorder.since(at));
  }

  record(record: PlacedRecord): void {
    this.#recorder.record("received", record, record.offset - this.#receivedFrom, this.#arrivedAt);
    const { type, requestId } = record;
    const isManagement = requestId === 0 && type >= recordType.getValues; // only their request id is 0 (§3.3)
    if (requestId !== onlyRequestId && !isManagement)
      this.#recorder.note(
        fastcgiNote("record-of-other-request", {
          record: recordTypeName(type),
          requestId,
          expected: onlyRequestId,
        }),
      );
    else if (this.#ended) this.#recorder.note(fastcgiNote("record-after-end", { record: recordTypeName(type) }));
    else if (type === recordType.endRequest) this.#end = noBytes;
    else if (type === recordType.stdout && record.contentLength === 0) this.#stdoutEnded = true;
    else if (type === recordType.stdout && this.#stdoutEnded) this.#recorder.note(fastcgiNote("stdout-after-its-end"));
    else if (type !== recordType.stdout && type !== recordType.stderr)
      this.#recorder.note(fastcgiNote("unexpected-record", { record: recordTypeName(type) }));
  }

  content(bytes: Uint8Array, { type, requestId }: PlacedRecord): void {
    if (requestId !== onlyRequestId || this.#ended) return;
    if (type === recordType.endRequest) this.#end = this.#end?.length ? Buffer.concat([this.#end, bytes]) : bytes;
    else if (type === recordType.stderr) this.#events.stderr(bytes, this.#arrivedAt);
    else if (type === recordType.stdout) {
      this.#tellStarted();
      this.#stdoutBytes += bytes.length;
      if (!this.#events.stdout(bytes, this.#arrivedAt) && !this.#stopped) this.#sent?.connection.pause();
    }
  }

  contentEnd({ type, requestId, contentLength }: PlacedRecord): void {
    if (type !== recordType.endRequest || requestId !== onlyRequestId || this.#ended || !this.#end) return;
    if (contentLength !== 8) this.#recorder.note(fastcgiNote("end-request-length", { bytes: contentLength }));
    this.#ended = decodeEndRequest(this.#end);
    this.#recorder.unread = unreadOf(this.#end);
  }

  settled(): boolean {
    if (!this.#ended) return false;
    const sent = this.#sent;
    const again = this.#ended.protocolStatus === protocolStatus.cannotMultiplex && this.#canStartAgain;
    // The setting may have changed during the request: without FCGI_KEEP_CONN the application closes the connection.
    const reusable = this.#host.keepConnections && sent?.keepsConnection === true && !again && sent.isWhole;
    if (again) this.#startAgain(fastcgiNote("refused-on-connection"));
    else this.#endRequest(this.#ended);
    if (!reusable) sent?.connection.close(); // the rest of the request would be taken for the next one
    return reusable;
  }

  mayHaveMissed(): boolean {
    return this.#recorder.reused && this.#arrivedBytes === 0;
  }

  drained(): void {
    if (this.#started && !this.#stopped) this.#events.stdinDrain();
  }

  wrong(problem: Message): void {
    if (this.#ended) {
      this.#recorder.note(fastcgiNote("bytes-after-end", { problem }));
      this.settled();
    } else this.fail(notFastcgi(this.#host.who, problem));
  }

  gone(code: string | null): void {
    const sent = this.#sent;
    if (!sent) return;
    // Only an idempotent request is sent on a kept connection, so it may go out again. One whose only write failed was
    // not read; else a process that died of it may have read it: ECONNRESET comes if anything was left unread.
    const isUnanswered = this.mayHaveMissed() && this.#canStartAgain && unansweredCodes.has(code);
    const isUnread = code === "EPIPE" && !this.#request.body;
    if (isUnanswered && (isUnread || !this.#host.hasProcess))
      this.#startAgain(fastcgiNote("kept-connection-closed", { errno: code }));
    else if (this.#stdoutEnded) {
      this.#recorder.note(fastcgiNote("no-end-request"));
      this.#complete(protocolStatus.requestComplete);
    } else {
      const mayBeOther = this.#arrivedBytes === 0 && !this.#recorder.reused && this.#host.mayBeOther;
      const split = sent.split.map(([name]) => toDisplayText(name));
      this.fail(
        died(this.#host.who, {
          code,
          stdoutBytes: this.#stdoutBytes,
          missing: sent.connection.missing(),
          split,
          mayBeOther,
          mayAskAgain: isUnanswered ? { errno: code } : null,
        }),
      );
    }
  }

  /** Body bytes that arrived, to be sent as soon as there is a connection. */
  get #hasBytes(): boolean {
    return this.#request.body?.isEmpty === false;
  }

  get #canStartAgain(): boolean {
    return (
      !this.#stopped &&
      this.#stdoutBytes === 0 &&
      this.#recorder.attempts < maxAttempts &&
      this.#request.body?.parts !== null
    );
  }

  /** Continues on another connection. `note`: why. */
  #startAgain(note: Message): void {
    this.#recorder.note(note);
    this.#sent = null;
    this.#ended = this.#end = null;
    this.#stdoutEnded = false;
    this.#arrivedBytes = 0;
    this.#recorder.startAgain(performance.now());
    this.#host.again(this);
  }

  /** The application has the request's head, or receives it together with the body bytes of this turn and the next. */
  #begun(sent: SentRequest): void {
    if (this.#sent === sent && !sent.connection.isRefused) {
      const waited = this.#hasBytes;
      this.#tellStarted();
      if (waited) this.drained();
    }
    if (this.#request.body) process.nextTick(release, sent.connection);
  }

  #tellStarted(): void {
    if (this.#started) return;
    this.#started = true;
    this.#events.started(performance.now());
  }

  #endRequest({ protocolStatus: status, appStatus }: EndRequest): void {
    this.#recorder.appStatus = appStatus;
    this.#recorder.protocolStatus = status;
    this.#complete(status);
  }

  /** END_REQUEST has arrived, or its equivalent. */
  #complete(status: number): void {
    const at = this.#arrivedAt || performance.now();
    if (status === protocolStatus.requestComplete || this.#stopped) {
      if (!this.#stdoutEnded && !this.#stopped && this.#stdoutBytes > 0)
        this.#recorder.note(fastcgiNote("stdout-not-ended"));
      this.#tellStarted();
      this.#finish();
      this.#tellEnd(at);
    } else {
      this.#finish();
      // Sent again, a body that was not stored would lack its beginning, and a second response would follow the first.
      const begun = this.#stdoutBytes > 0 || this.#request.body?.parts === null;
      this.#events.failed(refused(this.#host.who, status, begun));
    }
  }

  /** No END_REQUEST after an abort: the application ignores it. */
  #giveUp(): void {
    const connection = this.#sent?.connection;
    this.#finish();
    connection?.close();
    this.#tellEnd(performance.now());
  }

  #tellEnd(at: number): void {
    this.#events.outputEnd(at, null);
    this.#events.exit(null, at);
  }

  #finish(): void {
    this.#over = true;
    this.#sent = null;
    if (this.#abortTimer) clearTimeout(this.#abortTimer);
    this.#abortTimer = null;
  }
}

const release = (connection: FastcgiConnection): void => connection.release();
