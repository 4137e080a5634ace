// Secrets in a trace that leaves this machine: the values of headers, variables and fields with a secret's name,
// wherever they are found in it. A mask is as long as what it replaces, so that every offset and length of the trace
// stays true.
import { fromBytesText } from "../../base/decode-text.js";
import type { ByteString, BytesText } from "../../contract/bytes-text.js";
import type { Evidence, HeldPart, TraceJson, Variable } from "../../contract/trace.js";
import { byteString, latin1, utf8 } from "../../protocol/byte-string.js";
import { recordType } from "../../protocol/fastcgi/record-types.js";
import { escapeBytes } from "../../protocol/quote.js";
import { isSecretName } from "../../protocol/secret-name.js";
import { isUnreadable, plainBody, withoutBody } from "./encoded-body.js";
import { Mask, minFoundBytes, stars } from "./mask.js";
import { maskPairs, maskRecords } from "./mask-records.js";
import type { StreamJson } from "./read-trace-json.js";
import { fieldsIn } from "./secret-fields.js";
import {
  isFraming,
  maskHead,
  maskOutput,
  maskScriptHead,
  maskValues,
  type Secret,
  scriptHead,
  secretsInHead,
} from "./secret-lines.js";

/** Headers whose values are secrets wherever a line begins with their names; and one that may hold a token. */
const secretHeaders = ["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "Sec-WebSocket-Protocol"];

/** `added`: further names of headers or variables that the user keeps secret. */
export class SecretNames {
  readonly #headers: ReadonlySet<string>;
  readonly #variables: ReadonlySet<string>;

  constructor(added: readonly string[] = []) {
    // Who names the variable of a header means the header, too.
    const headers = added.flatMap((name) => /^HTTP_(.+)$/.exec(name)?.[1]?.replaceAll("_", "-") ?? []);
    const names = [...secretHeaders, ...added, ...headers];
    this.#headers = new Set(names.map((name) => name.toLowerCase()));
    this.#variables = new Set([...added, ...names.map((name) => `HTTP_${name.toUpperCase().replaceAll("-", "_")}`)]);
  }

  isListed = (name: string): boolean => this.#headers.has(name.toLowerCase());

  /** Or a field. */
  hasHeader = (name: string): boolean => this.isListed(name) || isSecretName(name);

  /** Also what a local redirect makes of it. */
  hasVariable = (name: string): boolean => this.#variables.has(name.replace(/^(REDIRECT_)+/, "")) || isSecretName(name);
}

/** The names of the secrets that are in the trace, each once, in the spelling that it has there. */
export function secretsIn(trace: TraceJson, names: SecretNames): readonly string[] {
  return [...new Set(secretsOf(trace, names).flatMap(({ name, value }) => (value === "" ? [] : [name])))];
}

/** What an export says of its secrets, on one line of ASCII; null: it has none, and nothing was sought. */
export function maskNote(secrets: readonly string[], isMasked: boolean): string | null {
  const names = secrets.map((name) => escapeBytes(utf8(name))).join(", ");
  if (!isMasked) return names === "" ? null : `Nothing is masked: the values of ${names} are here.`;
  const masked = names === "" ? "" : `Each byte of the values of ${names} is replaced by an asterisk. `;
  return `${masked}Not masked: values whose names do not say that they are secret, secrets of fewer than ${minFoundBytes} bytes and short numbers away from their names, and what was compressed, encrypted or changed.`;
}

/** Replaces the trace's secrets in what was made from it. */
export const maskFor = (trace: TraceJson, names: SecretNames): Mask => maskOf(secretsOf(trace, names), names);

const maskOf = (secrets: readonly Secret[], names: SecretNames): Mask =>
  new Mask(
    secrets.flatMap(({ value }) => [value, ...partsOf(value)]),
    names.hasHeader,
  );

/** The trace without the values of its secrets, and without a body that has one in a content coding. */
export function maskSecrets(trace: TraceJson, names: SecretNames): TraceJson {
  const secrets = secretsOf(trace, names);
  if (secrets.length === 0) return trace;
  const mask = maskOf(secrets, names);
  const own = (headers: readonly Header[]): Header[] =>
    headers.map(([name, value]) => [
      name,
      names.hasHeader(String(name)) ? stars(fromBytesText(value)) : isFraming(String(name)) ? value : mask.in(value),
    ]);
  const { request, route, env, script, response, stdout, fastcgi } = trace;
  const shown: TraceJson = {
    ...trace,
    ...sentence(trace, mask),
    detail: mask.in(trace.detail),
    request: {
      ...request,
      // Its lines first: where no server reads it, a value may be the name of a header.
      head: maskValues(maskHead(request.head, names), mask),
      // Of a request that was refused it may be a header.
      method: maskHead(request.method, names),
      target: names.isListed(String(request.method)) ? stars(fromBytesText(request.target)) : mask.in(request.target),
      headers: own(request.headers),
      body: mask.in(request.body),
    },
    // A path of the request may lead to a path on the disk.
    route: {
      ...route,
      file: mask.in(route.file),
      scriptName: mask.in(route.scriptName),
      pathInfo: mask.in(route.pathInfo),
    },
    argv: mask.in(trace.argv),
    cwd: mask.in(trace.cwd),
    env: env?.map((variable) => ({ ...variable, value: maskVariable(variable, mask, names) })) ?? null,
    process: trace.process && {
      ...trace.process,
      touched: mask.in(trace.process.touched),
      answers: mask.in(trace.process.answers),
      mail: mask.in(trace.process.mail),
    },
    ...(trace.held && { held: trace.held.map((part) => maskHeld(part, mask, names)) }),
    stdin: mask.in(trace.stdin),
    stdout: stdout && maskOutput(stdout, script, names, mask),
    stderr: mask.in(trace.stderr),
    script: script && {
      ...script,
      ...sentence(script, mask),
      reason: mask.in(script.reason),
      headers: own(script.headers),
      why: mask.in(script.why),
      reasons: script.reasons.map((reason) => ({ ...reason, ...sentence(reason, mask), text: mask.in(reason.text) })),
    },
    response: response && {
      ...response,
      reason: mask.in(response.reason),
      headers: own(response.headers),
      body: mask.in(response.body),
    },
    findings: trace.findings.map((finding) => ({
      ...finding,
      title: mask.in(finding.title),
      detail: mask.in(finding.detail),
      evidence: finding.evidence.map((evidence) => maskEvidence(evidence, mask, names)),
    })),
    fastcgi: fastcgi && {
      ...fastcgi,
      notes: mask.in(fastcgi.notes),
      noteCodes: fastcgi.noteCodes.map((note) => ({ ...note, ...sentence(note, mask) })),
      sent: maskConversation(fastcgi.sent, script, mask, names),
      received: maskConversation(fastcgi.received, script, mask, names),
    },
  };
  // In a content coding no byte of a secret can be replaced.
  const plain = plainBody(trace)?.toString("base64") ?? "";
  const isSecret = mask.in({ base64: plain }).base64 !== plain || isUnreadable(trace);
  return isSecret ? withoutBody(shown) : shown;
}

type Header = [BytesText, BytesText];

const sentence = <T extends Pick<TraceJson, "data">>({ data }: T, mask: Mask): Pick<TraceJson, "data"> => ({
  data: mask.in(data),
});

/** One direction: what its records hold, and then what stands between them. */
function maskConversation(whole: StreamJson, script: TraceJson["script"], mask: Mask, names: SecretNames): StreamJson {
  const base64 = maskRecords(whole.base64, (type, content) => {
    const named = type === recordType.params ? maskPairs(content, names.hasVariable) : content;
    const bytes = Buffer.from(named, "latin1").toString("base64");
    const lines = type === recordType.stdout ? maskScriptHead(bytes, script, names) : bytes;
    const shown = mask.in({ ...whole, base64: lines });
    return latin1(Buffer.from(shown.base64, "base64").toString("latin1"));
  });
  return mask.in({ ...whole, base64 });
}

function maskVariable({ name, value }: Variable, mask: Mask, names: SecretNames): BytesText {
  if (names.hasVariable(String(name))) return stars(fromBytesText(value));
  return isKept(String(name)) ? value : mask.in(value);
}

const maskHeld = (part: HeldPart, mask: Mask, names: SecretNames): HeldPart => ({
  ...part,
  edits: part.edits.map((edit) => {
    const hasName = edit.of === "header" ? names.hasHeader : names.hasVariable;
    const hide = (value: BytesText): BytesText =>
      hasName(String(edit.name)) ? stars(fromBytesText(value)) : mask.in(value);
    return { ...edit, was: edit.was && hide(edit.was), is: edit.is && hide(edit.is) };
  }),
});

/** As in the head of the request. */
const isKept = (name: string): boolean => isFraming(name) || /^(?:REQUEST_METHOD|SERVER_PROTOCOL)$/.test(name);

function maskEvidence(evidence: Evidence, mask: Mask, names: SecretNames): Evidence {
  if (evidence.kind === "quote") return { ...evidence, text: mask.in(evidence.text) };
  if (evidence.kind === "mode" || evidence.kind === "file") return { ...evidence, path: mask.in(evidence.path) };
  if (evidence.kind !== "variable" || evidence.value === null) return evidence;
  const { name, value } = evidence;
  if (names.hasVariable(name)) return { ...evidence, value: stars(value) };
  return isKept(name) ? evidence : { ...evidence, value: mask.in(value) };
}

function secretsOf(trace: TraceJson, names: SecretNames): Secret[] {
  const { request, script, response, env, stdin, stdout, stderr } = trace;
  const edits = (trace.held ?? []).flatMap((part) => part.edits);
  const edited = (of: HeldPart["edits"][number]["of"]) =>
    edits
      .filter((edit) => edit.of === of)
      .flatMap(({ name, was, is }) => [was, is].map((value) => [name ?? "", value ?? ""] as const));
  const headers = [...request.headers, ...(script?.headers ?? []), ...(response?.headers ?? []), ...edited("header")];
  const found = (pairs: readonly (readonly [BytesText, BytesText])[], isSecret: (name: string) => boolean): Secret[] =>
    pairs.flatMap(([name, value]) =>
      typeof name === "string" && isSecret(name) ? [{ name, value: fromBytesText(value) }] : [],
    );
  const variables = [...(env ?? []).map(({ name, value }) => [name, value] as const), ...edited("variable")];
  const heads = [fromBytesText(request.head), scriptHead(stdout?.base64 ?? "", script)];
  const bodies = [request.body, stdin, stdout, stderr, response?.body].map((stream) => stream?.base64 ?? "");
  const open = [
    ...headers.filter(([name]) => !names.hasHeader(String(name))),
    ...variables.filter(([name]) => !names.hasVariable(String(name))),
  ];
  const texts = [
    ...[request.target, ...open.map(([, value]) => value)].map(fromBytesText),
    ...[...bodies.map((base64) => Buffer.from(base64, "base64")), plainBody(trace)].map((bytes) =>
      latin1(bytes?.toString("latin1") ?? ""),
    ),
  ];
  return [
    ...found(headers, names.hasHeader),
    ...heads.flatMap((head) => secretsInHead(head, names)),
    ...found(variables, names.hasVariable),
    ...[...new Set(texts)].flatMap((text) => fieldsIn(text, names.hasHeader)),
  ];
}

/** What a script may print of a header: the values of its cookies, its credentials, the password in them. */
function partsOf(value: ByteString): ByteString[] {
  const cookies = value.split(/;\s*/).flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 && !isAttribute.test(pair) ? [pair.slice(equals + 1).replace(/^"(.*)"$/, "$1")] : [];
  });
  // In Sec-WebSocket-Protocol a comma is between them.
  const [, scheme = "", credentials = ""] = /^([\w.]+)(?: +|, *)([^ ;]+)$/.exec(value) ?? [];
  // As servers read it: with padding or without.
  const isPair = /^basic$/i.test(scheme) && /^[A-Za-z0-9+/_-]+=*$/.test(credentials);
  const pair = isPair ? Buffer.from(credentials, "base64").toString("latin1") : "";
  return [...cookies, credentials, pair, pair.slice(pair.indexOf(":") + 1)].map((part) => byteString(part));
}

/** Of Set-Cookie: no secret, and likely to be elsewhere in a page. */
const isAttribute = /^(path|domain|expires|max-age|samesite|priority|version)=/i;
