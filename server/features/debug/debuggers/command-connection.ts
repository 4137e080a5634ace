// Commands to a debugger that dials a socket, with their answers by number.
import type { Socket } from "node:net";
import { Refusal } from "./translated-link.js";

interface Asked<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Refusal) => void;
}

export abstract class CommandConnection<Answer> {
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #asked = new Map<number, Asked<Answer>>();
  #sequence = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    // A script can write into the socket as well: what is no message ends the connection.
    socket.on("data", (bytes: Buffer) => void (this.read(bytes) || socket.destroy()));
    socket.on("error", () => socket.destroy()); // the process has ended
    this.closed = new Promise((resolve) => {
      socket.once("close", () => {
        for (const { reject } of this.#asked.values()) reject(new Refusal());
        resolve();
      });
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  /** False: these bytes are no messages. */
  protected abstract read(bytes: Buffer): boolean;

  /** @throws Refusal */
  protected ask(command: (id: number) => string): Promise<Answer> {
    if (this.isClosed) return Promise.reject(new Refusal());
    const id = ++this.#sequence;
    this.#socket.write(command(id));
    return new Promise((resolve, reject) => this.#asked.set(id, { resolve, reject }));
  }

  /** `refusal` null: this is the answer. */
  protected answered(id: number, answer: Answer, refusal: string | null): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (refusal === null) asked?.resolve(answer);
    else asked?.reject(new Refusal(refusal || "the debugger refused"));
  }
}
