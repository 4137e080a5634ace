// A debugger that speaks the Debug Adapter Protocol: requests with their responses, and its events.
import type { Readable, Writable } from "node:stream";
import type { z } from "zod";
import { CommandConnection } from "./command-connection.js";
import { type DapMessage, DapReader, type DapRequest, framed } from "./dap-framing.js";

interface Heard {
  readonly event: (name: string, body: unknown) => void;
  /** Whether it is granted. */
  readonly request: (request: DapRequest) => boolean;
}

export class DapConnection extends CommandConnection<unknown> {
  readonly #heard: Heard;
  readonly #reader = new DapReader((message) => this.#take(message));

  constructor(from: Readable, to: Writable, heard: Heard) {
    super(from, to);
    this.#heard = heard;
  }

  /** @throws Refusal, Gone */
  async send<T>(command: string, args: object, body: z.ZodType<T>): Promise<T> {
    return body.parse(await this.ask((seq) => framed({ seq, type: "request", command, arguments: args })));
  }

  protected read(bytes: Buffer): boolean {
    return this.#reader.push(bytes);
  }

  #take(message: DapMessage): void {
    if (message.type === "event") this.#heard.event(message.event, message.body);
    else if (message.type === "request") {
      const { command, seq: request_seq } = message;
      const success = this.#heard.request(message);
      this.write((seq) => framed({ seq, type: "response", request_seq, command, success, body: {} }));
    } else {
      const why = (message.message ?? "").split("\n", 2).join(" ");
      this.answered(message.request_seq, message.body, message.success ? null : why);
    }
  }
}
