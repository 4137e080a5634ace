// "What just happened" in eight steps: from the line on the wire to what came back, each with a text about this very
// trace and the place in the window that shows it.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { formatMs } from "../../format/duration.js";
import { formatExactBytes, ordinal } from "../../format/size.js";
import type { Tab } from "../../model/traces/inspector-state.js";
import type { AnchorId } from "../../platform/anchors.js";

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** The view of the trace that has to be open. */
  readonly tab: Tab;
  /** The step points at the first of these anchors that is on the screen. */
  readonly at: readonly AnchorId[];
}

/** The part of a trace that the texts use. */
export type TouredTrace = Pick<
  TraceView,
  "request" | "timing" | "process" | "route" | "script" | "response" | "env" | "fastcgi"
>;

/** The steps over a trace, always the same number. On the stage there is the X-ray alone. */
export function tourSteps(trace: TouredTrace, place: "inspector" | "stage" = "inspector"): readonly TourStep[] {
  const isOnStage = place === "stage";
  const { request, timing, route, script, response } = trace;
  const method = readable(request.method);
  const [path = "", query = null] = readable(request.target).split(/\?(.*)/s, 2);
  const name = readable(route.file ?? route.scriptName).replace(/^.*\//, "");
  const body = request.body.bytes;
  const variables = trace.env?.length ?? 0;
  const headers = script?.headers.length ?? 0;
  const hasBlankLine = script !== null && script.kind !== "invalid";
  return [
    {
      title: "The request line",
      text: `A client opened a connection and sent these lines. The first one holds the method ${method}, the path ${path}${
        query === null ? "" : ` and, after the “?”, the query ${query}`
      }. Each colour marks one piece. Watch where it goes.`,
      tab: "xray",
      at: ["xray.request"],
    },
    {
      title: "It becomes the environment",
      text: `${environmentText(trace)}: same colour, same bytes. ${
        query === null ? "" : `The script finds “${query}” in QUERY_STRING. `
      }There are ${variables} variables in all. Press their number to see each with its source.`,
      tab: "xray",
      at: ["xray.environment"],
    },
    {
      title: trace.fastcgi === null ? "The script starts" : "The application gets the request",
      text: trace.fastcgi === null ? startText(name, trace) : handOverText(name, trace, trace.fastcgi),
      tab: "timing",
      at: isOnStage ? ["xray.environment"] : ["timing.axis", "timing.phases", "inspector.view"],
    },
    {
      title: "Stdin: the request body",
      text:
        body === 0
          ? `This ${method} request has no body: stdin is empty and CONTENT_LENGTH is not set. A form sent by POST would arrive here.`
          : `The request body (${formatExactBytes(body)}) arrives on stdin. CONTENT_LENGTH gives its length, and a script must not read more.`,
      tab: "stdin",
      at: isOnStage ? ["xray.stdin"] : ["bytes", "inspector.view"],
    },
    {
      title: "Stdout begins with headers",
      text: `What the script prints becomes the response. It begins with headers: ${headers === 1 ? "one" : headers} here. At least one of Content-Type, Location and Status is required. The numbers on the left are byte offsets.`,
      tab: "xray",
      at: ["xray.output.header", "xray.output"],
    },
    {
      title: "The blank line",
      text: hasBlankLine
        ? `A blank line${timing.headersAt === null ? "" : `, at ${formatMs(timing.headersAt)}`}, ends the headers. Without it, the server cannot tell the headers from the body, and the client gets a 500. Forgetting it is the most common mistake of all.`
        : "A blank line should end the headers here. It is missing, so the server cannot tell the headers from the body, and the client got an error.",
      tab: "xray",
      at: ["xray.output.empty-line", "xray.output"],
    },
    {
      title: "Then the body",
      text: "Everything after the blank line goes to the client byte for byte: text, a page, an image. The server does not interpret it. Content-Type tells the client what it is.",
      tab: "xray",
      at: ["xray.output.body", "xray.output"],
    },
    {
      title: "What the client got",
      text: `The server built this response: a status line${response === null ? "" : ` (${response.status})`}, the script’s headers and its own${
        response === null ? "" : `, then ${formatExactBytes(response.body.bytes)} of body`
      }${timing.doneAt === null ? "" : `, complete after ${formatMs(timing.doneAt)}`}. That is all there is to CGI. Change the script, save it, and look again.`,
      tab: "xray",
      at: ["xray.client"],
    },
  ];
}

const environmentText = ({ fastcgi }: TouredTrace): string =>
  fastcgi === null
    ? "Before it starts the script, the server puts each piece into an environment variable"
    : "The application runs already, so the server sends each piece to it as a variable, in a record called PARAMS";

function startText(name: string, { process, timing }: TouredTrace): string {
  const pid = process?.pid == null ? "" : ` (pid ${process.pid})`;
  const facts = [
    timing.spawnedAt === null ? [] : `started ${formatMs(timing.spawnedAt)} after the first byte of the request`,
    timing.firstByteAt === null ? [] : `wrote its first byte at ${formatMs(timing.firstByteAt)}`,
  ].flat();
  const times = facts.length === 0 ? "" : ` The process ${facts.join(" and ")}.`;
  return `${name} runs in its own process${pid}, for this request only.${times} Starting a program for each request is the price of CGI.`;
}

function handOverText(
  name: string,
  { timing }: TouredTrace,
  { pid, nth, records }: NonNullable<TouredTrace["fastcgi"]>,
): string {
  const turn = nth === null ? "" : nth === 1 ? ", started for this request" : `, this is its ${ordinal(nth)} request`;
  const process = pid === null ? "" : ` (here pid ${pid}${turn})`;
  const who = `${name} is a FastCGI application: it starts once and serves many requests${process}.`;
  const [first] = records;
  if (!first) return who;
  const answered = timing.firstByteAt === null ? "" : `, and wrote its first byte at ${formatMs(timing.firstByteAt)}`;
  return `${who} It received the first record ${formatMs(first.at)} after the first byte of the request${answered}. Records, beside the phases, shows all of them.`;
}
