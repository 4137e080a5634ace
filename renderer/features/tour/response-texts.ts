// The tour's texts about the response: what the script wrote to stdout, and what the client got.
import { wordsOf } from "../../../server/contract/message.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { formatMs } from "../../format/duration.js";
import { formatExactBytes } from "../../format/size.js";
import { type ResponseSource, responseSource } from "../../model/traces/response-source.js";

/** The part of a trace that the texts use. */
export type TouredTrace = Pick<
  TraceView,
  "request" | "timing" | "process" | "route" | "script" | "response" | "env" | "fastcgi" | "parent" | "outcome"
>;

export function headersText({ script }: TouredTrace): string {
  const offsets = "The numbers on the left are byte offsets.";
  if (script?.kind === "nph")
    return `This is an NPH script: it writes the whole HTTP response to stdout, the status line too. ${offsets}`;
  const headers = script?.headers.length ?? 0;
  return `What the script writes to stdout becomes the response. It begins with headers${
    headers === 0 ? ", but there are none here" : ` (${headers === 1 ? "one" : headers} here)`
  }. Content-Type, Location or Status must be among them. ${offsets}`;
}

export function blankLineText({ script, timing }: TouredTrace): string {
  if (script === null) return "A blank line ends the headers. This request was over before the server received one.";
  if (script.kind === "invalid")
    return `A blank line ends the headers. The output of this script is not a CGI response. ${wordsOf(script.why ?? "")}`.trim();
  const at = timing.headersAt === null ? "" : `, at ${formatMs(timing.headersAt)},`;
  if (script.kind === "nph") return `In an HTTP response, too, a blank line${at} ends the headers.`;
  return `A blank line${at} ends the headers. Without it, the server cannot tell the headers from the body, and the client gets an error. A missing blank line is the most common mistake in CGI scripts.`;
}

export function outputBodyText(trace: TouredTrace): string {
  const { script, response } = trace;
  const source = responseSource(trace);
  const isBody = "Everything after the blank line is the body: text, a page, an image.";
  if (source === "script" && response?.body.bytes === 0) return `${isBody} This response has none.`;
  const isSent =
    source === "redirected" && script !== null
      ? script.kind !== "invalid" && script.kind !== "local-redirect"
      : source === "script" || source === "nph";
  return isSent
    ? "Everything after the blank line goes to the client byte for byte: text, a page, an image. The server does not interpret it. Content-Type tells the client what it is."
    : `${isBody} Of this script’s output, the client got nothing.`;
}

export function clientText(trace: TouredTrace): string {
  const { response, timing, fastcgi } = trace;
  const status = response === null || response.status === 0 ? "" : ` (${response.status})`;
  const bytes = response?.body.bytes ?? 0;
  const body = bytes === 0 ? "but no body" : `then ${formatExactBytes(bytes)} of body`;
  const texts: Record<ResponseSource, string> = {
    script: `The server sent a status line${status}, the script’s headers and its own, ${body}.`,
    nph: `The server sent the script’s bytes unchanged${status} and added nothing.`,
    server: `The server generated the response${status} itself. It is not the script’s.`,
    other: `The script redirected the server to another path (a local redirect). The server followed, and the client got the response of that path${status}.`,
    redirected:
      "The server made this request because another script redirected it here (a local redirect). What the client got is in the trace of the first request.",
    none: "The server sent no response.",
  };
  const end = timing.doneAt === null ? "" : ` The request was over after ${formatMs(timing.doneAt)}.`;
  return `${texts[responseSource(trace)]}${end} ${
    fastcgi === null
      ? "That is all there is to CGI."
      : "A CGI script’s response is made in the same way: only the start differs."
  } Change the script, save it, and send the request again.`;
}
