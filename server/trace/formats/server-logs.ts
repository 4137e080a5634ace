// A trace as the lines of an access log and an error log, as Apache writes them.
import type { ByteString } from "../../contract/bytes-text.js";
import { wordsOf } from "../../contract/message.js";
import { traitsOf } from "../../contract/modes.js";
import { combinedLine, errorLine, joinedValues, type LoggedError } from "../../formats/export/apache-log.js";
import { byteString, fromBytes, utf8 } from "../../protocol/byte-string.js";
import type { TraceRecord } from "../trace-record.js";

/** Null for what is part of another request: a run behind a local redirect. */
export function accessLogLine(trace: TraceRecord): string | null {
  const { client, startedAt, request, response, parent, env } = trace;
  if (parent?.kind === "local-redirect") return null;
  return combinedLine({
    address: client.address,
    user: env?.find(({ name, source }) => name === "REMOTE_USER" && source === "server")?.value ?? null,
    at: startedAt,
    head: request.head,
    status: response?.status ?? null,
    bodyBytes: response?.body.bytes ?? 0,
    headers: request.headers,
  });
}

/**
 * What the script wrote to stderr, then why there was no good response. Stderr of a FastCGI
 * application has Apache's words for that.
 */
export function errorLogLines(trace: TraceRecord, pid: number): readonly string[] {
  const { client, request, startedAt, timing, route, stderr } = trace;
  const isFastcgi = traitsOf(route.mode)?.responder === "application";
  const file = route.file ?? route.scriptName;
  const made: Omit<LoggedError, "message" | "at"> = {
    module: isFastcgi ? "proxy_fcgi" : "cgi",
    pid,
    client,
    referer: joinedValues(request, "referer"),
  };
  const lines: string[] = [];
  for (const { at, text } of stderr ? linesOf(stderr.pieces()) : [])
    lines.push(
      errorLine({
        ...made,
        at: startedAt + at,
        message: byteString(isFastcgi ? `AH01071: Got error '${text}'` : `AH01215: stderr from ${file}: ${text}`),
      }),
    );
  const failure = failureOf(trace, file);
  if (failure) lines.push(errorLine({ ...made, ...failure, at: startedAt + (timing.doneAt ?? 0) }));
  return lines;
}

/** Lines of a stream, each with the time of its first byte. */
function* linesOf(pieces: Iterable<{ readonly bytes: Uint8Array; readonly at: number }>) {
  let rest = "";
  let restAt = 0;
  for (const { bytes, at } of pieces) {
    const parts = fromBytes(bytes).split("\n");
    for (const [index, part] of parts.entries()) {
      if (rest === "") restAt = at;
      rest += part;
      if (index === parts.length - 1) continue;
      yield { at: restAt, text: rest.replace(/\r$/, "") };
      rest = "";
    }
  }
  if (rest !== "") yield { at: restAt, text: rest };
}

type Failure = Pick<LoggedError, "message"> & Partial<Pick<LoggedError, "module">>;

/** In Apache's words where it has some for this, else in ours. */
function failureOf(trace: TraceRecord, file: ByteString): Failure | null {
  const { outcome, cause, script, timing } = trace;
  const name = file.slice(file.lastIndexOf("/") + 1);
  switch (outcome) {
    case "ok":
    case "client-gone":
    case "stopped":
    case null:
      return null;
    case "timeout":
      return {
        message: byteString(
          timing.headersAt === null
            ? `Script timed out before returning headers: ${name}`
            : `AH01220: Timeout waiting for output from CGI script ${file}`,
        ),
      };
    case "crashed":
    case "invalid-output": {
      if (script !== null && script.kind !== "invalid") return cause && { message: utf8(wordsOf(cause.text)) };
      const line = badLine(trace);
      return {
        message: byteString(
          line === null
            ? `End of script output before headers: ${name}`
            : `malformed header from script '${name}': Bad header: ${line}`,
        ),
      };
    }
    default:
      return cause && { module: "core", message: utf8(wordsOf(cause.text)) };
  }
}

const noHead: ReadonlySet<string | undefined> = new Set(["no-output", "no-empty-line", "head-too-large"]);

/** The line of stdout that is no header; null when the output ended before it could be known. */
function badLine({ script, stdout }: TraceRecord): ByteString | null {
  if (script?.stoppedAt === null || script?.stoppedAt === undefined || noHead.has(script.reasons[0]?.code)) return null;
  const bytes = stdout?.read(script.stoppedAt, 1024);
  const [line = ""] = bytes ? fromBytes(bytes).split(/\r?\n/, 1) : [];
  return line === "" ? null : byteString(line);
}
