// The Chrome DevTools Protocol of Node's inspector, one JSON a line: commands with their answers, and events.
import type { Socket } from "node:net";
import { z } from "zod";

/** More is no message of an inspector's. */
const maxLineLength = 16 << 20;

const message = z.union([
  z.object({ id: z.number(), result: z.unknown().optional(), error: z.object({ message: z.string() }).optional() }),
  z.object({ method: z.string(), params: z.unknown().optional() }),
]);

/** The inspector refused a command, or the process has ended: then `message` is empty. */
export class InspectorError extends Error {}

interface Asked {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: InspectorError) => void;
}

export class InspectorConnection {
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #asked = new Map<number, Asked>();
  #sequence = 0;
  #rest = "";

  constructor(socket: Socket, onEvent: (method: string, params: unknown) => void) {
    this.#socket = socket;
    socket.setEncoding("utf8").on("data", (text: string) => this.#take(text, onEvent));
    socket.on("error", () => socket.destroy()); // the process has ended
    this.closed = new Promise((resolve) => {
      socket.once("close", () => {
        for (const { reject } of this.#asked.values()) reject(new InspectorError());
        resolve();
      });
    });
  }

  /** @throws InspectorError */
  async send<T>(method: string, params: object, result: z.ZodType<T>): Promise<T> {
    if (this.#socket.destroyed) throw new InspectorError();
    const id = ++this.#sequence;
    this.#socket.write(`${JSON.stringify({ id, method, params })}\n`);
    return result.parse(await new Promise<unknown>((resolve, reject) => this.#asked.set(id, { resolve, reject })));
  }

  close(): void {
    this.#socket.destroy();
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  /** A script can write into the socket as well: what is no message ends the connection. */
  #take(text: string, onEvent: (method: string, params: unknown) => void): void {
    try {
      this.#read(text, onEvent);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
      this.#socket.destroy();
    }
  }

  #read(text: string, onEvent: (method: string, params: unknown) => void): void {
    this.#rest += text;
    if (this.#rest.length > maxLineLength) {
      this.#socket.destroy();
      return;
    }
    if (!text.includes("\n")) return; // a long line is looked through once
    const lines = this.#rest.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const read = message.parse(JSON.parse(line));
      if ("method" in read) onEvent(read.method, read.params);
      else {
        const asked = this.#asked.get(read.id);
        this.#asked.delete(read.id);
        if (read.error) asked?.reject(new InspectorError(read.error.message));
        else asked?.resolve(read.result);
      }
    }
  }
}
