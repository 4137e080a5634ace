// A debugger that answers with one JSON a line: answers of commands, and events.
import type { Socket } from "node:net";
import { z } from "zod";
import { TextConnection } from "./command-connection.js";

const message = z.union([
  z.object({ id: z.number(), result: z.unknown().optional(), error: z.object({ message: z.string() }).optional() }),
  z.object({ method: z.string(), params: z.unknown().optional() }),
]);

export class LineConnection extends TextConnection<unknown> {
  readonly #onEvent: (method: string, params: unknown) => void;

  constructor(socket: Socket, onEvent: (method: string, params: unknown) => void) {
    super(socket, socket, "\n");
    this.#onEvent = onEvent;
  }

  /** @throws Refusal */
  async send<T>(line: (id: number) => string, result: z.ZodType<T>): Promise<T> {
    return result.parse(await this.ask((id) => `${line(id)}\n`));
  }

  protected take(line: string): boolean {
    try {
      const read = message.parse(JSON.parse(line));
      if ("method" in read) this.#onEvent(read.method, read.params);
      else this.answered(read.id, read.result, read.error?.message ?? null);
      return true;
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) return false;
      throw error;
    }
  }
}
