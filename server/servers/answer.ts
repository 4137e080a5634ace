// What a profile says of a server: the response and the log, or that it does not know.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { byteString, latin1 } from "../protocol/byte-string.js";
import { quoteBytes } from "../protocol/quote.js";
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
export interface UnknownAnswer {
  readonly isKnown: false;
  readonly why: Message;
}
export type Answer = KnownAnswer | UnknownAnswer;

export const nothing = byteString("");

/** Fields of the moment and the connection. In lower case. */
const passing = new Set(["date", "server", "connection", "keep-alive", "transfer-encoding"]);
export const isPassing = (name: string): boolean => passing.has(name.toLowerCase());

export function known(answer: Omit<KnownAnswer, "isKnown" | "body" | "log"> & Partial<KnownAnswer>): KnownAnswer {
  const { headers, body = nothing, log = [], ...rest } = answer;
  return { ...rest, headers: headers.filter(([name]) => !isPassing(name)), body, log, isKnown: true };
}
export const unknown = (why: Message): UnknownAnswer => ({ isKnown: false, why });

type OwnPage = Pick<KnownAnswer, "body" | "why"> & { status: number; type: string; log?: readonly string[] };
/** A page that the server writes itself. */
export const ownPage = (run: ServerRun, { status, type, body, log = [], why }: OwnPage): KnownAnswer => {
  const headers: Field[] = [
    ["Content-Type", type],
    ["Content-Length", String(body.length)],
  ];
  return known({ status, headers, body: isHead(run) ? nothing : body, log, why });
};

/** Bytes of the output in a sentence. */
export const ofLine = (text: string) => ({ line: quoteBytes(latin1(text)) });
export const ofValue = (text: string) => ({ value: quoteBytes(latin1(text)) });

/** The values of that name, which is in lower case. */
export const valuesIn = (fields: readonly Field[], name: string): string[] =>
  fields.flatMap(([given, value]) => (given.toLowerCase() === name ? [value] : []));
export const hasField = (fields: readonly Field[], name: string): boolean => valuesIn(fields, name).length > 0;
