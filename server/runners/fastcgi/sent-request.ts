// Sends a request over one connection: its head, its body as it arrives, the ends of its streams; records each record.
import { byteString } from "../../protocol/byte-string.js";
import type { NameValue } from "../../protocol/fastcgi/name-values.js";
import { encodeHeader, headerAt, paddingFor } from "../../protocol/fastcgi/record-header.js";
import { headerBytes, recordType } from "../../protocol/fastcgi/record-types.js";
import { RequestParams } from "../../protocol/fastcgi/request-params.js";
import type { FastcgiRecorder } from "../../trace/fastcgi-recorder.js";
import type { ExchangeEvents } from "../runner.js";
import { type FastcgiConnection, onlyRequestId } from "./connection.js";
import type { ReplayableBody } from "./replayable-body.js";
import type { FastcgiRequest, FilterData } from "./request.js";

/** Most content of a record: half of what a socket delivers at once, so that no small rest remains, without padding. */
const pieceBytes = 32_768;
const padding = new Uint8Array(8);

export class SentRequest {
  readonly connection: FastcgiConnection;
  readonly #request: FastcgiRequest;
  readonly #events: Pick<ExchangeEvents, "stdin">;
  readonly #recorder: FastcgiRecorder;
  #bytes = 0;
  #isWhole = false;
  #keepsConnection = false;
  #split: readonly NameValue[] = [];

  constructor(
    connection: FastcgiConnection,
    request: FastcgiRequest,
    events: Pick<ExchangeEvents, "stdin">,
    recorder: FastcgiRecorder,
  ) {
    this.connection = connection;
    this.#request = request;
    this.#events = events;
    this.#recorder = recorder;
  }

  /** Everything has been sent. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** The request has FCGI_KEEP_CONN. */
  get keepsConnection(): boolean {
    return this.#keepsConnection;
  }

  /** Variables that had to be split over two PARAMS records. */
  get split(): readonly NameValue[] {
    return this.#split;
  }

  /**
   * Sends the head, and the body bytes that have arrived. With a body the connection is held: bytes that arrive before
   * `release` are sent together with the head.
   */
  begin(keepConnection: boolean): void {
    const { role, body, data } = this.#request;
    this.#keepsConnection = keepConnection;
    const params = data
      ? new RequestParams([...this.#request.params.pairs, ...dataParams(data)])
      : this.#request.params;
    // An authorizer gets no body (§6.3), a request without a body gets an empty STDIN (§6.2). Everything known is sent
    // together: libfcgi closes a kept connection if the end of STDIN arrives after its response.
    const endsInput = role !== "authorizer" && body === null;
    const opening = params.opening({ requestId: onlyRequestId, role, keepConnection, endsInput });
    this.#split = opening.split;
    this.#isWhole = body === null;
    if (body || data) this.connection.hold();
    this.#sendOpening(opening.bytes);
    if (body) this.#sendKept(body);
    else if (data) {
      this.#sendData(data);
      this.connection.release();
    }
  }

  /** Sends another piece of the body, which has it already. */
  write(bytes: Uint8Array): boolean {
    if (this.#isWhole) return true; // more than was announced
    this.connection.hold();
    this.#events.stdin(bytes, performance.now());
    const goesOn = this.#sendStream(recordType.stdin, bytes);
    this.endIfWhole();
    this.connection.release();
    return goesOn;
  }

  /** The empty record that ends STDIN, and for a filter all of DATA, once the body is complete. */
  endIfWhole(): void {
    const { body, data } = this.#request;
    if (this.#isWhole || !body?.isWhole) return;
    this.#isWhole = true;
    this.connection.hold();
    this.#sendRecord(recordType.stdin, null);
    if (data) this.#sendData(data);
    this.connection.release();
  }

  abort(): void {
    this.#sendRecord(recordType.abortRequest, null);
  }

  /** What was sent before over a broken connection, or arrived without one. */
  #sendKept(body: ReplayableBody): void {
    let place = 0;
    for (const bytes of body.parts ?? []) {
      if (place >= body.sentBytes) this.#events.stdin(bytes, performance.now());
      this.#sendStream(recordType.stdin, bytes);
      place += bytes.length;
    }
    body.sent();
    this.endIfWhole();
  }

  #sendData({ bytes }: FilterData): void {
    this.#sendStream(recordType.data, bytes);
    this.#sendRecord(recordType.data, null);
  }

  #sendStream(type: number, bytes: Uint8Array): boolean {
    if (bytes.length <= pieceBytes) return this.#sendRecord(type, bytes);
    let goesOn = true;
    for (let from = 0; from < bytes.length; from += pieceBytes)
      goesOn = this.#sendRecord(type, bytes.subarray(from, from + pieceBytes));
    return goesOn;
  }

  #sendRecord(type: number, content: Uint8Array | null): boolean {
    const at = performance.now();
    const offset = this.#bytes;
    const contentLength = content?.length ?? 0;
    const paddingLength = paddingFor(contentLength);
    const header = { type, requestId: onlyRequestId, contentLength, paddingLength };
    let goesOn = this.#send(encodeHeader(header), at);
    if (content) goesOn = this.#send(content, at);
    if (paddingLength > 0) goesOn = this.#send(padding.subarray(0, paddingLength), at);
    this.#recorder.record("sent", header, offset, at);
    return goesOn;
  }

  #send(bytes: Uint8Array, at: number): boolean {
    this.#bytes += bytes.length;
    this.#recorder.sent.add(bytes, this.#recorder.since(at));
    return this.connection.write(bytes);
  }

  /** Records that were encoded together. */
  #sendOpening(bytes: Uint8Array): void {
    const at = performance.now();
    this.#send(bytes, at);
    if (this.#recorder.sent.captured === this.#bytes) return; // they can be derived from the bytes
    for (let place = 0; place < bytes.length; ) {
      const header = headerAt(bytes, place);
      this.#recorder.record("sent", header, place, at);
      place += headerBytes + header.contentLength + header.paddingLength;
    }
  }
}

function dataParams({ bytes, lastModified }: FilterData): NameValue[] {
  return [
    [byteString("FCGI_DATA_LAST_MOD"), byteString(String(lastModified))],
    [byteString("FCGI_DATA_LENGTH"), byteString(String(bytes.length))],
  ];
}
