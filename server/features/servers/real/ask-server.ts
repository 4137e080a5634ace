// A trace's request once more, to a real server that is installed here: what it sent, and what its log says.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { toBytesText, toDisplayText } from "../../../base/decode-text.js";
import { requestBytes } from "../../../client/replay.js";
import { ResponseReader } from "../../../client/response-reader.js";
import type { ByteString, BytesText } from "../../../contract/bytes-text.js";
import type { Message } from "../../../contract/message.js";
import type { ServerId } from "../../../contract/server-ids.js";
import { type ServerAnswer, shownBodyBytes } from "../../../contract/servers-contract.js";
import { exchangeMessage } from "../../../http/exchange/messages.js";
import { fromBytes, latin1, toBytes } from "../../../protocol/byte-string.js";
import { mailInFile } from "../../../runners/mail/uncaught-mail.js";
import { isPassing } from "../../../servers/answer.js";
import { serverMessage } from "../../../servers/messages.js";
import { scriptPlace } from "../../../trace/recorded-run.js";
import type { TraceRecord } from "../../../trace/trace-record.js";
import { findProgram } from "../../../workspace/interpreters/interpreters.js";
import { compareServers } from "../compare-servers.js";
import { type Answered, runServer, serverEnvironment } from "./run-server.js";
import { isWritable, type ScriptPlace, type Setup, setups } from "./setups.js";

const run = promisify(execFile);

export interface AskOptions {
  readonly signal: AbortSignal;
  /** What the script sends with sendmail goes nowhere. */
  readonly catchesMail: boolean;
  readonly bodyBytes?: number;
}

/**
 * The answer of that server; the predicted one with the reason if it could not be asked. `bodyBytes`: how much of the
 * body is given back. @throws ProblemError if the request's body was not kept
 */
export async function askServer(
  trace: TraceRecord,
  root: ByteString,
  id: ServerId,
  { signal, catchesMail, bodyBytes = shownBodyBytes }: AskOptions,
): Promise<ServerAnswer> {
  const { servers } = await compareServers(trace, root, Number.POSITIVE_INFINITY);
  const predicted = servers.find((one) => one.id === id);
  if (predicted === undefined) throw new Error(`${id} has no profile`);
  const setup = setups[id];
  if (setup === undefined) return { ...predicted, body: cutTo(predicted.body, bodyBytes) };
  const script = scriptPlace(trace, root);
  const unseen = trace.route.kind === "static" ? serverMessage("not-known-file") : whyNot(setup, script, catchesMail);
  const ask = () => runServer({ setup, script, catchesMail, signal, request: requestOf(trace) });
  const answer =
    unseen ??
    (await ask().catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    }));
  if ("code" in answer) signal.throwIfAborted();
  const given = "code" in answer ? { ...predicted, unseen: answer } : seen(predicted, answer, await versionOf(setup));
  return { ...given, body: cutTo(given.body, bodyBytes) };
}

function whyNot(setup: Setup, script: ScriptPlace, catchesMail: boolean): Message | null {
  const program = setup.programs.find((name) => findProgram(name, serverEnvironment().PATH) === null);
  if (program !== undefined) return serverMessage("server-not-installed", { program });
  if (!isWritable(script)) return serverMessage("name-not-writable");
  if (setup.needsExtension && !/\.\w+$/.test(script.scriptName)) return serverMessage("name-without-ending");
  if (setup.needsRoot && script.file !== `${script.root}${script.scriptName}`) return serverMessage("script-elsewhere");
  const uncaught = catchesMail ? mailInFile(script.file)?.uncaught : null;
  return uncaught ? exchangeMessage("mail-not-caught", { ...uncaught }) : null;
}

function requestOf(trace: TraceRecord): Uint8Array {
  // Its head came from a client, or else the client called the server by a name that does not matter here.
  const request = requestBytes(trace, { host: "127.0.0.1", port: 80 });
  if (trace.request.method !== "HEAD") return request;
  // Only the end of the connection ends each server's response to HEAD: some send a body.
  const closing = fromBytes(request)
    .replace(/\r?\nconnection:[^\r\n]*/i, "")
    .replace(/\r?\n\r?\n/, "\r\nConnection: close\r\n\r\n");
  return toBytes(latin1(closing));
}

function seen(predicted: ServerAnswer, { response, isCut, log }: Answered, version: string): ServerAnswer {
  const { status, headers, body } = partsOf(response);
  const agrees =
    predicted.isKnown && predicted.status === status && predicted.body.base64 === Buffer.from(body).toString("base64");
  const why = isCut
    ? serverMessage("seen-cut")
    : agrees
      ? predicted.why
      : serverMessage(predicted.isKnown ? "seen-otherwise" : "seen-unpredicted");
  return {
    ...predicted,
    version,
    seen: true,
    isKnown: true,
    unseen: null,
    status,
    headers,
    why,
    body: { bytes: body.length, base64: Buffer.from(body).toString("base64") },
    log: log.map((sentence) => toDisplayText(latin1(sentence))),
  };
}

/** The last head of the response, and its body without chunks. */
function partsOf(response: Uint8Array): Pick<ServerAnswer, "status" | "headers"> & { readonly body: Uint8Array } {
  // Python and BusyBox send what a script wrote, which may have no blank line: then all of it is the head.
  let head: string = /^HTTP\//.exec(fromBytes(response))?.input ?? "";
  const body: Uint8Array[] = [];
  new ResponseReader(
    (bytes) => {
      head = fromBytes(bytes);
    },
    (bytes) => body.push(bytes),
  ).push(response);
  const [first = "", ...lines] = head.split(/\r?\n/).filter((line) => line !== "");
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1];
  const headers = lines
    .map((line) => /^([^:]*):?[ \t]*(.*?)[ \t]*$/.exec(line)?.slice(1) ?? [])
    .filter(([name = ""]) => !isPassing(name))
    .map(([name = "", value = ""]): [BytesText, BytesText] => [toBytesText(latin1(name)), toBytesText(latin1(value))]);
  return { status: status === undefined ? null : Number(status), headers, body: Buffer.concat(body) };
}

const cutTo = ({ bytes, base64 }: ServerAnswer["body"], most: number): ServerAnswer["body"] => ({
  bytes,
  base64: Buffer.from(base64, "base64").subarray(0, most).toString("base64"),
});

async function versionOf({ version: [program = "", ...words] }: Setup): Promise<string> {
  const { stdout, stderr } = await run(program, words, { env: serverEnvironment() });
  return /\d+(?:\.\d+)+/.exec(stdout + stderr)?.[0] ?? "";
}
