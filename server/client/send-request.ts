// Sends one request to the script origin over a plain socket, as the composer, replay and the command line do. What
// goes out is what was composed: only Host, Content-Length and Connection are added, each only where missing.
import { connect, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "../protocol/byte-string.js";
import { firstValue } from "../protocol/header-values.js";
import { type AddedHeader, hostField, missingHeaders } from "../protocol/missing-headers.js";
import type { TraceRecord } from "../trace/trace-record.js";
import type { RequestOverride, RequestOverrides } from "./request-overrides.js";

/** `stream` with `sizeBytes` null goes out chunked. */
export type RequestBody =
  | { readonly bytes: Uint8Array }
  | { readonly stream: Readable; readonly sizeBytes: number | null };

export interface OutgoingRequest {
  readonly method: ByteString;
  readonly target: ByteString;
  readonly headers: readonly (readonly [ByteString, ByteString])[];
  readonly body: RequestBody | null;
}
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly overrides: RequestOverrides;
  /** Ends the running exchange with this trace, if there is one. */
  stop(traceId: string): unknown;
}

export interface SendOptions {
  /** Aborting ends the request: its script, then the connection. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each trace that the request becomes, as it begins. */
  readonly onTrace?: ((trace: TraceRecord) => void) | undefined;
  /**
   * Called with every byte that comes back, head included; may hold the socket back or
   * close it. Without it the trace counts them.
   */
  readonly onResponse?: ((bytes: Uint8Array, socket: Socket) => void) | undefined;
}

/**
 * Resolves with the trace of the (first) script run when the server has closed the connection, or rejects when it never
 * became one: with the signal's reason when that aborted.
 */
export async function sendRequest(
  to: Destination,
  request: OutgoingRequest,
  override: RequestDecisions,
  { signal, onTrace, onResponse = () => {} }: SendOptions = {},
): Promise<TraceRecord> {
  signal?.throwIfAborted();
  const socket = await openSocket(to);
  const { traces, release } = claimSocket(socket, to, override, { signal, onTrace });
  try {
    const closed = new Promise<void>((resolve, reject) => {
      socket.on("data", (bytes) => {
        try {
          onResponse(bytes, socket);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error))); // else it would end the server
          socket.destroy();
        }
      });
      // A reset after the answer (the server does not wait for the rest of a refused body) is an end like any other.
      socket
        .once("error", (error) => (traces.length > 0 ? resolve() : reject(error)))
        .once("end", resolve)
        .once("close", () => resolve());
    });
    socket.write(headOf(to, request), "latin1");
    void writeBody(socket, request.body).then(
      () => {
        if (saysConnection(request) && socket.writable) socket.end(); // else the server waits for another request
      },
      (error: unknown) => socket.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    await closed;
  } finally {
    socket.destroy();
    const { body } = request;
    if (body !== null && "stream" in body) body.stream.destroy(); // it may never end: a terminal
    release();
  }
  return firstOf(traces, signal);
}

/** The first trace that a request became. @throws the signal's reason, or an Error, if it became none */
export function firstOf([first]: readonly TraceRecord[], signal: AbortSignal | undefined): TraceRecord {
  if (first) return first;
  signal?.throwIfAborted();
  throw new Error("the server closed the connection without reading the request");
}

/** What was decided for a request that is about to be sent. */
export type RequestDecisions = Omit<RequestOverride, "onTrace">;

/** A request that was on its way when its sender aborted may still get a trace for this long, ms. */
const lateTraceMs = 1000;

interface ClaimedSocket {
  /** What its requests became so far, in order. */
  readonly traces: readonly TraceRecord[];
  readonly release: () => void;
}

/**
 * Requests on this socket are sent as `override` says until it is released. When the signal aborts, those that have
 * begun are ended and the connection is closed; one that begins after that is ended at once.
 */
export function claimSocket(
  socket: Socket,
  { overrides, stop }: Destination,
  override: RequestDecisions,
  { signal, onTrace }: Pick<SendOptions, "signal" | "onTrace">,
): ClaimedSocket {
  const traces: TraceRecord[] = [];
  const unregister = overrides.register(socket, {
    ...override,
    onTrace: (trace) => {
      traces.push(trace);
      onTrace?.(trace);
      if (signal?.aborted) stop(trace.id);
    },
  });
  const abort = (): void => {
    for (const { id } of traces) stop(id);
    socket.destroy();
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  const release = (): void => {
    signal?.removeEventListener("abort", abort);
    if (signal?.aborted) setTimeout(unregister, lateTraceMs).unref();
    else unregister();
  };
  return { traces, release };
}

/** A connection whose writing end stays open when the server closes its own. */
export function openSocket({ host, port }: Pick<Destination, "host" | "port">): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true, allowHalfOpen: true });
  return new Promise((resolve, reject) => {
    socket.once("error", reject).once("connect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

function headOf({ host, port }: Destination, { method, target, headers, body }: OutgoingRequest): string {
  const size = body === null ? null : "bytes" in body ? body.bytes.length : (body.sizeBytes ?? "unknown");
  const { before, after } = missingHeaders(headers, hostField(host, port), size);
  const line = ({ name, value }: AddedHeader): string => `${name}: ${value}`;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...before.map(line),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...after.map(line),
  ];
  return byteString(`${lines.join("\r\n")}\r\n\r\n`);
}

/** "Connection: close" is added to all others. */
const saysConnection = ({ headers }: OutgoingRequest): boolean => firstValue(headers, "connection") !== null;

async function writeBody(socket: Socket, body: RequestBody | null): Promise<void> {
  if (!body) return;
  if ("bytes" in body) socket.write(body.bytes);
  else if (body.sizeBytes !== null) {
    const ahead = socket.bytesWritten;
    await pipeline(body.stream, socket, { end: false });
    if (socket.bytesWritten - ahead < body.sizeBytes) socket.end(); // else the server waits for the rest
  } else {
    await pipeline(body.stream, chunked, socket, { end: false });
    socket.write("0\r\n\r\n");
  }
}

async function* chunked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | string> {
  for await (const bytes of source) {
    if (bytes.length === 0) continue; // a chunk of length 0 would end the body
    yield `${bytes.length.toString(16)}\r\n`;
    yield bytes;
    yield "\r\n";
  }
}
