// Commands to a debugger on one stream, and their answers, by number, on the other; a socket is both.
import type { Readable, Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { Gone, Refusal } from "./agent-link.js";

interface Asked<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Refusal | Gone) => void;
}

export abstract class CommandConnection<Answer> {
  readonly closed: Promise<void>;
  readonly #from: Readable;
  readonly #to: Writable;
  readonly #asked = new Map<number, Asked<Answer>>();
  #sequence = 0;

  constructor(from: Readable, to: Writable) {
    this.#from = from;
    this.#to = to;
    // A script can write into the stream as well: what is no message ends the connection.
    from.on("data", (bytes: Buffer) => void (this.read(bytes) || this.close()));
    for (const stream of [from, to]) stream.on("error", () => this.close()); // the process has ended
    this.closed = new Promise((resolve) => {
      from.once("close", () => {
        to.destroy();
        for (const { reject } of this.#asked.values()) reject(new Gone());
        resolve();
      });
    });
  }

  close(): void {
    this.#from.destroy();
    this.#to.destroy();
  }

  get isClosed(): boolean {
    return this.#from.destroyed;
  }

  /** False: these bytes are no messages. */
  protected abstract read(bytes: Buffer): boolean;

  /** Returns the message's number. */
  protected write(message: (id: number) => string | Buffer): number {
    const id = ++this.#sequence;
    this.#to.write(message(id));
    return id;
  }

  /** @throws Refusal, Gone */
  protected async ask(command: (id: number) => string | Buffer): Promise<Answer> {
    if (this.isClosed) throw new Gone();
    const id = this.write(command);
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

/** More is no message of a debugger's: a script writes into its stream. */
export const maxMessageLength = 16 << 20;

/** A debugger that speaks in texts, each with one character behind it. */
export abstract class TextConnection<Answer> extends CommandConnection<Answer> {
  readonly #end: string;
  readonly #decoder = new StringDecoder();
  #rest = "";

  constructor(from: Readable, to: Writable, end: string) {
    super(from, to);
    this.#end = end;
  }

  /** False: this is no part of a message. */
  protected abstract take(text: string): boolean;

  protected read(bytes: Buffer): boolean {
    const text = this.#decoder.write(bytes);
    this.#rest += text;
    if (this.#rest.length > maxMessageLength) return false;
    if (!text.includes(this.#end)) return true; // a long text is looked through once
    const texts = this.#rest.split(this.#end);
    this.#rest = texts.pop() ?? "";
    return texts.every((one) => this.take(one));
  }
}
