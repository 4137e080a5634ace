// RFC 3875 §5: the script speaks HTTP itself. Its bytes go to the client unmodified and unbuffered, past node:http, and
// the connection closes with them. What it said is read along for the trace only.
import type { Socket } from "node:net";
import type { Message } from "../../contract/message.js";
import { byteString } from "../../protocol/byte-string.js";
import { ChunkedReader } from "../../protocol/http1/chunked-reader.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import { type ScriptHead, ScriptHeadParser } from "../../protocol/script-head.js";
import { scriptMessage } from "../../protocol/script-head-messages.js";
import type { RecordedResponse, TraceRecord } from "../../trace/trace-record.js";
import { lingerMs, maxInterim } from "../front/http-limits.js";
import type { Incoming } from "../front/incoming.js";
import type { Outgoing, OutgoingEvents } from "./outgoing.js";

/** What it needs of the connection. */
interface NphConnection
  extends Pick<Incoming, "socket" | "t0Ms" | "waitsForClient" | "onDrain" | "onClosed" | "release"> {
  readonly request: Pick<RequestHead, "method">;
}

export class NphWriter implements Outgoing {
  readonly closed: Promise<void>;
  readonly #incoming: NphConnection;
  readonly #trace: Pick<TraceRecord, "script">;
  readonly #response: RecordedResponse;
  readonly #reader = new NphReader();
  /** By the script's own headers. */
  #extent: OwnExtent | null = null;
  #over = false;
  #cutShort = false;
  #blocked = false;
  /** The system has all that the response is by the script's own headers: a client may leave before the script ends. */
  #isWholeOut = false;
  #tellClosed: () => void = () => {};

  /** Takes over the connection: this must be its turn. `response` is filled in as the script's head is understood. */
  constructor(
    incoming: NphConnection,
    trace: Pick<TraceRecord, "script">,
    response: RecordedResponse,
    events: OutgoingEvents,
  ) {
    this.#incoming = incoming;
    this.#trace = trace;
    this.#response = response;
    this.closed = new Promise((resolve) => {
      this.#tellClosed = resolve;
    });
    onClosedOrFinished(incoming.socket, this.#tellClosed);
    incoming.onDrain = () => {
      this.#blocked = false;
      incoming.waitsForClient(0);
      events.onDrain();
    };
    // The client left: what the script still writes is read and dropped.
    incoming.onClosed(() => events.onComplete());
  }

  get complete(): boolean {
    return this.#over;
  }

  get finished(): boolean {
    return this.#isWholeOut || this.#incoming.socket.writableFinished;
  }

  get cutShort(): boolean {
    return this.#cutShort;
  }

  get blocked(): boolean {
    return this.#blocked || (this.#over && !this.finished);
  }

  write(bytes: Uint8Array): boolean {
    const { socket, t0Ms } = this.#incoming;
    if (this.#over || socket.destroyed || bytes.length === 0) return true;
    this.#reader.push(bytes);
    const body = this.#reader.bodyOf(bytes);
    if (body.length > 0) this.#response.body.add(body, performance.now() - t0Ms);
    this.#note();
    const isWhole = this.#extent?.take(body) ?? false;
    this.#blocked = !socket.write(bytes, (error) => {
      if (!isWhole || error) return;
      this.#isWholeOut = true;
      this.#tellClosed();
    });
    if (this.#blocked) this.#incoming.waitsForClient(socket.writableLength);
    return !this.#blocked;
  }

  flush(): void {}

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#reader.end();
    this.#note();
    const { socket } = this.#incoming;
    // A client may take its time for what it has not read yet.
    if (socket.writable) socket.end().once("finish", () => this.#incoming.release());
  }

  /**
   * Nothing but a reset tells the client: the end of the connection is the end of the response. A response that is
   * whole ends in order: a reset would take its end from a slow client (RFC 9112 §9.6).
   */
  cut(): void {
    const { socket } = this.#incoming;
    if (this.finished && socket.writableLength === 0) return void this.end();
    this.#over = this.#cutShort = true;
    socket.resetAndDestroy();
    setTimeout(() => socket.destroy(), lingerMs).unref();
  }

  #note(): void {
    const { head, interim } = this.#reader;
    if (!head || this.#trace.script?.kind === "nph") return;
    const { statusLine, fields, spans, problem, tolerated } = head;
    const status = statusLine?.status ?? null;
    this.#extent = new OwnExtent(this.#incoming.request.method, status, fields);
    this.#trace.script = {
      kind: "nph",
      status,
      reason: statusLine?.reason ?? null,
      headers: fields,
      spans,
      stoppedAt: problem?.at ?? null,
      reasons: reasonsOf(problem?.why ?? (status === null ? scriptMessage("nph-without-status-line") : tolerated)),
    };
    this.#response.status = status ?? 0;
    this.#response.reason = statusLine?.reason ?? byteString("");
    this.#response.headers = fields;
    this.#response.interim = [...this.#response.interim, ...interim];
  }
}

/** Apart from the constructor, whose variables would else live as long as the socket. */
const onClosedOrFinished = (socket: Socket, tell: () => void): void => {
  socket.once("finish", tell).once("close", tell);
};

/** Where a response ends by its own headers (RFC 9112 §6.3). */
class OwnExtent {
  readonly #chunks: ChunkedReader | null;
  /** Bytes of body still to come; null: known by the chunks, or by the connection's end alone. */
  #left: number | null;

  constructor(method: string, status: number | null, headers: readonly HeaderPair[]) {
    const fieldOf = (name: string): string | undefined =>
      headers.findLast(([given]) => given.toLowerCase() === name)?.[1].trim();
    const length = fieldOf("content-length") ?? "";
    const coding = fieldOf("transfer-encoding");
    const hasBody = method !== "HEAD" && status !== 204 && status !== 304;
    this.#chunks = hasBody && coding?.toLowerCase() === "chunked" ? new ChunkedReader() : null;
    this.#left = hasBody ? (coding === undefined && /^\d{1,15}$/.test(length) ? Number(length) : null) : 0;
  }

  /** Whether the response is whole with this. */
  take(body: Uint8Array): boolean {
    this.#chunks?.read(body, 0, () => true);
    if (this.#left !== null) this.#left -= body.length;
    return this.#chunks?.isDone === true || (this.#left !== null && this.#left <= 0);
  }
}

/** Reads heads until the final one; interim ones (1xx) may come before it. */
class NphReader {
  head: ScriptHead | null = null;
  readonly interim: number[] = [];
  #parser = new ScriptHeadParser();
  /** Where in stdout the parser's input began, and how much of stdout came. */
  #base = 0;
  #bytes = 0;
  #unparsed: Uint8Array[] = [];

  push(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.head) return;
    this.#unparsed.push(bytes);
    for (let rest: Uint8Array | null = bytes; rest; ) rest = this.#decide(this.#parser.push(rest));
  }

  end(): void {
    if (!this.head && this.#bytes > this.#base) this.#decide(this.#parser.end());
  }

  /** The part of the newest bytes that belongs to the body. */
  bodyOf(bytes: Uint8Array): Uint8Array {
    return this.head
      ? bytes.subarray(Math.max(0, Math.min(bytes.length, this.head.bodyOffset - (this.#bytes - bytes.length))))
      : bytes.subarray(0, 0);
  }

  /** What came behind an interim head, to be read as the next one; null when nothing did, or the head is final. */
  #decide(head: ScriptHead | null): Uint8Array | null {
    if (!head) return null;
    const status = head.statusLine?.status ?? 0;
    const isInterim = head.problem === null && status >= 100 && status < 200 && status !== 101;
    if (isInterim) return this.#passInterim(status, head.bodyOffset);
    this.head = this.#base === 0 ? head : shifted(head, this.#base);
    this.#unparsed = [];
    return null;
  }

  #passInterim(status: number, length: number): Uint8Array | null {
    if (this.interim.length < maxInterim) this.interim.push(status);
    const [first = noBytes, ...more] = this.#unparsed;
    const rest = (more.length === 0 ? first : Buffer.concat([first, ...more])).subarray(length);
    this.#base += length;
    this.#parser = new ScriptHeadParser();
    this.#unparsed = rest.length > 0 ? [rest] : [];
    return rest.length > 0 ? rest : null;
  }
}

const noBytes = new Uint8Array(0);
const reasonsOf = (reason: Message | null): readonly Message[] => (reason === null ? [] : [reason]);

function shifted(head: ScriptHead, by: number): ScriptHead {
  return {
    ...head,
    bodyOffset: head.bodyOffset + by,
    spans: head.spans.map(({ from, to, is }) => ({ from: from + by, to: to + by, is })),
    problem: head.problem && { at: head.problem.at + by, why: head.problem.why },
  };
}
