// A debugger that answers with one JSON a line: answers of commands, and events.
import type { Socket } from "node:net";
import { StringDecoder } from "node:string_decoder";
import { z } from "zod";
import { CommandConnection } from "./command-connection.js";

/** More is no message of a debugger's. */
const maxLineLength = 16 << 20;

const message = z.union([
  z.object({ id: z.number(), result: z.unknown().optional(), error: z.object({ message: z.string() }).optional() }),
  z.object({ method: z.string(), params: z.unknown().optional() }),
]);

export class LineConnection extends CommandConnection<unknown> {
  readonly #onEvent: (method: string, params: unknown) => void;
  readonly #decoder = new StringDecoder();
  #rest = "";

  constructor(socket: Socket, onEvent: (method: string, params: unknown) => void) {
    super(socket, socket);
    this.#onEvent = onEvent;
  }

  /** @throws Refusal */
  async send<T>(line: (id: number) => string, result: z.ZodType<T>): Promise<T> {
    return result.parse(await this.ask((id) => `${line(id)}\n`));
  }

  protected read(bytes: Buffer): boolean {
    const text = this.#decoder.write(bytes);
    this.#rest += text;
    if (this.#rest.length > maxLineLength) return false;
    if (!text.includes("\n")) return true; // a long line is looked through once
    const lines = this.#rest.split("\n");
    this.#rest = lines.pop() ?? "";
    try {
      for (const line of lines) this.#take(message.parse(JSON.parse(line)));
      return true;
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) return false;
      throw error;
    }
  }

  #take(read: z.infer<typeof message>): void {
    if ("method" in read) this.#onEvent(read.method, read.params);
    else this.answered(read.id, read.result, read.error?.message ?? null);
  }
}
