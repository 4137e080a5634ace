// A fact that programs know by its code and people read as a sentence. A table makes every sentence from the message's
// data alone. Rules, views and tests decide by `code` and `data`, so a sentence can change at any time.

/**
 * Words for people. At run time a string; to the compiler a symbol, the one type that it refuses in a template literal,
 * beside an operator and in JSX. So nothing searches a sentence, compares it with words or shows it without `wordsOf`.
 * (`String(sentence)` and `sentence === other` still compile.)
 */
export type Sentence = symbol & { readonly [brand]: true };
declare const brand: unique symbol;

export type MessageValue = string | number | boolean | null | readonly string[] | Message;
export type MessageData = Readonly<Record<string, MessageValue>>;

export interface Message {
  /** Public and stable. */
  readonly code: string;
  /** The data of the sentence; null if the sentence is always the same. */
  readonly data: MessageData | null;
  readonly text: Sentence;
}

/**
 * A fixed sentence, or one made of its data. (A method's parameters are compared both ways, so that each entry can name
 * its own data.)
 */
type Wording = string | { say(data: MessageData): string | Sentence }["say"];
type Table = Readonly<Record<string, Wording>>;
type DataOf<W extends Wording> = W extends (data: infer Data) => string | Sentence ? [data: Data] : [];

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
    return { code, data, text: asSentence(typeof wording === "string" ? wording : wording(data ?? {})) };
  };
  const is = (message: Message | null | undefined, ...codes: readonly string[]): boolean =>
    message != null && codes.includes(message.code);
  return Object.assign(make, { codes: Object.keys(table), is });
}

// The compiler cannot know that a sentence is a string at run time; only the next two functions tell it so.

/** For the tables of messages, the doctor's findings and markers, and what is no expected failure. */
export const asSentence = (words: string | Sentence): Sentence => words as unknown as Sentence;

/** For the edge, where a person reads it: the window, a terminal, a report, an editor, and inside another sentence. */
export const wordsOf = <S extends Sentence | string | null | undefined>(
  sentence: S,
): string | Extract<S, null | undefined> => sentence as unknown as string | Extract<S, null | undefined>;

/** Two messages have one key if a person reads the same. An unexpected failure has no data, and its words alone. */
export const messageKey = ({ code, data, text }: Message): string => JSON.stringify([code, data ?? wordsOf(text)]);

/** The sentences, separated by spaces; null for none. */
export const sentencesOf = (messages: readonly Message[]): Sentence | null =>
  messages.length === 0 ? null : asSentence(messages.map(({ text }) => wordsOf(text)).join(" "));
