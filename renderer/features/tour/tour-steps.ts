// "What just happened" in eight steps: from the line on the wire to what came back, each with a text about this very
// trace and the place in its X-ray that shows it.
import { traitsOf } from "../../../server/contract/modes.js";
import { readable, readableValue } from "../../format/bytes-text.js";
import { formatMs } from "../../format/duration.js";
import { formatExactBytes, ordinal } from "../../format/size.js";
import type { AnchorId } from "../../platform/anchors.js";
import { blankLineText, clientText, headersText, outputBodyText, type TouredTrace } from "./response-texts.js";

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** The step points at the first of these anchors that is on the screen. */
  readonly at: readonly AnchorId[];
}

/** The steps over a trace, always the same number. */
export function tourSteps(trace: TouredTrace): readonly TourStep[] {
  const { request, fastcgi } = trace;
  const method = readable(request.method);
  const [path = "", query = null] = readable(request.target).split(/\?(.*)/s, 2);
  const variables = trace.env?.length ?? 0;
  return [
    {
      title: "The request line",
      text: `A client sent these lines. The first is the request line: the method ${method}, the path ${path}${
        query === null ? "" : ` and, after the “?”, the query ${query}`
      }. Each colour marks one part: see where it appears again.`,
      at: ["xray.request"],
    },
    {
      title: fastcgi === null ? "It becomes the environment" : "It becomes parameters",
      text: `${
        fastcgi === null
          ? "Before the script starts, the server puts each part into an environment variable."
          : `The application is running ${fastcgi.nth === 1 ? "now" : "already"}, so the server sends it each part as a variable, in PARAMS records.`
      } Same colour, same bytes. ${query === null ? "" : `The script finds “${query}” in QUERY_STRING. `}There are ${
        variables === 1 ? "1 variable" : `${variables} variables`
      } in all.`,
      at: ["xray.environment"],
    },
    {
      title: fastcgi === null ? "The script starts" : "The application gets the request",
      text: fastcgi === null ? startText(trace) : handOverText(trace, fastcgi),
      at: ["xray.environment"],
    },
    {
      title: "Stdin: the request body",
      text: bodyText(trace),
      at: ["xray.stdin"],
    },
    {
      title: "Stdout begins with headers",
      text: headersText(trace),
      at: ["xray.output.header", "xray.output"],
    },
    {
      title: "The blank line",
      text: blankLineText(trace),
      at: ["xray.output.empty-line", "xray.output"],
    },
    {
      title: "Then the body",
      text: outputBodyText(trace),
      at: ["xray.output.body", "xray.output"],
    },
    {
      title: "What the client got",
      text: clientText(trace),
      at: ["xray.client"],
    },
  ];
}

const nameOf = ({ route }: TouredTrace): string => readable(route.file ?? route.scriptName).replace(/^.*\//, "");

function startText(trace: TouredTrace): string {
  const { process, timing } = trace;
  const name = nameOf(trace);
  if (process === null) return `${name} did not start. Doctor shows why.`;
  const pid = process.pid === null ? "" : ` (pid ${process.pid})`;
  const facts = [
    timing.spawnedAt === null ? [] : `started ${formatMs(timing.spawnedAt)} after the first byte of the request`,
    timing.firstByteAt === null ? [] : `wrote its first byte at ${formatMs(timing.firstByteAt)}`,
  ].flat();
  const times = facts.length === 0 ? "" : ` The process ${facts.join(" and ")}.`;
  return `${name} runs in its own process${pid}, for this request only.${times} CGI starts a process for each request: that is its price.`;
}

function handOverText(trace: TouredTrace, { pid, nth, worker, records }: NonNullable<TouredTrace["fastcgi"]>): string {
  const { timing, route } = trace;
  const traits = traitsOf(route.mode);
  const name = nameOf(trace);
  const turn = nth === null ? "" : nth === 1 ? ", started for this request" : `, this is its ${ordinal(nth)} request`;
  const process = pid === null ? "" : ` (here pid ${pid}${turn})`;
  const who = traits?.isExternal
    ? `The application${worker === null ? "" : ` at ${worker}`} runs elsewhere: the workbench connects to it and does not start it.`
    : traits?.sharesProcess
      ? `${traits.label} reads ${name} and runs it. One process serves many requests${process}.`
      : `${name} is a FastCGI application: it starts once and serves many requests${process}.`;
  const [first] = records;
  if (!first) return who;
  const answered = timing.firstByteAt === null ? "" : `, and wrote its first byte at ${formatMs(timing.firstByteAt)}`;
  return `${who} It received the first record ${formatMs(first.at)} after the first byte of the request${answered}.`;
}

function bodyText({ request, fastcgi, env }: TouredTrace): string {
  const { bytes } = request.body;
  const method = readable(request.method);
  if (bytes === 0) {
    const length = env?.find(({ name }) => name === "CONTENT_LENGTH")?.value;
    return `This ${method} request has no body: stdin is empty and CONTENT_LENGTH is ${
      length === undefined ? "not set" : readable(length)
    }. A form sent by POST would arrive here.`;
  }
  const type = readableValue(request.headers, "content-type");
  const isForm = type?.startsWith("application/x-www-form-urlencoded") === true;
  return `${isForm ? "The client wrote the form’s fields as one line of text. It" : "The request body"} arrives on stdin${
    fastcgi === null ? "" : ", in STDIN records"
  }. CONTENT_LENGTH gives its length: the script reads ${formatExactBytes(bytes)}, no more and no fewer.`;
}
