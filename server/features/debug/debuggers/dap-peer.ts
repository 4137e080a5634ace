// A debugger that speaks the Debug Adapter Protocol on a stream: requests with their responses, and its events.
import type { Duplex } from "node:stream";
import { type AgentResponse, gone } from "./agent-link.js";
import { type DapMessage, DapReader, type DapRequest, framed } from "./dap-framing.js";

interface Heard {
  readonly event: (name: string, body: unknown) => void;
  /** It has done what the command says. */
  readonly answered?: (command: string) => void;
  /** Returns the body of the response; undefined: it is refused. */
  readonly request?: (request: DapRequest) => object | undefined;
}

export class DapPeer {
  readonly closed: Promise<void>;
  readonly #stream: Duplex;
  readonly #heard: Heard;
  readonly #asked = new Map<number, (response: AgentResponse) => void>();
  #sequence = 0;

  constructor(stream: Duplex, heard: Heard) {
    this.#stream = stream;
    this.#heard = heard;
    const reader = new DapReader((message) => this.#take(message));
    stream.on("data", (bytes: Buffer) => void (reader.push(bytes) || stream.destroy()));
    stream.on("error", () => stream.destroy()); // the process has ended
    this.closed = new Promise((resolve) => {
      stream.once("close", () => {
        for (const answer of this.#asked.values()) answer(gone);
        resolve();
      });
    });
  }

  request(command: string, args: unknown): Promise<AgentResponse> {
    if (this.#stream.destroyed) return Promise.resolve(gone);
    const seq = this.#send({ type: "request", command, arguments: args });
    return new Promise((resolve) => this.#asked.set(seq, resolve));
  }

  close(): void {
    this.#stream.destroy();
  }

  /** It has not answered everything. */
  get isAwaited(): boolean {
    return !this.#stream.destroyed && this.#asked.size > 0;
  }

  #send(message: object): number {
    const seq = ++this.#sequence;
    this.#stream.write(framed({ seq, ...message }));
    return seq;
  }

  #take(message: DapMessage): void {
    if (message.type === "event") this.#heard.event(message.event, message.body);
    else if (message.type === "request") {
      const { command, seq } = message;
      const body = this.#heard.request?.(message);
      this.#send({ type: "response", request_seq: seq, command, success: body !== undefined, body });
    } else {
      const answer = this.#asked.get(message.request_seq);
      if (!answer) return; // a script can write into the socket as well
      answer(message);
      this.#asked.delete(message.request_seq);
      if (message.success) this.#heard.answered?.(message.command);
    }
  }
}
