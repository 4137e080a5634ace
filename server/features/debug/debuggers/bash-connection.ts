// What the debugger of bash says in its pipe: messages of several texts, each ended by NUL, behind their count.
import { Socket } from "node:net";
import { utf8Text } from "../../../protocol/byte-string.js";
import { coded } from "./coded.js";
import { maxMessageLength, TextConnection } from "./command-connection.js";
import { cut } from "./translated-link.js";

const maxTexts = 10_000;

export class BashConnection extends TextConnection<readonly string[]> {
  readonly #onStop: (reason: string) => void;
  /** The texts of a message that has not arrived whole: their count is the first one. */
  #texts: string[] = [];
  #length = 0;

  /** `into` and `from` are descriptors of the pipes. `onStop` gets the reason of each stop. */
  constructor(into: number, from: number, onStop: (reason: string) => void) {
    super(
      new Socket({ fd: from, readable: true, writable: false }),
      new Socket({ fd: into, readable: false, writable: true }),
      "\0",
    );
    this.#onStop = onStop;
  }

  /** Sends a command that is not answered. */
  tell(...words: readonly string[]): void {
    this.write((id) => lineOf(id, words));
  }

  /** @throws Refusal, Gone */
  send(...words: readonly string[]): Promise<readonly string[]> {
    return this.ask((id) => lineOf(id, words));
  }

  protected take(text: string): boolean {
    this.#length += text.length;
    const count = Number(this.#texts[0] ?? text);
    if (!(count > 0 && count <= maxTexts && this.#length <= maxMessageLength)) return false;
    if (this.#texts.push(text) <= count) return true;
    const [, id, ...message] = this.#texts;
    this.#texts = [];
    this.#length = 0;
    if (id === "stopped") this.#onStop(message.join(""));
    else this.answered(Number(id), message, null);
    return true;
  }
}

const lineOf = (id: number, words: readonly string[]): string => `${[id, ...words.map(coded)].join(" ")}\n`;

/** What `declare -p` says of a variable. */
export interface Declared {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  /** Null: it is no array. */
  readonly items: readonly Declared[] | null;
}

const line = /^declare -(\S+) (\w+)(?:=([\s\S]*))?$/;
const item = /\[((?:"(?:[^"\\]|\\.)*"|[^\]])+)\]=("(?:[^"\\]|\\[\s\S])*"|\$'(?:[^'\\]|\\[\s\S])*')/g;

/** A backslash, or a character of several bytes in UTF-8. */
const inOctal = /\\\\|\\3(?:[0-3]\d\\2\d\d|[45]\d(?:\\2\d\d){2}|6\d(?:\\2\d\d){3})/g;

/** Null: this is no variable. */
export function declared(text: string): Declared | null {
  const [, flags = "", name, quoted] = line.exec(text) ?? [];
  const value = quoted?.replaceAll(inOctal, readable);
  if (name === undefined) return null;
  const isArray = /[aA]/.test(flags);
  const type = isArray ? "array" : flags.includes("i") ? "integer" : "string";
  const items = isArray && value !== undefined ? itemsOf(value) : null;
  return { name, value: cut(value ?? "(not set)"), type, items };
}

/** Where the locale is C, bash writes what is not ASCII in octal digits. They stay where the bytes are no UTF-8. */
function readable(octal: string): string {
  if (octal === "\\\\") return octal;
  const bytes = octal.slice(1).split("\\");
  return utf8Text(Uint8Array.from(bytes, (digits) => Number.parseInt(digits, 8))) ?? octal;
}

const itemsOf = (value: string): Declared[] =>
  Array.from(value.matchAll(item), ([, name = "", text = ""]) => ({
    name,
    value: cut(text),
    type: "string",
    items: null,
  }));
