// Output that a server passes on unread, as a client reads it.
import type { Message } from "../contract/message.js";
import { type Answer, type Field, known } from "./answer.js";

/** A script's own response, status line and all. */
export function unparsed(output: string, why: Message): Answer {
  const [line = ""] = /^HTTP[^\n]*(?:\n|$)/.exec(output) ?? [];
  const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(line) ?? [];
  return known({
    status: status === undefined ? null : Number(status),
    ...readByClient(output.slice(line.length)),
    why,
  });
}

/** A line without its end; `isEnded`: it has one. `name`: what is before its first colon; null: it has none. */
export function lineAt(text: string, from: number) {
  const end = text.indexOf("\n", from);
  const line = text.slice(from, end < 0 ? undefined : end).replace(/\r$/, "");
  const colon = line.indexOf(":");
  const name = colon < 0 ? null : line.slice(0, colon);
  return { line, name, value: line.slice(colon + 1), next: end < 0 ? text.length : end + 1, isEnded: end >= 0 };
}

/**
 * Headers and body of what follows a status line. Without a blank line all of it is headers. A line without a colon
 * is a header with no value.
 */
export function readByClient(output: string): { headers: Field[]; body: string } {
  const headers: Field[] = [];
  for (let from = 0; from < output.length; ) {
    const { line, name, value, next } = lineAt(output, from);
    from = next;
    if (line === "") return { headers, body: output.slice(from) };
    headers.push(name === null ? [line, ""] : [name, value.trim()]);
  }
  return { headers, body: "" };
}
