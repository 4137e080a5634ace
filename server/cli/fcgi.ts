// `cgi-workbench fcgi`: one request straight to a FastCGI application's socket; prints its response, or every record.

import { jsonLine, writeWords } from "../base/terminal-text.js";
import { serverSoftware } from "../base/version.js";
import { toConversationJson } from "../client/conversation-json.js";
import { sendFastcgi } from "../client/send-fastcgi.js";
import type { RequestBody } from "../client/send-request.js";
import type { ByteString } from "../contract/bytes-text.js";
import { isServerError } from "../contract/failure.js";
import { wordsOf } from "../contract/message.js";
import { latin1, utf8 } from "../protocol/byte-string.js";
import { authorizerParams } from "../protocol/fastcgi/authorizer.js";
import type { NameValue } from "../protocol/fastcgi/name-values.js";
import { recordTypeName } from "../protocol/fastcgi/record-types.js";
import { RequestParams } from "../protocol/fastcgi/request-params.js";
import { type MetaVariable, metaVariables } from "../protocol/meta-variables.js";
import { defaultPolicy } from "../protocol/policy.js";
import { ScriptHeadParser } from "../protocol/script-head.js";
import { interpretScriptHead } from "../protocol/script-response.js";
import { parseTarget } from "../protocol/target.js";
import { parseAddress } from "../routing/fastcgi-address.js";
import type { KeptRecord } from "../trace/fastcgi-recorder.js";
import { parsed } from "./config-option.js";
import { onlyOneOf } from "./only-one.js";
import { bodyOf, headersOf, requestOptions } from "./request-options.js";
import { UsageError } from "./usage/usage.js";

const captureBytes = 64 << 20;
const maxTimeoutSeconds = 86_400;

export async function fcgi(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...requestOptions,
    param: { type: "string", multiple: true },
    role: { type: "string", default: "responder" },
    records: { type: "boolean" },
    json: { type: "boolean" },
    timeout: { type: "string", default: "60" },
  });
  onlyOneOf(values, "json", "records");
  const [where, target] = positionals;
  if (where === undefined || target === undefined || positionals.length > 2)
    throw new UsageError("fcgi takes ADDRESS TARGET; see cgi-workbench fcgi --help");
  const address = parseAddress(where, process.cwd());
  if (!address) throw new UsageError(`ADDRESS must be tcp:HOST:PORT or unix:PATH, not “${where}”`);
  if (!target.startsWith("/")) throw new UsageError(`TARGET must begin with "/", not “${target}”`);
  const { role } = values;
  if (role !== "responder" && role !== "authorizer")
    throw new UsageError(`--role takes responder or authorizer, not “${role}”`);

  const timeout = Number(values.timeout);
  if (!/^\d+(\.\d+)?$/.test(values.timeout) || timeout > maxTimeoutSeconds)
    throw new UsageError(`--timeout takes seconds (0: no limit), not “${values.timeout}”`);

  const body = await whole(await bodyOf(values.data, values["data-binary"]));
  const headers = headersOf(values.header, values.data !== undefined);
  const method = values.request ?? (body ? "POST" : "GET");
  const variables = variablesOf({
    method,
    target,
    headers,
    contentLength: body?.length ?? null,
    params: (values.param ?? []).map(paramOf),
  });

  const parser = new ScriptHeadParser();
  const words = new TextDecoder("utf-8", { ignoreBOM: true });
  const quiet = values.json || values.records;
  const pairs = variables.map(({ name, value }): NameValue => [name, value]);
  const params = new RequestParams(role === "authorizer" ? authorizerParams(pairs) : pairs);
  const sent = await sendFastcgi(address, { role, params }, body ?? new Uint8Array(0), {
    captureBytes,
    silenceMs: timeout === 0 ? null : timeout * 1000,
    into: quiet ? null : process.stdout,
    onStdout: (bytes) => parser.push(bytes),
    onStderr: (bytes) => {
      if (!values.json) writeWords(process.stderr, words.decode(bytes, { stream: true }));
    },
  });
  const { failure, fastcgi } = sent;
  const script = interpretScriptHead(parser.end(), defaultPolicy);
  if (values.json)
    process.stdout.write(jsonLine(toConversationJson({ ...sent, variables, script: failure ? null : script })));
  else if (values.records) writeWords(process.stdout, fastcgi.records.map(recordLine).join(""));
  if (!values.json) for (const note of fastcgi.notes) writeWords(process.stderr, `note: ${wordsOf(note.text)}\n`);
  if (failure && !values.json) writeWords(process.stderr, `cgi-workbench: ${wordsOf(failure.why.text)}\n`);
  return failure || script.kind === "invalid" || isServerError(script.status ?? 500) ? 1 : 0;
}

async function whole(body: RequestBody | null): Promise<Uint8Array | null> {
  if (body === null || "bytes" in body) return body?.bytes ?? null;
  const parts: Uint8Array[] = [];
  for await (const part of body.stream) parts.push(part);
  return Buffer.concat(parts);
}

/** @throws UsageError without a name and "=" */
function paramOf(text: string): [ByteString, ByteString] {
  const equals = text.indexOf("=");
  if (equals < 1) throw new UsageError(`--param takes NAME=VALUE, not “${text}”`);
  return [utf8(text.slice(0, equals)), utf8(text.slice(equals + 1))];
}

interface Asked {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [ByteString, ByteString])[];
  readonly contentLength: number | null;
  readonly params: readonly (readonly [ByteString, ByteString])[];
}

/**
 * The variables as the gateway makes them, with the whole path as SCRIPT_NAME and the current folder as the document
 * root.
 */
function variablesOf({ method, target, headers, contentLength, params }: Asked): readonly MetaVariable[] {
  const parsed = parseTarget(utf8(target), defaultPolicy);
  if (!parsed.ok) throw new UsageError(wordsOf(parsed.why.text));
  const documentRoot = utf8(process.cwd());
  return metaVariables({
    request: { method: utf8(method), target: utf8(target), httpVersion: "1.1", headers },
    target: parsed.target,
    route: {
      scriptName: parsed.target.path,
      pathInfo: utf8(""),
      file: latin1(documentRoot.replace(/\/$/, "") + parsed.target.path),
      documentRoot,
      variables: new Map(),
      passAuthorization: true,
    },
    connection: { remoteAddress: "127.0.0.1", remotePort: 0, localAddress: "127.0.0.1", localPort: 80 },
    contentLength,
    serverSoftware,
    auth: null,
    inherited: new Map(),
    overrides: new Map(params),
    policy: defaultPolicy,
  }).variables;
}

/** "   0.412 ms  sent      PARAMS            id 1  452 + 4 bytes at 16". */
function recordLine({ at, direction, type, requestId, contentLength, paddingLength, offset }: KeptRecord): string {
  const padding = paddingLength > 0 ? ` + ${paddingLength}` : "";
  return `${at.toFixed(3).padStart(10)} ms  ${direction.padEnd(8)}  ${recordTypeName(type).padEnd(17)} id ${requestId}  ${contentLength}${padding} bytes at ${offset}\n`;
}
