// The lines of a file of requests, and what each means by its form alone.
import type { Message } from "../../contract/message.js";
import type { Piece } from "./http-file.js";
import { httpFileMessage } from "./messages.js";
import { trimmed } from "./white-space.js";

/** `to`: without the line end; `end`: behind it. */
export interface Line extends Piece {
  readonly end: number;
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = text.startsWith("\ufeff") ? 1 : text.startsWith("\xef\xbb\xbf") ? 3 : 0;
  while (from < text.length) {
    const feed = text.indexOf("\n", from);
    const end = feed < 0 ? text.length : feed + 1;
    const last = feed < 0 ? end : feed;
    const to = feed > from && text[feed - 1] === "\r" ? feed - 1 : last;
    lines.push({ text: text.slice(from, to), from, to, end });
    from = end;
  }
  return lines;
}

/** Each but the first begins with its line `###`. */
export function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [[]];
  for (const line of lines) {
    if (line.text.startsWith("###")) blocks.push([]);
    blocks.at(-1)?.push(line);
  }
  return blocks;
}

type Text = Pick<Piece, "text">;

export const isBlank = ({ text }: Text): boolean => trimmed(text) === "";
export const isComment = ({ text }: Text): boolean => /^[\t-\r ]*(?:#|\/\/)/.test(text);
export const bodyFile = /^<(@[^\t-\r ]*)?[ \t]+([^\t-\r ].*)$/;

/** `> {% … %}` and `<> response`, of JetBrains: they end the body wherever they stand. */
const endsBody = ({ text }: Text): boolean => /^(?:> \{%|<> [^\t-\r ])/.test(text);
/** `>> file` and `> script.js`: text has such lines, too (a quotation in a message), so they only count at the end. */
const mayEndBody = ({ text }: Text): boolean => /^(?:>>!? [^\t-\r ]|> [^\t-\r ]+\.js[\t-\r ]*$)/.test(text);
/** A response handler, or where a response is saved: of JetBrains, behind the body. */
export const isTrailer = (line: Text): boolean => endsBody(line) || mayEndBody(line);

/** How many lines of a body come before its trailers. */
export function trailersAt(lines: readonly Text[]): number {
  let trailers = lines.length;
  for (const [index, line] of lines.entries()) {
    if (endsBody(line)) return Math.min(trailers, index);
    if (mayEndBody(line)) trailers = Math.min(trailers, index);
    else if (!isBlank(line)) trailers = lines.length;
  }
  return trailers;
}

/** "assert", "capture" or "name", where a comment among the headers would be one; else null. */
export const directiveInBody = ({ text }: Text): string | null =>
  /^[\t-\r ]*(?:#+|\/\/+)[\t-\r ]*@(assert|capture|name)\b/.exec(text)?.[1] ?? null;

/** A check as another tool writes it, `?? status == 200`. */
export const isForeignCheck = ({ text }: Text): boolean => /^\?\?[ \t]/.test(text);

/** A line of a body that would be read as something else. */
export const isSpecialInBody = (line: Text): boolean =>
  line.text.startsWith("###") ||
  bodyFile.test(line.text) ||
  isTrailer(line) ||
  directiveInBody(line) !== null ||
  isForeignCheck(line);

/** What only another tool does with such a request line; null: it is one of HTTP. */
export function foreignLine(text: string, method: string): Message | null {
  if (/^[\t-\r ]*(?:[$>%][\t-\r ]+)?curl(?:\.exe)?[\t-\r ]+[^\t-\r ]/.test(text))
    return httpFileMessage("curl-command");
  if (/^(?:GRPC|RSOCKET|WEBSOCKET)$/.test(method)) return httpFileMessage("protocol-other", { method });
  const isElsewhere = /^(?:import|run)[ \t]+(?!\/|\{\{|https?:)/.test(text);
  return isElsewhere ? httpFileMessage("requests-elsewhere") : null;
}
