// "What just happened" in eight steps: from the line on the wire to what came back, each with the words for this very trace and the
// place in the window that shows it.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { formatMs } from "../../format/duration.js";
import { formatExactBytes } from "../../format/size.js";
import type { Tab } from "../../model/traces/inspector-state.js";
import type { AnchorId } from "../../platform/anchors.js";

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** The view of the trace that has to be open. */
  readonly tab: Tab;
  /** What is pointed at: the first of these places that is on the screen. */
  readonly at: readonly AnchorId[];
}

/** What the words are made of. */
export type TouredTrace = Pick<
  TraceView,
  "request" | "timing" | "process" | "route" | "script" | "response" | "env" | "fastcgi"
>;

/** The steps over a trace, always as many. */
export function tourSteps(trace: TouredTrace): readonly TourStep[] {
  const { request, timing, route, script, response } = trace;
  const method = readable(request.method);
  const [path = "", query = null] = readable(request.target).split(/\?(.*)/s, 2);
  const name = readable(route.file ?? route.scriptName).replace(/^.*\//, "");
  const body = request.body.bytes;
  const variables = trace.env?.length ?? 0;
  const headers = script?.headers.length ?? 0;
  const hasEmptyLine = script !== null && script.kind !== "invalid";
  return [
    {
      title: "The request line",
      text: `A client opened a connection and wrote these lines. The first says it all: the method ${method}, the path ${path}${
        query === null ? "" : ` and, after the “?”, the query ${query}`
      }. Each colour is one piece; watch where it goes.`,
      tab: "xray",
      at: ["xray.request"],
    },
    {
      title: "It becomes the environment",
      text: `Before it starts the script, the server puts every piece into an environment variable: the same colour, the same bytes. ${
        query === null ? "" : `So “${query}” is what the script finds in QUERY_STRING. `
      }There are ${variables} in all; the tab Env lists them, each with where it comes from.`,
      tab: "xray",
      at: ["xray.environment"],
    },
    {
      title: trace.fastcgi === null ? "The script is started" : "The application gets it",
      text: trace.fastcgi === null ? startText(name, trace) : handOverText(name, trace, trace.fastcgi),
      tab: "timing",
      at: ["timing.axis", "timing.phases", "inspector.view"],
    },
    {
      title: "Stdin: the request’s body",
      text:
        body === 0
          ? `This ${method} has no body, so there is nothing to read and CONTENT_LENGTH is not set. A form sent by POST would arrive here.`
          : `The body, ${formatExactBytes(body)}, arrives here: as many as CONTENT_LENGTH says, and a script reads no more than that.`,
      tab: "stdin",
      at: ["bytes", "inspector.view"],
    },
    {
      title: "Stdout begins with headers",
      text: `What the script prints is the answer, and it begins with header lines: ${headers === 1 ? "one" : headers} here. At least one of Content-Type, Location and Status must be among them. The numbers on the left are offsets.`,
      tab: "xray",
      at: ["xray.output.header", "xray.output"],
    },
    {
      title: "The empty line",
      text: hasEmptyLine
        ? `One line with nothing in it${timing.headersAt === null ? "" : `, at ${formatMs(timing.headersAt)}`}: here the headers end. Without it the server cannot tell them from the body, and the client gets a 500. It is the most common mistake of all.`
        : "Here an empty line should have ended the headers. It is not there, so the server cannot tell them from the body, and the client got an error.",
      tab: "xray",
      at: ["xray.output.empty-line", "xray.output"],
    },
    {
      title: "Then the body",
      text: "Everything after the empty line goes to the client as it is, byte for byte: text, a page, an image. The server does not look at it; Content-Type tells the client what it is.",
      tab: "xray",
      at: ["xray.output.body", "xray.output"],
    },
    {
      title: "What the client got",
      text: `The server made a response of it: a status line${response === null ? "" : ` (${response.status})`}, the script’s headers and its own${
        response === null ? "" : `, then ${formatExactBytes(response.body.bytes)} of body`
      }${timing.doneAt === null ? "" : `, all done in ${formatMs(timing.doneAt)}`}. That is the whole of CGI. Change the script, save, and look again.`,
      tab: "xray",
      at: ["xray.client"],
    },
  ];
}

function startText(name: string, { process, timing }: TouredTrace): string {
  return `${name} runs as a process of its own${process?.pid == null ? "" : ` (number ${process.pid})`}, for this one request.${
    timing.spawnedAt === null ? "" : ` It was there ${formatMs(timing.spawnedAt)} after the request’s first byte`
  }${timing.firstByteAt === null ? "" : `, and wrote its own first byte at ${formatMs(timing.firstByteAt)}`}. Starting a program anew each time is what CGI costs.`;
}

function handOverText(
  name: string,
  { timing }: TouredTrace,
  { pid, nth, records }: NonNullable<TouredTrace["fastcgi"]>,
): string {
  const who = `${name} is a FastCGI application: it is started once and serves one request after the other${pid === null ? "" : ` (here process ${pid}`}${
    pid === null
      ? ""
      : nth === null
        ? ")"
        : nth === 1
          ? ", started for this one)"
          : `, and this is number ${nth} of it)`
  }.`;
  const [first] = records;
  if (!first) return who;
  const answered = timing.firstByteAt === null ? "" : `, and its first byte came at ${formatMs(timing.firstByteAt)}`;
  return `${who} It was told of this one ${formatMs(first.at)} after the request’s first byte, by the records that the tab Records shows${answered}.`;
}
