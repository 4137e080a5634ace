// A fact that programs know by its code and people read as a sentence. A table makes every sentence from the message's
// data alone. Rules, views and tests decide by `code` and `data`, so a sentence can change at any time.

export type MessageValue = string | number | boolean | null | readonly string[] | Message;
export type MessageData = Readonly<Record<string, MessageValue>>;

export interface Message {
  /** Public and stable. */
  readonly code: string;
  /** The data of the sentence; null if the sentence is always the same. */
  readonly data: MessageData | null;
  readonly text: string;
}

/**
 * A fixed sentence, or one made of its data. (A method's parameters are compared both ways, so that each entry can name
 * its own data.)
 */
type Wording = string | { say(data: MessageData): string }["say"];
type Table = Readonly<Record<string, Wording>>;
type DataOf<W extends Wording> = W extends (data: infer Data) => string ? [data: Data] : [];

export interface Messages<T extends Table> {
  /** The message of a code, its sentence included. */
  <Code extends keyof T & string>(code: Code, ...data: DataOf<T[Code]>): Message;
  readonly codes: readonly (keyof T & string)[];
  /** Whether the message is one of these. */
  is<Code extends keyof T & string>(message: Message | null | undefined, ...codes: readonly Code[]): boolean;
}

/** The messages of one domain: a table from codes to sentences. */
export function defineMessages<const T extends Table>(table: T): Messages<T> {
  const make = <Code extends keyof T & string>(code: Code, ...given: DataOf<T[Code]>): Message => {
    const data: MessageData | null = given[0] ?? null;
    const wording: Wording = table[code] ?? "";
    const text = typeof wording === "string" ? wording : wording(data ?? {});
    return { code, data, text: inTestWords(text) };
  };
  const is = (message: Message | null | undefined, ...codes: readonly string[]): boolean =>
    message != null && codes.includes(message.code);
  return Object.assign(make, { codes: Object.keys(table), is });
}

/** The sentences, separated by spaces; null for none. */
export const sentencesOf = (messages: readonly Message[]): string | null =>
  messages.length === 0 ? null : messages.map(({ text }) => text).join(" ");

/** Set by a test run (see `reversed` in test/vitest.config.ts) and by no build of the product. */
declare const REVERSED_MESSAGES: boolean | undefined;
const isReversed = typeof REVERSED_MESSAGES !== "undefined" && REVERSED_MESSAGES === true;

/**
 * The sentence. In the test run that changes every sentence: backwards, and each letter replaced by the next one.
 * (Reversing alone would restore a sentence inside another one.)
 */
export const inTestWords: (text: string) => string = isReversed
  ? (text) =>
      [...text]
        .reverse()
        .map((character) => (/[a-y]/i.test(character) ? String.fromCharCode(character.charCodeAt(0) + 1) : character))
        .join("")
  : (text) => text;
