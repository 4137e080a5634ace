// A profile's prediction beside what the real server sent.
import { hostname } from "node:os";
import type { ServerId } from "../../../server/contract/server-ids.js";
import { latin1 } from "../../../server/protocol/byte-string.js";
import { type Answer, isPassing } from "../../../server/servers/answer.js";
import { profiles } from "../../../server/servers/profiles.js";
import type { ServerRun } from "../../../server/servers/server-run.js";
import type { ServerCase } from "./corpus.js";
import { scriptName } from "./real-servers.js";

const failures = {
  script: null,
  "not-executable": "not-executable",
  "no-shebang": "no-program",
  "bad-interpreter": "no-interpreter",
} as const;

export const runOf = (one: ServerCase, root: string): ServerRun => ({
  method: latin1(one.method),
  target: latin1(`${scriptName}${one.extra}`),
  httpVersion: one.version,
  headers: one.headers.map((line) => {
    const [name = "", value = ""] = line.split(": ");
    return [latin1(name), latin1(value)] as const;
  }),
  bodyBytes: one.body?.length ?? 0,
  scriptName: latin1(scriptName),
  pathInfo: latin1(""),
  file: latin1(`${root}${scriptName}`),
  root: latin1(root),
  client: { address: "127.0.0.1", port: 1 },
  serverPort: "80",
  hostName: hostname(),
  failure: failures[one.file],
  stdout: latin1(one.file === "script" ? one.stdout : ""),
  stderr: latin1(""),
  signal: one.exit === "SIGSEGV" ? one.exit : null,
});

interface Shown {
  readonly status: number | null;
  readonly headers: readonly string[];
  readonly body: string;
}

/** Null: the profile says that it does not know. Else what differs; "" for nothing. */
export function difference(id: ServerId, run: ServerRun, wire: string): string | null {
  const profile = profiles.find((one) => one.id === id);
  if (!profile) throw new Error(`no profile is called ${id}`);
  const answer = profile.answer(run);
  if (!answer.isKnown) return null;
  const predicted = predictedOf(answer);
  const isLengthPredicted = predicted.headers.some((line) => line.startsWith("content-length:"));
  const seen = seenOf(wire, isLengthPredicted);
  const [a, b] = [JSON.stringify(predicted), JSON.stringify(seen)];
  return a === b ? "" : `predicted ${a}\n     seen ${b}`;
}

function predictedOf(answer: Answer & { isKnown: true }): Shown {
  return {
    status: answer.status,
    headers: answer.headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`.trimEnd()).sort(),
    body: answer.body,
  };
}

function seenOf(wire: string, isLengthShown: boolean): Shown {
  const line = /^HTTP\/1\.[01] (\d{3})/.exec(wire);
  const lines: string[] = [];
  let from = wire.indexOf("\n") + 1;
  if (from === 0) from = wire.length;
  let body = "";
  for (;;) {
    if (from >= wire.length) break;
    const end = wire.indexOf("\n", from);
    const text = wire.slice(from, end < 0 ? undefined : end).replace(/\r$/, "");
    from = end < 0 ? wire.length : end + 1;
    if (text === "") {
      body = wire.slice(from);
      break;
    }
    lines.push(text);
  }
  const fields = lines.map((text) => {
    const colon = text.indexOf(":");
    return colon < 0 ? ([text, ""] as const) : ([text.slice(0, colon), text.slice(colon + 1).trim()] as const);
  });
  const isChunked =
    fields.some(([name, value]) => /^transfer-encoding$/i.test(name) && value === "chunked") &&
    /\r\n/.test(wire.slice(0, 40)) &&
    /\r\nTransfer-Encoding: chunked\r\n/i.test(wire);
  return {
    status: line === null ? null : Number(line[1]),
    headers: fields
      .filter(([name]) => !isPassing(name) && (isLengthShown || name.toLowerCase() !== "content-length"))
      .map(([name, value]) => `${name.toLowerCase()}: ${value}`.trimEnd())
      .sort(),
    body: isChunked ? dechunked(body) : body,
  };
}

function dechunked(body: string): string {
  let text = "";
  for (let at = 0; ; ) {
    const end = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.slice(at, end), 16);
    if (end < 0 || !(size > 0)) return text;
    text += body.slice(end + 2, end + 2 + size);
    at = end + 4 + size;
  }
}

/**
 * What depends on which of two processes is first: lighttpd sends output without a blank line as the body, or answers
 * 500, and the profile says so; and before Caddy fcgiwrap answers 502 when the script has ended before its body came.
 */
export function isByChance(id: ServerId, run: ServerRun, wire: string): boolean {
  if (id === "caddy") return run.bodyBytes > 0 && wire.includes("An error occurred while reading the request");
  const answer = profiles.find((one) => one.id === id)?.answer(run);
  return (
    answer?.isKnown === true && answer.why.code === "sends-all-as-body-or-fails" && /^HTTP\/1\.[01] 500 /.test(wire)
  );
}
