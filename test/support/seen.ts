// What a script really got from the system, read from /proc: its environment and arguments byte for byte, not what a
// shell made of them. For a test to hold beside the trace.
import type { TraceRecord } from "../../server/trace/trace-record.js";
import { bodyOf, type TestGateway } from "./gateway.js";
import { isThroughFcgiwrap } from "./through-program.js";

/** Its own PATH, and what it says of the conversation. */
const addedByFcgiwrap = /^(PATH|FCGI_ROLE)=/;

/** A script that answers with its environment and arguments as the kernel has them. */
export const seenScript = `printf 'Content-Type: application/octet-stream\\n\\n'; cat /proc/$$/environ; printf '\\1'; cat /proc/$$/cmdline; printf '\\1'; pwd -P; cat`;

export interface Seen {
  /** Bytes as latin1 text. */
  readonly env: Readonly<Record<string, string>>;
  /** How many variables there are, those said twice counted twice. */
  readonly count: number;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly stdin: string;
}

/** The answer of `seenScript`, asked with HTTP/1.0 or with its chunks put together. */
export function seenIn(response: string): Seen {
  const body = /^transfer-encoding: chunked\r$/im.test(response.slice(0, response.indexOf("\r\n\r\n") + 2))
    ? dechunk(bodyOf(response))
    : bodyOf(response);
  const [environ = "", cmdline = "", rest = ""] = body.split("\x01");
  const pairs = environ.split("\0").filter((pair) => pair !== "" && !(isThroughFcgiwrap && addedByFcgiwrap.test(pair)));
  const lineEnd = rest.indexOf("\n");
  return {
    env: Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)])),
    count: pairs.length,
    argv: cmdline.split("\0").slice(0, -1),
    cwd: rest.slice(0, lineEnd),
    stdin: rest.slice(lineEnd + 1),
  };
}

function dechunk(bytes: string): string {
  let body = "";
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.slice(at, lineEnd), 16);
    if (lineEnd < 0 || !(size > 0)) return body;
    body += bytes.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}

/**
 * Sends bytes and gives what the script saw, after holding it against the trace:
 * name by name the same values, and no more.
 */
export async function ask(
  gateway: TestGateway,
  bytes: string,
): Promise<{ seen: Seen; trace: TraceRecord; response: string }> {
  const before = gateway.endedSoFar;
  const response = await gateway.ask(bytes);
  const trace = (await gateway.ended(before + 1)).at(-1);
  if (!trace?.env) throw new Error(`no script ran: ${response.slice(0, 500)}`);
  const seen = seenIn(response);
  const traced = Object.fromEntries(trace.env.map(({ name, value }) => [name, value]));
  if (JSON.stringify(sorted(traced)) !== JSON.stringify(sorted(seen.env)) || seen.count !== trace.env.length)
    throw new Error(
      `the trace and the script differ:\n${JSON.stringify(sorted(traced))}\n${JSON.stringify(sorted(seen.env))}`,
    );
  return { seen, trace, response };
}

const sorted = (record: Readonly<Record<string, string>>): (readonly [string, string])[] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** A variable of the trace, with its source. */
export function variableOf(
  trace: TraceRecord | undefined,
  name: string,
): { name: string; value: string; source: string } | undefined {
  return trace?.env?.find((variable) => variable.name === name);
}
