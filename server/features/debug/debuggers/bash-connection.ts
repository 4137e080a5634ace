// What the debugger of bash says in its pipe: messages of several texts, each ended by NUL, behind their count.
import { Socket } from "node:net";
import { StringDecoder } from "node:string_decoder";
import { coded } from "./coded.js";
import { CommandConnection } from "./command-connection.js";

/** More is not the debugger's: the script writes into its pipe. */
const maxMessageLength = 16 << 20;
const maxTexts = 10_000;

export class BashConnection extends CommandConnection<readonly string[]> {
  readonly #onStop: (reason: string) => void;
  readonly #decoder = new StringDecoder();
  #rest = "";

  /** `into` and `from` are descriptors of the pipes. `onStop` gets the reason of each stop. */
  constructor(into: number, from: number, onStop: (reason: string) => void) {
    super(
      new Socket({ fd: from, readable: true, writable: false }),
      new Socket({ fd: into, readable: false, writable: true }),
    );
    this.#onStop = onStop;
  }

  /** Sends a command that is not answered. */
  tell(...words: readonly string[]): void {
    this.write((id) => lineOf(id, words));
  }

  /** @throws Refusal */
  send(...words: readonly string[]): Promise<readonly string[]> {
    return this.ask((id) => lineOf(id, words));
  }

  protected read(bytes: Buffer): boolean {
    const text = this.#decoder.write(bytes);
    this.#rest += text;
    if (this.#rest.length > maxMessageLength) return false;
    if (!text.includes("\0")) return true;
    const texts = this.#rest.split("\0");
    while (texts.length > 1) {
      const count = Number(texts[0]);
      if (!(count > 0 && count <= maxTexts)) return false;
      if (texts.length < count + 2) break;
      const [, id, ...message] = texts.splice(0, count + 1);
      if (id === "stopped") this.#onStop(message.join(""));
      else this.answered(Number(id), message, null);
    }
    this.#rest = texts.join("\0");
    return true;
  }
}

const lineOf = (id: number, words: readonly string[]): string => `${[id, ...words.map(coded)].join(" ")}\n`;
