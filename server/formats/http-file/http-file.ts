// What a file of requests (`.http`) holds, each piece with its place. Offsets
// are UTF-16 units of the text that was read.
import { countBefore } from "../../contract/count-before.js";
import type { Message } from "../../contract/message.js";
import type { Assertion, Capture } from "./conditions.js";

/** `[from, to)`. */
export interface Place {
  readonly from: number;
  readonly to: number;
}
export interface Piece extends Place {
  readonly text: string;
}
/** What is wrong in the file. */
export interface Mistake extends Place {
  readonly why: Message;
}

/** `@name = value`: good in the whole file. */
export interface FileVariable extends Place {
  readonly name: Piece;
  readonly value: Piece;
}
export interface FileField extends Place {
  readonly name: Piece;
  readonly value: Piece;
}
export type FileBody =
  /** As it is in the file, without the line end after it and without blank lines at its end. */
  | ({ readonly kind: "text"; readonly files: readonly BodyFile[] } & Piece)
  /** `< path`: another file's bytes; `<@ path`: with its variables replaced. */
  | ({ readonly kind: "file" } & BodyFile);

/** In a multipart body, the line is a part's content. */
export interface BodyFile extends Place {
  readonly path: string;
  readonly hasVariables: boolean;
}

/** `text`: as it was written, from the subject on. */
export interface PlacedAssertion extends Piece {
  readonly assertion: Assertion;
}
export interface PlacedCapture extends Piece {
  readonly capture: Capture;
}

export interface FileRequest extends Place {
  /** Of `# @name`, else of the line `###`; null: it has none. */
  readonly name: string | null;
  /** "GET" where the line has none; then its place is empty. */
  readonly method: Piece;
  /** With its variables, and with the lines that continue it. */
  readonly target: Piece;
  readonly fields: readonly FileField[];
  readonly body: FileBody | null;
  readonly assertions: readonly PlacedAssertion[];
  readonly captures: readonly PlacedCapture[];
  /** What only another tool can send: this request fails, and the others of the file are sent. */
  readonly unsupported: readonly (Mistake & Piece)[];
  /** Scripts of other tools, which are not run. */
  readonly scripts: readonly Place[];
}

export interface HttpFile {
  readonly variables: readonly FileVariable[];
  readonly requests: readonly FileRequest[];
  readonly mistakes: readonly Mistake[];
}

/** What a person calls the request. */
export const titleOf = ({ name, method, target }: FileRequest): string => name ?? `${method.text} ${target.text}`;

/** The request that the place belongs to: the last one that begins before it, else the first. */
export const requestAt = ({ requests }: HttpFile, offset: number): FileRequest | null =>
  requests.findLast(({ from }) => from <= offset) ?? requests[0] ?? null;

/** Both from 1; the column in UTF-16 units. */
export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** Of any number of offsets: the text is walked once. */
export function linesIn(text: string): (offset: number) => LineAndColumn {
  const starts = [0];
  for (let feed = text.indexOf("\n"); feed >= 0; feed = text.indexOf("\n", feed + 1)) starts.push(feed + 1);
  return (offset) => {
    const line = countBefore(starts, (start) => start <= offset);
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
}

/** Of one offset. */
export const lineAndColumn = (text: string, offset: number): LineAndColumn => linesIn(text)(offset);

/** The offset at which a line begins, lines counted from 1; the text's end for a line behind it. */
export function offsetOfLine(text: string, line: number): number {
  let at = 0;
  for (let nth = 1; nth < line; nth++) {
    const next = text.indexOf("\n", at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
}
