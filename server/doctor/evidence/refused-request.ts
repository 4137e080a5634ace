// Why a request was refused before a script ran: the cause, what to do about it, and the bytes that prove it.
import { wordsOf } from "../../contract/message.js";
import { latin1 } from "../../protocol/byte-string.js";
import { escapeBytes } from "../../protocol/quote.js";
import type { TraceFacts } from "../base/facts.js";
import type { Occurrence } from "../base/rule.js";

/** What to do, by the code of the cause. */
export type Advice<Code extends string> = Readonly<Partial<Record<Code, string>>>;

/** Longest part of a line that a finding quotes, in bytes. */
const maxQuotedBytes = 120;

/**
 * An occurrence if the trace's cause is one of the table's codes. `isInBody`: the cause has an offset in the body as it
 * was sent, which is not kept.
 */
export function refusalOf(
  { cause, request }: Pick<TraceFacts, "cause" | "request">,
  advice: Advice<string>,
  isInBody: boolean,
): Occurrence | null {
  const fix = cause ? advice[cause.code] : undefined;
  if (!cause || fix === undefined) return null;
  const found = { detail: `${wordsOf(cause.text)} ${fix}`, stream: "request" } as const;
  const { from, to } = cause.data ?? {};
  if (typeof from !== "number") return found;
  const offset = `offset 0x${from.toString(16)}`;
  if (isInBody)
    return {
      ...found,
      evidence: [{ kind: "quote", of: "request body as it was sent", text: `the byte at ${offset}` }],
    };
  if (typeof to !== "number") return found;
  const line = lineAt(request.head, from);
  const of = `line ${line.number} of the request, byte ${from - line.from + 1} (${offset})`;
  return { ...found, range: [from, to], evidence: [{ kind: "quote", of, text: line.text }] };
}

function lineAt(head: string, offset: number): { number: number; from: number; text: string } {
  const from = offset === 0 ? 0 : head.lastIndexOf("\n", offset - 1) + 1;
  const end = head.indexOf("\n", from);
  const text = head.slice(from, Math.min(end < 0 ? head.length : end, from + maxQuotedBytes));
  return { number: head.slice(0, from).split("\n").length, from, text: escapeBytes(latin1(text)) };
}
