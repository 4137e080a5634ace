// One request to a FastCGI application, from its place in the queue to END_REQUEST: what is sent when, what each record that comes
// means, and what becomes of it when the application or the client goes away.
import { byteString } from "../../protocol/byte-string.js";
import { decodeEndRequest, type EndRequest, encodeAbortRequest } from "../../protocol/fastcgi/encode-record.js";
import type { NameValue } from "../../protocol/fastcgi/name-values.js";
import { encodeHeader, headerAt, paddingFor, type RecordHeader } from "../../protocol/fastcgi/record-header.js";
import type { PlacedRecord } from "../../protocol/fastcgi/record-reader.js";
import { headerBytes, protocolStatus, type RoleName, recordType, recordTypeName } from "../../protocol/fastcgi/record-types.js";
import { RequestParams } from "../../protocol/fastcgi/request-params.js";
import type { WrongProtocol } from "../../protocol/fastcgi/wrong-protocol.js";
import { toDisplayText } from "../../trace/decode-text.js";
import type { FastcgiRecorder } from "../../trace/fastcgi-recorder.js";
import type { Exchange, ExchangeEvents } from "../runner.js";
import { type ConnectionUser, type FastcgiConnection, onlyRequestId } from "./connection.js";
import { died, type FastcgiFailure, notFastcgi, refused } from "./failures.js";

/** What a filter works on (§6.4). */
export interface FilterData {
  readonly bytes: Uint8Array;
  /** When it was changed last, Unix time in seconds. */
  readonly lastModified: number;
}

export interface FastcgiRequest {
  readonly role: RoleName;
  /** FCGI_DATA_… are added for a filter. */
  readonly params: RequestParams;
  /** Whether body bytes will follow: CONTENT_LENGTH of them. */
  readonly hasBody: boolean;
  /** For a filter. */
  readonly data?: FilterData;
  /** True: not on a kept one. */
  readonly onFreshConnection?: boolean;
}

/** What the exchange needs of who made it. */
export interface ExchangeHost {
  /** "The FastCGI application at tcp:…": begins a sentence. */
  readonly name: string;
  readonly keepConnections: boolean;
  /** Another connection, please: `take` or `fail` is called later. `fresh`: not a kept one. */
  acquire(exchange: FastcgiExchange, fresh: boolean): void;
  /** It does not want one any more. */
  abandon(exchange: FastcgiExchange): void;
}

/** Most content we put into a record: half of what a socket gives at once, so that no scrap is left over, and without padding. */
const pieceBytes = 32_768;
/** After ABORT_REQUEST the application has this long to end the request, ms; then the connection is closed. */
const abortGraceMs = 500;
/** Times a request is given to another connection because a kept one was closed, or refused it (§5.5, CANT_MPX_CONN). */
const maxAttempts = 3;
const padding = new Uint8Array(8);
const endOfStdin: RecordHeader = { type: recordType.stdin, requestId: onlyRequestId, contentLength: 0, paddingLength: 0 };

export class FastcgiExchange implements Exchange, ConnectionUser {
  readonly #host: ExchangeHost;
  readonly #request: FastcgiRequest;
  readonly #events: ExchangeEvents;
  readonly #recorder: FastcgiRecorder;
  #connection: FastcgiConnection | null = null;
  /** Places in the connection's streams where this request begins. */
  #receivedFrom = 0;
  #sentBytes = 0;
  #arrivedBytes = 0;
  #arrivedAt = 0;
  #bodyBytes = 0;
  #stdoutBytes = 0;
  #stdoutEnded = false;
  #inputEnded = false;
  #sentAll = false;
  #started = false;
  #stopped = false;
  #over = false;
  /** Body bytes that wait for another connection. */
  #held: Uint8Array[] = [];
  #split: readonly NameValue[] = [];
  #end: { readonly parts: Uint8Array[]; complete: boolean } | null = null;
  #ended: EndRequest | null = null;
  #abortTimer: NodeJS.Timeout | null = null;

  constructor(host: ExchangeHost, request: FastcgiRequest, events: ExchangeEvents, recorder: FastcgiRecorder) {
    this.#host = host;
    this.#request = request;
    this.#events = events;
    this.#recorder = recorder;
    recorder.role = request.role;
    recorder.startAgain();
    recorder.queuedAt ??= recorder.since(performance.now());
  }

  /** Nothing is told any more. */
  get isOver(): boolean {
    return this.#over;
  }

  // What the host calls.

  /** Begins on an open, free connection. */
  take(connection: FastcgiConnection): void {
    const now = performance.now();
    this.#connection = connection;
    this.#receivedFrom = connection.receivedBytes;
    this.#recorder.attempts++;
    this.#recorder.reused = connection.served > 0;
    this.#recorder.readyAt ??= this.#recorder.since(now);
    this.#recorder.connectedAt = this.#recorder.since(now);
    connection.use(this);
    this.#begin(connection);
  }

  /** It need not wait any longer: a connection is being opened. */
  opening(): void {
    this.#recorder.readyAt ??= this.#recorder.since(performance.now());
  }

  /** There is no connection to be had. */
  fail(failure: FastcgiFailure): void {
    if (this.#over) return;
    this.#finish();
    if (this.#stopped) this.#tellEnd(performance.now());
    else this.#events.failed(failure);
  }

  // What the gateway calls.

  write(bytes: Uint8Array): boolean {
    if (this.#over || this.#stopped || this.#ended || bytes.length === 0) return true; // an application need not read its body
    if (this.#connection === null) {
      this.#held.push(bytes);
      return false;
    }
    this.#bodyBytes += bytes.length;
    this.#events.stdin(bytes, performance.now());
    return this.#sendStream(recordType.stdin, bytes);
  }

  endInput(): void {
    if (this.#inputEnded || this.#stopped) return; // a body that breaks off must not look whole
    this.#inputEnded = true;
    if (this.#connection !== null) this.#sendEnd();
  }

  resume(): void {
    this.#connection?.resume();
  }

  stop(): void {
    if (this.#over || this.#stopped) return;
    this.#stopped = true;
    const connection = this.#connection;
    if (connection === null) {
      this.#host.abandon(this);
      this.#finish();
      this.#tellEnd(performance.now());
      return;
    }
    connection.resume();
    this.#send([encodeAbortRequest(onlyRequestId)], recordType.abortRequest, 0, 0);
    this.#abortTimer = setTimeout(() => this.#giveUp(), abortGraceMs);
  }

  // What the connection calls.

  arrived(bytes: Uint8Array, at: number): void {
    this.#arrivedAt = at;
    this.#arrivedBytes += bytes.length;
    this.#recorder.received.add(bytes, this.#recorder.since(at));
  }

  record(record: PlacedRecord): void {
    this.#recorder.record("received", record, record.offset - this.#receivedFrom, this.#arrivedAt);
    const { type, requestId } = record;
    if (requestId !== onlyRequestId && requestId !== 0)
      this.#recorder.note(`A ${recordTypeName(type)} record for request ${requestId} came, but only request ${onlyRequestId} is under way: it was left out.`);
    else if (this.#ended) this.#recorder.note(`A ${recordTypeName(type)} record came after END_REQUEST: it was left out.`);
    else if (type === recordType.endRequest) this.#end = { parts: [], complete: false };
    else if (type === recordType.stdout && record.contentLength === 0) this.#stdoutEnded = true;
    else if (type === recordType.stdout && this.#stdoutEnded)
      this.#recorder.note("STDOUT went on after the empty record that ends it: what followed was taken all the same.");
    else if (type !== recordType.stdout && type !== recordType.stderr)
      this.#recorder.note(`A ${recordTypeName(type)} record came, which an application has no cause to send in a request: it was left out.`);
  }

  content(bytes: Uint8Array, { type, requestId }: PlacedRecord): void {
    if (requestId !== onlyRequestId || this.#ended) return;
    if (type === recordType.endRequest) this.#end?.parts.push(bytes);
    else if (type === recordType.stderr) this.#events.stderr(bytes, this.#arrivedAt);
    else if (type === recordType.stdout) {
      this.#tellStarted();
      this.#stdoutBytes += bytes.length;
      if (!this.#events.stdout(bytes, this.#arrivedAt) && !this.#stopped) this.#connection?.pause();
    }
  }

  contentEnd({ type, requestId, contentLength }: PlacedRecord): void {
    if (type !== recordType.endRequest || requestId !== onlyRequestId || this.#ended || !this.#end) return;
    if (contentLength !== 8) this.#recorder.note(`END_REQUEST had ${contentLength} bytes instead of 8: what is missing counts as 0.`);
    this.#ended = decodeEndRequest(Uint8Array.from(this.#end.parts.flatMap((part) => [...part.subarray(0, 8)])));
  }

  settled(): boolean {
    if (!this.#ended) return false;
    const { protocolStatus: status, appStatus } = this.#ended;
    const connection = this.#connection;
    this.#recorder.appStatus = appStatus;
    this.#recorder.protocolStatus = status;
    const again = status === protocolStatus.cannotMultiplex && this.#canStartAgain;
    const reusable = this.#host.keepConnections && this.#sentAll && !again;
    if (again) this.#startAgain();
    else this.#complete(status);
    if (!reusable) connection?.close(); // what is left of the request would be taken for the next one
    return reusable;
  }

  mayHaveMissed(): boolean {
    return this.#recorder.reused && this.#arrivedBytes === 0;
  }

  drained(): void {
    if (!this.#over && this.#started && !this.#stopped) this.#events.stdinDrain();
  }

  wrong(problem: WrongProtocol): void {
    this.#break(notFastcgi(this.#host.name, problem, this.#bodyBytes > 0 || this.#arrivedBytes > 0));
  }

  gone(code: string | null): void {
    const connection = this.#connection;
    if (this.#over) return;
    const refusedBytes = code === "ECONNRESET" || code === "EPIPE";
    if (this.mayHaveMissed() && refusedBytes && this.#canStartAgain) this.#startAgain();
    else if (this.#stdoutEnded && code === null) {
      this.#recorder.note("The connection was closed without END_REQUEST, after STDOUT had been ended: the response counts as complete.");
      this.#complete(protocolStatus.requestComplete);
    } else {
      const begun = this.#arrivedBytes > 0 || !refusedBytes || this.#bodyBytes > 0 || !this.#recorder.reused;
      const unread = this.mayHaveMissed() && refusedBytes;
      const missing = connection?.missing() ?? null;
      this.#break(
        died(this.#host.name, { code, stdoutBytes: this.#stdoutBytes, missing, split: this.#split.map(([name]) => toDisplayText(name)), begun, unread }),
      );
    }
  }

  get #canStartAgain(): boolean {
    return !this.#stopped && this.#bodyBytes === 0 && this.#stdoutBytes === 0 && this.#recorder.attempts < maxAttempts;
  }

  /** On another connection: the application had not begun with this request. */
  #startAgain(): void {
    this.#connection = null;
    this.#ended = this.#end = null;
    this.#stdoutEnded = this.#sentAll = false;
    this.#sentBytes = this.#arrivedBytes = 0;
    this.#recorder.startAgain();
    this.#host.acquire(this, true);
  }

  #begin(connection: FastcgiConnection): void {
    const { role: roleName, hasBody, data } = this.#request;
    // An authorizer gets no body at all (§6.3), a request without one an empty STDIN (§6.2).
    const endsNow = roleName !== "authorizer" && (this.#inputEnded || !hasBody) && this.#held.length === 0;
    if (!hasBody) this.#inputEnded = true;
    this.#sentAll = roleName === "authorizer" || endsNow;
    const params = data ? new RequestParams([...this.#request.params.pairs, ...dataParams(data)]) : this.#request.params;
    // All that is known goes out in one piece: libfcgi closes a kept connection when STDIN's end comes after it has answered.
    const opening = params.opening({ requestId: onlyRequestId, role: roleName, keepConnection: this.#host.keepConnections, endsInput: endsNow });
    this.#split = opening.split;
    this.#noteSent(opening.bytes);
    const handedOver = (code: string | null) => this.#handedOver(connection, code);
    if (!endsNow || !data) connection.write([opening.bytes], handedOver);
    else
      connection.together(() => {
        connection.write([opening.bytes], handedOver);
        this.#sendData(data);
      });
  }

  /** The system has the request's head: from now on it may have a body. */
  #handedOver(connection: FastcgiConnection, code: string | null): void {
    if (code !== null || this.#over || this.#connection !== connection) return; // `gone` follows an error
    this.#tellStarted();
    const held = this.#held.splice(0);
    let goesOn = true;
    for (const bytes of held) goesOn = this.write(bytes);
    if (held.length > 0 && this.#inputEnded) this.#sendEnd();
    else if (held.length > 0 && goesOn) this.#events.stdinDrain();
  }

  #tellStarted(): void {
    if (this.#started) return;
    this.#started = true;
    this.#events.started(performance.now());
  }

  #sendStream(type: number, bytes: Uint8Array): boolean {
    let goesOn = true;
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      const piece = from === 0 && bytes.length <= pieceBytes ? bytes : bytes.subarray(from, from + pieceBytes);
      const paddingLength = paddingFor(piece.length);
      const header = encodeHeader({ type, requestId: onlyRequestId, contentLength: piece.length, paddingLength });
      goesOn = this.#send(paddingLength === 0 ? [header, piece] : [header, piece, padding.subarray(0, paddingLength)], type, piece.length, paddingLength);
    }
    return goesOn;
  }

  /** The empty record that ends STDIN, and for a filter the whole of DATA. */
  #sendEnd(): void {
    if (this.#sentAll || this.#held.length > 0) return;
    this.#send([encodeHeader(endOfStdin)], recordType.stdin, 0, 0);
    if (this.#request.data) this.#sendData(this.#request.data);
    this.#sentAll = true;
  }

  #sendData({ bytes }: FilterData): void {
    this.#sendStream(recordType.data, bytes);
    this.#send([encodeHeader({ ...endOfStdin, type: recordType.data })], recordType.data, 0, 0);
  }

  /** One record, recorded. */
  #send(parts: readonly Uint8Array[], type: number, contentLength: number, paddingLength: number): boolean {
    const at = performance.now();
    const offset = this.#sentBytes;
    for (const part of parts) this.#keepSent(part, at);
    this.#recorder.record("sent", { type, requestId: onlyRequestId, contentLength, paddingLength }, offset, at);
    return this.#connection?.write(parts) ?? true;
  }

  /** Records that were encoded together. */
  #noteSent(bytes: Uint8Array): void {
    const at = performance.now();
    const offset = this.#sentBytes;
    this.#keepSent(bytes, at);
    if (this.#recorder.sent.captured === this.#sentBytes) return; // they can be read again
    for (let place = 0; place < bytes.length; ) {
      const header = headerAt(bytes, place);
      this.#recorder.record("sent", header, offset + place, at);
      place += headerBytes + header.contentLength + header.paddingLength;
    }
  }

  #keepSent(bytes: Uint8Array, at: number): void {
    this.#sentBytes += bytes.length;
    this.#recorder.sent.add(bytes, this.#recorder.since(at));
  }

  /** END_REQUEST came, or what counts as one. */
  #complete(status: number): void {
    const at = this.#arrivedAt || performance.now();
    if (status === protocolStatus.requestComplete || this.#stopped) {
      if (!this.#stdoutEnded && !this.#stopped && this.#stdoutBytes > 0)
        this.#recorder.note("END_REQUEST came without the empty STDOUT record before it that ends the stream (php-cgi does so always).");
      this.#tellStarted();
      this.#finish();
      this.#tellEnd(at);
    } else {
      this.#finish();
      this.#events.failed(refused(this.#host.name, status));
    }
  }

  #break(failure: FastcgiFailure): void {
    if (this.#over) return;
    this.#finish();
    if (this.#stopped) this.#tellEnd(performance.now());
    else this.#events.failed(failure);
  }

  /** No END_REQUEST after an abort: the application does not listen. */
  #giveUp(): void {
    if (this.#over) return;
    const connection = this.#connection;
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
    this.#held = [];
    this.#connection = null;
    if (this.#abortTimer) clearTimeout(this.#abortTimer);
    this.#abortTimer = null;
  }
}

function dataParams({ bytes, lastModified }: FilterData): NameValue[] {
  return [
    [byteString("FCGI_DATA_LAST_MOD"), byteString(String(lastModified))],
    [byteString("FCGI_DATA_LENGTH"), byteString(String(bytes.length))],
  ];
}
