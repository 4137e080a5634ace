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

/** An occurrence if the trace's cause is one of the table's codes. */
export function refusalOf(
  { cause, request }: Pick<TraceFacts, "cause" | "request">,
  advice: Advice<string>,
): Occurrence | null {
  const fix = cause ? advice[cause.code] : undefined;
  if (!cause || fix === undefined) return null;
  const { from, to } = cause.data ?? {};
  if (typeof from !== "number" || typeof to !== "number")
    return { detail: `${wordsOf(cause.text)} ${fix}`, stream: "request" };
  const line = lineAt(request.head, from);
  return {
    detail: `${wordsOf(cause.text)} ${fix}`,
    stream: "request",
    range: [from, to],
    evidence: [
      {
        kind: "quote",
        of: `line ${line.number} of the request, byte ${from - line.from + 1} (offset 0x${from.toString(16)})`,
        text: line.text,
      },
    ],
  };
}

/** For causes in a chunked body: `from` is an offset in the body as it was sent, which is not kept. */
export function bodyRefusalOf({ cause }: Pick<TraceFacts, "cause">, advice: Advice<string>): Occurrence | null {
  const fix = cause ? advice[cause.code] : undefined;
  if (!cause || fix === undefined) return null;
  const from = cause.data?.["from"];
  return {
    detail: `${wordsOf(cause.text)} ${fix}`,
    stream: "request",
    evidence:
      typeof from === "number"
        ? [{ kind: "quote", of: "request body as it was sent", text: `the byte at offset 0x${from.toString(16)}` }]
        : [],
  };
}

function lineAt(head: string, offset: number): { number: number; from: number; text: string } {
  const from = offset === 0 ? 0 : head.lastIndexOf("\n", offset - 1) + 1;
  const end = head.indexOf("\n", from);
  const text = head.slice(from, Math.min(end < 0 ? head.length : end, from + maxQuotedBytes));
  return { number: head.slice(0, from).split("\n").length, from, text: escapeBytes(latin1(text)) };
}
