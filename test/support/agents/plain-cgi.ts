// The same request as plain CGI: a process of its own, with the variables in its environment and the body on its stdin.
import { createHash } from "node:crypto";
import { constants } from "node:os";
import { dirname } from "node:path";
import { byteString } from "../../../server/protocol/byte-string.js";
import { commandLine } from "../../../server/protocol/command-line.js";
import { createStarter } from "../../../server/spawn/create-starter.js";
import { baseEnvironment, type ScriptResult } from "./agent-process.js";
import { interpreterPath } from "./interpreter.js";

export interface CorpusRequest {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Those that the script's first comment names: `METHOD query | METHOD @bytes | METHOD =body`; by default one GET. */
export function corpusRequests(script: string, source: string): CorpusRequest[] {
  const line = source.split("\n").find((text, index) => index < 3 && /^# (GET|POST)/.test(text));
  return (line?.slice(2) ?? "GET q=1").split(" | ").map((name) => {
    const [method = "GET", detail = ""] = name.trim().split(" ");
    const body = bodyOf(detail);
    const isPost = method === "POST";
    return {
      name,
      body,
      variables: {
        GATEWAY_INTERFACE: "CGI/1.1",
        REQUEST_METHOD: method,
        QUERY_STRING: isPost ? "" : detail,
        SERVER_PROTOCOL: "HTTP/1.1",
        SCRIPT_NAME: "/script",
        SCRIPT_FILENAME: script,
        EMPTY: "",
        ...(isPost
          ? { CONTENT_LENGTH: String(body.length), CONTENT_TYPE: "application/x-www-form-urlencoded" }
          : undefined),
      },
    };
  });
}

function bodyOf(detail: string): Buffer {
  if (detail.startsWith("@")) return Buffer.alloc(Number(detail.slice(1)), "0123456789abcde\n");
  return Buffer.from(detail.startsWith("=") ? detail.slice(1) : "");
}

const { starter } = await createStarter("auto");

/** Through the starter that the gateway has: real pipes, a session of its own. */
export async function runPlain(
  interpreter: readonly string[],
  script: string,
  { variables, body }: CorpusRequest,
): Promise<ScriptResult> {
  const [method = "", query = ""] = [variables["REQUEST_METHOD"], variables["QUERY_STRING"]];
  const { words } = commandLine(byteString(method), byteString(query), { searchWords: "pass" });
  const [name = "", ...options] = interpreter;
  const file = interpreterPath(name);
  const [stdout, stderr]: [Uint8Array[], Uint8Array[]] = [[], []];
  let [toEnd, status]: [number, number | null] = [3, null];
  return new Promise((resolve, reject) => {
    const over = (): void => {
      toEnd -= 1;
      if (toEnd === 0) resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), status, failure: null });
    };
    starter
      .start(
        {
          file: byteString(file),
          argv: [file, ...options, script, ...words].map(byteString),
          env: Object.entries({ ...baseEnvironment, ...variables }).map(([key, value]) =>
            byteString(`${key}=${value}`),
          ),
          cwd: byteString(dirname(script)),
          stdin: body.length > 0 ? "pipe" : "null",
        },
        {
          stdout: (bytes) => stdout.push(Uint8Array.from(bytes)) > 0,
          stderr: (bytes) => stderr.push(Uint8Array.from(bytes)) > 0,
          stdoutEnd: over,
          stderrEnd: over,
          stdinDrain: () => {},
          exit: ({ exitCode, signal }) => {
            status = signal === null ? exitCode : 256 + signalNumber(signal);
            over();
          },
        },
      )
      .then((started) => {
        started.stdin?.write(body);
        started.stdin?.end();
      }, reject);
  });
}

const signalNumber = (name: string): number =>
  Object.entries(constants.signals).find(([known]) => known === name)?.[1] ?? Number.NaN;

/** With what differs from process to process taken out: addresses of objects. */
export const comparable = ({ stdout, stderr, status, failure }: ScriptResult) => ({
  stdout:
    stdout.length > 20_000
      ? { bytes: stdout.length, sha256: createHash("sha256").update(stdout).digest("hex") }
      : stdout.toString("latin1"),
  stderr: stderr.toString("latin1").replace(/0x[0-9a-f]+/g, "0x"),
  status,
  failure,
});
