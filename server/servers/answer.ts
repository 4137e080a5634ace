// What a profile says of a server: the response and the log, or that it does not know.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { latin1 } from "../protocol/byte-string.js";
import { quoteBytes } from "../protocol/quote.js";
import { serverMessage } from "./messages.js";
import { isHead, type ServerRun } from "./server-run.js";

export type Field = readonly [name: string, value: string];
export interface KnownAnswer {
  readonly isKnown: true;
  /** Null: nothing that a client would read as a status. */
  readonly status: number | null;
  /**
   * Without Date, Server, Connection, Keep-Alive and Transfer-Encoding, which speak of the moment and the connection.
   * Content-Length is there where the script sent it on, or it does not depend on the moment.
   */
  readonly headers: readonly Field[];
  readonly body: ByteString;
  /** Sentences in its log. */
  readonly log: readonly string[];
  readonly why: Message;
}
export type Answer = KnownAnswer | { readonly isKnown: false; readonly why: Message };

/** Fields of the moment and the connection. In lower case. */
const passing = new Set(["date", "server", "connection", "keep-alive", "transfer-encoding"]);
export const isPassing = (name: string): boolean => passing.has(name.toLowerCase());

type Given = Pick<KnownAnswer, "status" | "why"> & {
  readonly headers?: readonly Field[];
  readonly body?: string;
  readonly log?: readonly string[];
};
/** `body`: one character a byte. */
export const known = ({ status, headers = [], body = "", log = [], why }: Given): KnownAnswer => ({
  isKnown: true,
  status,
  headers: headers.filter(([name]) => !isPassing(name)),
  body: latin1(body),
  log,
  why,
});
export const unknown = (why: Message): Answer => ({ isKnown: false, why });

/** A page that the server writes itself. */
export const ownPage = (run: ServerRun, page: Omit<Given, "headers"> & { type: string; body: string }): KnownAnswer => {
  const length = String(page.body.length);
  const headers: Field[] = [
    ["Content-Type", page.type],
    ["Content-Length", length],
  ];
  return known({ ...page, headers, body: isHead(run) ? "" : page.body });
};

export const isBodyless = (status: number | null): boolean => status === 204 || status === 304;
/** `status`: which the script asked for; null: none. `isFound`: it wrote a Location. */
export const sends = (status: number | null, isFound = false): Message =>
  status === null ? serverMessage(isFound ? "sends-found" : "sends-output") : serverMessage("sends-status", { status });

/** Bytes of the output in a sentence. */
export const ofLine = (text: string) => ({ line: quoteBytes(latin1(text)) });
export const ofValue = (text: string) => ({ value: quoteBytes(latin1(text)) });
export const linesOf = ({ stderr }: ServerRun): string[] => stderr.split("\n").filter((line) => line !== "");
