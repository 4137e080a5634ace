// An expected failure: a code, the data of its sentences, what happened and how to fix it. Any other exception is a
// bug. A table for each domain makes both sentences from the data alone.
import { asSentence, type Message, type MessageData, type Sentence, wordsOf } from "./message.js";
import type { Problem } from "./workspace.js";

/** What happened, and how to fix it; `fix` null: the message is all there is. */
export interface ProblemMessage extends Message {
  readonly fix: Sentence | null;
}

/** A fixed sentence, or one made of the data. (A method, so that each entry can name its own data.) */
type Wording = string | { say(data: MessageData): string | Sentence }["say"];
interface Entry {
  /** If it is not the entry's name: several entries can share a code, and differ in their words. */
  readonly code?: string;
  readonly message: Wording;
  readonly fix?: Wording;
}
type Table = Readonly<Record<string, Entry>>;
type Given<W> = W extends (data: infer Data) => string | Sentence ? [data: Data] : [];
type DataOf<E extends Entry> = E extends { readonly message: string } ? Given<E["fix"]> : Given<E["message"]>;

interface ProblemMessages<T extends Table> {
  <Name extends keyof T & string>(name: Name, ...data: DataOf<T[Name]>): ProblemMessage;
  /** Each once. */
  readonly codes: readonly string[];
}

/** The problems of one domain. Their codes and data are listed in docs/trace-format.md. */
export function defineProblems<const T extends Table>(table: T): ProblemMessages<T> {
  const make = <Name extends keyof T & string>(name: Name, ...given: DataOf<T[Name]>): ProblemMessage => {
    const data: MessageData | null = given[0] ?? null;
    const { code = name, message = "", fix }: Partial<Entry> = table[name] ?? {};
    const inWords = (wording: Wording) => asSentence(typeof wording === "string" ? wording : wording(data ?? {}));
    return { code, data, text: inWords(message), fix: fix === undefined ? null : inWords(fix) };
  };
  const codes = new Set(Object.entries(table).map(([name, { code = name }]) => code));
  return Object.assign(make, { codes: [...codes] });
}

/** Where a failure does not end a call: in the state of the workbench, and in the window. */
export const toProblem = ({ code, text, fix, data }: ProblemMessage): Problem & Pick<Message, "data"> => ({
  code,
  message: text,
  fix,
  data,
});

/** What happened and how to fix it, in one line. */
export const problemText = ({ message, fix }: Pick<Problem, "message" | "fix">): string =>
  fix === null ? wordsOf(message) : `${wordsOf(message)} ${wordsOf(fix)}`;
