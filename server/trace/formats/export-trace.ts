// A trace in the forms in which it is handed on, with or without its secrets.
import { fromBytesText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { isUnread } from "../../contract/failure.js";
import type { StreamInfo, TraceJson } from "../../contract/trace.js";
import { curlCommand, originByHost } from "../../formats/export/curl-command.js";
import { envCommand } from "../../formats/export/env-command.js";
import { httpBytes } from "../../formats/export/raw-http.js";
import type { RecordedRequest } from "../../formats/export/recorded-request.js";
import { latin1 } from "../../protocol/byte-string.js";
import { firstValue } from "../../protocol/header-values.js";
import { capsuleOf } from "./capsule.js";
import { harEnd, harEntry, harStart } from "./har.js";
import { htmlPageOf } from "./html-page.js";
import { markdownOf } from "./markdown.js";
import { exportMessage } from "./messages.js";
import { maskNote, maskSecrets, SecretNames, secretsIn } from "./secrets.js";

export const exportForms = ["curl", "http", "env", "markdown", "html", "har", "capsule"] as const;
export type ExportForm = (typeof exportForms)[number];

export interface Exported {
  readonly bytes: Buffer;
  /** Names of the secrets that were in the trace, and whether their values were replaced. */
  readonly secrets: readonly string[];
  readonly isMasked: boolean;
}

export interface ExportOptions {
  readonly isMasked: boolean;
  /** Further names of headers or variables whose values are secrets. */
  readonly hidden?: readonly string[];
}

/** @throws ProblemError if the trace has no such form */
export function exportTrace(trace: TraceJson, form: ExportForm, { isMasked, hidden = [] }: ExportOptions): Exported {
  if (form === "har") {
    const har = new HarExport({ isMasked, hidden });
    const entry = Buffer.from(har.add(trace));
    const end = har.end();
    return { ...end, bytes: Buffer.concat([entry, end.bytes]) };
  }
  const names = new SecretNames(hidden);
  const secrets = secretsIn(trace, names);
  const shown = isMasked ? maskSecrets(trace, names) : trace;
  return { bytes: bytesOf(shown, form, secrets, isMasked), secrets, isMasked };
}

/** Several in one HAR file: what `add` returns for each, then what `end` returns. None of them is held. */
export class HarExport {
  readonly #names: SecretNames;
  readonly #isMasked: boolean;
  readonly #secrets = new Set<string>();
  /** Before the next entry, or before the end. */
  #before = harStart;

  constructor({ isMasked, hidden = [] }: ExportOptions) {
    this.#names = new SecretNames(hidden);
    this.#isMasked = isMasked;
  }

  add(trace: TraceJson): string {
    for (const name of secretsIn(trace, this.#names)) this.#secrets.add(name);
    const mask = this.#isMasked ? (one: TraceJson) => maskSecrets(one, this.#names) : undefined;
    const text = `${this.#before}${harEntry(trace, mask)}`;
    this.#before = ",";
    return text;
  }

  /** The last bytes, with the secrets of all traces. */
  end(): Exported {
    const secrets = [...this.#secrets];
    const start = this.#before === harStart ? harStart : "";
    return {
      bytes: Buffer.from(`${start}${harEnd(this.#isMasked ? secrets : [], maskNote(secrets, this.#isMasked))}`),
      secrets,
      isMasked: this.#isMasked,
    };
  }
}

function bytesOf(
  trace: TraceJson,
  form: Exclude<ExportForm, "har">,
  secrets: readonly string[],
  isMasked: boolean,
): Buffer {
  const note = maskNote(secrets, isMasked);
  // What is copied to be sent again is the command alone.
  const comment = isMasked ? `# ${note}\n` : "";
  switch (form) {
    case "curl":
      return Buffer.from(`${comment}${curlOf(trace)}\n`);
    case "http":
      return Buffer.from(httpBytes(fromBytesText(trace.request.head), requestOf(trace)), "latin1");
    case "env":
      return Buffer.from(`${comment}${envOf(trace)}\n`);
    case "markdown":
      return Buffer.from(markdownOf(trace, note));
    case "html":
      return Buffer.from(htmlPageOf(trace, note));
    case "capsule":
      return Buffer.from(capsuleOf(trace, { secrets, isMasked }));
  }
}

/** Why a trace has not all of its request body. `code`: of the trace's cause. */
export const missingBody = (
  trace: string,
  code: string | null,
  { captured, bytes }: Pick<StreamInfo, "captured" | "bytes">,
): ProblemError =>
  new ProblemError(
    code === "har-entry" && captured === 0
      ? exportMessage("body-not-in-file", { trace, bytes })
      : exportMessage("body-cut", { trace, captured, bytes }),
  );

/** @throws ProblemError when only the beginning of the body was kept: what is made from it would be another request */
function requestOf({ id, code, request }: TraceJson): RecordedRequest {
  const { bytes, captured } = request.body;
  if (captured < bytes) throw missingBody(id, code, { captured, bytes });
  return {
    method: fromBytesText(request.method),
    target: fromBytesText(request.target),
    httpVersion: request.httpVersion === "" ? "1.1" : request.httpVersion,
    headers: request.headers.map(([name, value]) => [fromBytesText(name), fromBytesText(value)]),
    body: bodyOf(request.body),
  };
}

const bodyOf = ({ base64 }: TraceJson["request"]["body"]): ByteString =>
  latin1(Buffer.from(base64, "base64").toString("latin1"));

function curlOf(trace: TraceJson): string {
  const request = requestOf(trace);
  if (isUnread(trace) || request.method === "" || request.target === "")
    throw new ProblemError(exportMessage("not-a-request", { trace: trace.id }));
  return curlCommand(request, originByHost(firstValue(request.headers, "host")));
}

function envOf(trace: TraceJson): string {
  const { id, argv, cwd, env, stdin, request } = trace;
  if (!argv || cwd === null || !env) throw new ProblemError(exportMessage("nothing-ran", { trace: id }));
  return envCommand({
    argv: argv.map(fromBytesText),
    cwd: fromBytesText(cwd),
    env: env.map(({ name, value }) => [fromBytesText(name), fromBytesText(value)]),
    // The request's body, not what the script has read of it: it may read more this time.
    stdin: stdin === null || request.body.bytes === 0 ? null : requestOf(trace).body,
  });
}
