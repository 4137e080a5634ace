// A FastCGI application for tests that does exactly what the test tells it, right or wrong: any records,
// any splits and padding, other ids, an early end or none, silence, death. What it reads it reads
// properly, and keeps for the test to look at.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { byteString, fromBytes, toBytes } from "../../server/protocol/byte-string.js";
import { encodeRecord } from "../../server/protocol/fastcgi/encode-record.js";
import { decodePairs } from "../../server/protocol/fastcgi/name-values.js";
import { type PlacedRecord, RecordReader } from "../../server/protocol/fastcgi/record-reader.js";
import { maxContentBytes, recordType } from "../../server/protocol/fastcgi/record-types.js";
import { decodeBeginRequest, encodeEndRequest } from "./application-records.js";

export interface ReceivedRecord {
  readonly header: PlacedRecord;
  readonly content: Uint8Array;
}
type Serve = (request: ReceivedRequest) => void | Promise<void>;

export interface ApplicationOptions {
  readonly over?: "tcp" | "unix";
  /** The UNIX socket's path; a temporary one unless said otherwise. */
  readonly path?: string;
  /** Not told: the request is read to the end of PARAMS, and `serve` decides. */
  readonly connected?: (connection: ApplicationConnection) => void;
}

export class TestApplication implements AsyncDisposable {
  readonly address: string;
  readonly requests: ReceivedRequest[] = [];
  readonly connections: ApplicationConnection[] = [];
  /** What `serve` threw. */
  readonly faults: unknown[] = [];
  readonly #server: Server;
  readonly #folder: string | null;

  private constructor(server: Server, address: string, folder: string | null) {
    this.#server = server;
    this.address = address;
    this.#folder = folder;
  }

  /** `serve` is told each request when its PARAMS are complete. */
  static async listen(
    serve: Serve,
    { path, over = path ? "unix" : "tcp", connected }: ApplicationOptions = {},
  ): Promise<TestApplication> {
    const server = createServer({ allowHalfOpen: true });
    const folder = over === "unix" && !path ? mkdtempSync(join(tmpdir(), "fcgi-")) : null;
    server.listen(over === "unix" ? { path: path ?? join(folder ?? "", "app.sock") } : { port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    const bound = server.address();
    if (bound === null) throw new Error("the application is not bound");
    const application = new TestApplication(
      server,
      typeof bound === "string" ? `unix:${bound}` : `tcp:127.0.0.1:${bound.port}`,
      folder,
    );
    server.on("connection", (socket) => {
      const connection = new ApplicationConnection(socket, (request) => {
        application.requests.push(request);
        Promise.resolve(serve(request)).catch((error: unknown) => application.faults.push(error));
      });
      application.connections.push(connection);
      connected?.(connection);
    });
    return application;
  }

  get path(): string {
    return this.address.replace(/^unix:/, "");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const { socket } of this.connections) socket.destroy();
    await closed;
    if (this.#folder) rmSync(this.#folder, { recursive: true });
    if (this.faults.length > 0) throw new AggregateError(this.faults, "the test's application failed");
  }
}

export class ApplicationConnection {
  readonly socket: Socket;
  /** Every record that came, in order. */
  readonly records: ReceivedRecord[] = [];
  /** How the other side went: end of file or an error's name. */
  readonly gone: Promise<string>;
  readonly #requests = new Map<number, ReceivedRequest>();

  constructor(socket: Socket, onRequest: (request: ReceivedRequest) => void) {
    this.socket = socket;
    let parts: Uint8Array[] = [];
    const reader = new RecordReader({
      record: () => {
        parts = [];
      },
      content: (bytes) => parts.push(bytes),
      contentEnd: (header) => {
        const content = Buffer.concat(parts);
        this.records.push({ header, content });
        this.#take(header, content, onRequest);
      },
    });
    socket.on("data", (bytes) => reader.push(bytes));
    this.gone = new Promise((resolve) => {
      socket.on("end", () => resolve("end"));
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
      socket.on("close", () => resolve("close"));
    });
  }

  send(...parts: (Uint8Array | string)[]): void {
    for (const part of parts) this.socket.write(typeof part === "string" ? toBytes(byteString(part)) : part);
  }

  #take({ type, requestId }: PlacedRecord, content: Uint8Array, onRequest: (request: ReceivedRequest) => void): void {
    if (type === recordType.beginRequest) {
      const begin = decodeBeginRequest(content);
      if (begin) this.#requests.set(requestId, new ReceivedRequest(this, requestId, begin.role, begin.keepConnection));
      return;
    }
    const request = this.#requests.get(requestId);
    if (!request) return;
    if (request.add(type, content)) onRequest(request);
  }
}

export class ReceivedRequest {
  readonly connection: ApplicationConnection;
  readonly id: number;
  readonly role: number;
  readonly keepConnection: boolean;
  params: ReadonlyMap<string, string> = new Map();
  readonly #paramParts: Uint8Array[] = [];
  readonly #inputs = new Map<number, Input>();
  readonly aborted: Promise<void>;
  #abort: () => void = () => {};

  constructor(connection: ApplicationConnection, id: number, role: number, keepConnection: boolean) {
    this.connection = connection;
    this.id = id;
    this.role = role;
    this.keepConnection = keepConnection;
    this.aborted = new Promise((resolve) => {
      this.#abort = resolve;
    });
  }

  /** True when the PARAMS are complete with this. */
  add(type: number, content: Uint8Array): boolean {
    if (type === recordType.abortRequest) this.#abort();
    else if (type === recordType.params && content.length > 0) this.#paramParts.push(content);
    else if (type === recordType.params) {
      this.params = new Map(decodePairs(Buffer.concat(this.#paramParts)).pairs);
      return true;
    } else this.#input(type).add(content);
    return false;
  }

  /** The whole of STDIN, when it has ended. */
  get body(): Promise<Uint8Array> {
    return this.#input(recordType.stdin).whole;
  }

  /** The whole of DATA, for a filter. */
  get data(): Promise<Uint8Array> {
    return this.#input(recordType.data).whole;
  }

  stdout(text: string | Uint8Array, paddingLength?: number): this {
    return this.#record(recordType.stdout, text, paddingLength);
  }

  stderr(text: string | Uint8Array, paddingLength?: number): this {
    return this.#record(recordType.stderr, text, paddingLength);
  }

  /** END_REQUEST, and the end of the connection when the web server did not ask to keep it. */
  end(appStatus = 0, protocolStatus = 0): this {
    this.connection.send(encodeEndRequest(this.id, { appStatus, protocolStatus }));
    if (!this.keepConnection) this.connection.socket.end();
    return this;
  }

  /** A whole, proper answer. */
  answer(text: string): this {
    return this.stdout(text).stdout("").end();
  }

  close(): void {
    this.connection.socket.end();
  }

  /** As a process that dies with unread bytes. */
  reset(): void {
    this.connection.socket.resetAndDestroy();
  }

  #record(type: number, text: string | Uint8Array, paddingLength?: number): this {
    const bytes = typeof text === "string" ? toBytes(byteString(text)) : text;
    for (let at = 0; at === 0 || at < bytes.length; at += maxContentBytes)
      this.connection.send(encodeRecord(type, this.id, bytes.subarray(at, at + maxContentBytes), paddingLength));
    return this;
  }

  #input(type: number): Input {
    const known = this.#inputs.get(type) ?? new Input();
    this.#inputs.set(type, known);
    return known;
  }
}

/** STDIN or DATA as it comes. */
class Input {
  readonly whole: Promise<Uint8Array>;
  readonly #parts: Uint8Array[] = [];
  #resolve: (bytes: Uint8Array) => void = () => {};

  constructor() {
    this.whole = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  add(content: Uint8Array): void {
    if (content.length > 0) this.#parts.push(content);
    else this.#resolve(Buffer.concat(this.#parts));
  }
}

/** Bytes as text in which one character is one byte. */
export const text = (bytes: Uint8Array): string => fromBytes(bytes);
