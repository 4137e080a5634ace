// The value of a -F option as cURL reads it: the content is a word, in quotation marks or up to a semicolon; what
// follows says more of it. White space is that of ASCII: a byte of a UTF-8 character is none.
import { closingMark } from "./closing-mark.js";

export interface FormPart {
  readonly content: string;
  readonly type: string | null;
  readonly filename: string | null;
  /** Further lines of its head. */
  readonly headers: readonly string[];
  /** What is not taken over: `encoder=base64`. */
  readonly leftOut: readonly string[];
}

const attribute = /;[ \t\n\v\f\r]*(?:(type|filename|headers|encoder)=[ \t\n\v\f\r]*)?/iy;

export function formPart(value: string): FormPart {
  const content = wordAt(value, 0);
  const headers: string[] = [];
  const leftOut: string[] = [];
  let type: string | null = null;
  let filename: string | null = null;
  /** Where the type begins that is read: what follows is its parameter, unless it has one of the other names. */
  let typeFrom = -1;
  for (let at = content.end; at < value.length; ) {
    attribute.lastIndex = at;
    const [start = ";", key = ""] = attribute.exec(value) ?? [];
    const name = key.toLowerCase();
    const from = at + start.length;
    if (name === "type" && typeFrom < 0) typeFrom = from;
    else if (name !== "type" && name !== "") typeFrom = -1;
    const word = wordAt(value, from);
    if (typeFrom >= 0) {
      at = endFrom(value, from);
      type = trimmed(value.slice(typeFrom, at));
      continue;
    }
    if (name === "filename") filename = word.text;
    else if (name === "headers" && !/[@<]/.test(value.charAt(from))) headers.push(word.text);
    else if (word.text !== "") leftOut.push(trimmed(value.slice(at + 1, word.end)));
    at = word.end;
  }
  return { content: content.text, type, filename, headers, leftOut };
}

/** `end`: at the next semicolon, or at the end. A mark that is never closed is a character like any other. */
function wordAt(value: string, at: number): { readonly text: string; readonly end: number } {
  let from = at;
  while (isSpace(value, from)) from++;
  const close = value.charAt(from) === '"' ? closingMark(value, from + 1, '"') : -1;
  if (close >= 0)
    return { text: value.slice(from + 1, close).replace(/\\([\\"])/g, "$1"), end: endFrom(value, close + 1) };
  const end = endFrom(value, from);
  return { text: trimmed(value.slice(from, end)), end };
}

function endFrom(value: string, at: number): number {
  const end = value.indexOf(";", at);
  return end < 0 ? value.length : end;
}

const isSpace = (text: string, at: number): boolean => /[ \t\n\v\f\r]/.test(text.charAt(at));

/** Without white space at its end. */
function trimmed(text: string): string {
  let end = text.length;
  while (isSpace(text, end - 1)) end--; // an expression would take quadratic time
  return text.slice(0, end);
}

const types: ReadonlyMap<string, string> = new Map([
  [".gif", "image/gif"],
  [".jpg", "image/jpeg"],
  [".jpeg", "image/jpeg"],
  [".png", "image/png"],
  [".svg", "image/svg+xml"],
  [".txt", "text/plain"],
  [".htm", "text/html"],
  [".html", "text/html"],
  [".pdf", "application/pdf"],
  [".xml", "application/xml"],
]);

/** The type that cURL gives to a part with a file's name and no type. */
export const typeByName = (filename: string): string | null =>
  types.get(filename.slice(filename.lastIndexOf(".")).toLowerCase()) ?? null;
