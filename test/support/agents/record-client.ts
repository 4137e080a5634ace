// A web server's side of FastCGI that does exactly what a test wants: a request in any
// pieces, a response read when the test likes.
import { once } from "node:events";
import type { Socket } from "node:net";
import { byteString } from "../../../server/protocol/byte-string.js";
import { encodeParams } from "../../../server/protocol/fastcgi/encode-params.js";
import {
  type BeginRequest,
  decodeEndRequest,
  type EndRequest,
  encodeBeginRequest,
  encodeRecord,
} from "../../../server/protocol/fastcgi/encode-record.js";
import { RecordReader } from "../../../server/protocol/fastcgi/record-reader.js";
import { maxContentBytes, recordType, role } from "../../../server/protocol/fastcgi/record-types.js";
import { waitFor } from "../wait-for.js";

export class RecordClient {
  readonly socket: Socket;
  readonly ends: EndRequest[] = [];
  readonly types: number[] = [];
  readonly #stdout: Buffer[] = [];
  readonly #stderr: Buffer[] = [];
  /** The content of management records. */
  values = Buffer.alloc(0);
  isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    let content: Uint8Array[] = [];
    const reader = new RecordReader({
      record: () => {
        content = [];
      },
      content: (bytes) => content.push(Uint8Array.from(bytes)),
      contentEnd: ({ type }) => this.#take(type, Buffer.concat(content)),
    });
    socket.on("data", (bytes) => reader.push(bytes));
    socket.on("error", () => {}); // the test sees that it is closed
    socket.on("close", () => {
      this.isClosed = true;
    });
  }

  get stdout(): Buffer {
    return Buffer.concat(this.#stdout);
  }

  get stderr(): Buffer {
    return Buffer.concat(this.#stderr);
  }

  /** BEGIN_REQUEST and PARAMS. */
  begin(variables: Readonly<Record<string, string>>, options: Partial<BeginRequest> = {}, id = 1): this {
    const pairs = Object.entries(variables).map(([name, value]) => [byteString(name), byteString(value)] as const);
    this.socket.write(encodeBeginRequest(id, { role: role.responder, keepConnection: false, ...options }));
    this.socket.write(encodeParams(id, pairs).bytes);
    return this;
  }

  body(bytes: Uint8Array, id = 1): this {
    for (let at = 0; at < bytes.length; at += maxContentBytes)
      this.socket.write(encodeRecord(recordType.stdin, id, bytes.subarray(at, at + maxContentBytes)));
    return this;
  }

  endBody(id = 1): this {
    this.socket.write(encodeRecord(recordType.stdin, id, new Uint8Array(0)));
    return this;
  }

  record(type: number, id: number, content: Uint8Array = new Uint8Array(0)): this {
    this.socket.write(encodeRecord(type, id, content));
    return this;
  }

  /** Resolves with the END_REQUEST number `count`. */
  async ended(count = 1): Promise<EndRequest> {
    return waitFor(`END_REQUEST ${count}`, () => this.ends[count - 1] ?? null);
  }

  async closed(): Promise<void> {
    if (!this.isClosed) await once(this.socket, "close");
  }

  #take(type: number, content: Buffer): void {
    this.types.push(type);
    if (type === recordType.stdout) this.#stdout.push(content);
    else if (type === recordType.stderr) this.#stderr.push(content);
    else if (type === recordType.endRequest) {
      const end = decodeEndRequest(content);
      if (end) this.ends.push(end);
    } else this.values = Buffer.concat([this.values, content]);
  }
}
