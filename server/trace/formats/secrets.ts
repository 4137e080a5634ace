// Secrets in a trace that leaves this machine: the values of some headers, wherever they are found in it. A mask is as long as what it
// replaces, so that every offset and length of the trace stays true.
import { fromBytesText } from "../../base/decode-text.js";
import type { ByteString, BytesText } from "../../contract/bytes-text.js";
import type { Evidence, TraceJson, Variable } from "../../contract/trace.js";
import { byteString } from "../../protocol/byte-string.js";
import { fromBase64 } from "../../protocol/export/base64.js";

/** Headers whose values are secrets. */
export const secretHeaders = ["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie"] as const;

/** Shorter values are masked where they are the header's or the variable's own, and not wherever else their few bytes appear. */
const minFoundBytes = 4;

interface Secret {
  /** As it is spelled: "Cookie", "HTTP_COOKIE". */
  readonly name: string;
  readonly value: ByteString;
}

/** `added`: further names of headers or variables that the user keeps secret. */
export class SecretNames {
  readonly #headers: ReadonlySet<string>;
  readonly #variables: ReadonlySet<string>;

  constructor(added: readonly string[] = []) {
    const names = [...secretHeaders, ...added];
    this.#headers = new Set(names.map((name) => name.toLowerCase()));
    this.#variables = new Set([...added, ...names.map((name) => `HTTP_${name.toUpperCase().replaceAll("-", "_")}`)]);
  }

  hasHeader = (name: string): boolean => this.#headers.has(name.toLowerCase());

  /** Also what a local redirect makes of it. */
  hasVariable = (name: string): boolean => this.#variables.has(name.replace(/^(REDIRECT_)+/, ""));
}

/** The names of the secrets that are in the trace, each once, in the spelling that it has there. */
export function secretsIn(trace: TraceJson, names: SecretNames): readonly string[] {
  return [...new Set(secretsOf(trace, names).flatMap(({ name, value }) => (value === "" ? [] : [name])))];
}

/** The trace without the values of its secrets. */
export function maskSecrets(trace: TraceJson, names: SecretNames): TraceJson {
  const secrets = secretsOf(trace, names);
  if (secrets.length === 0) return trace;
  const mask = new Mask(secrets.flatMap(({ value }) => [value, ...partsOf(value)]));
  const own = (headers: readonly Header[]): Header[] =>
    headers.map(([name, value]) => [
      name,
      names.hasHeader(String(name)) ? stars(fromBytesText(value)) : mask.in(value),
    ]);
  const { request, route, env, script, response, stdout, fastcgi } = trace;
  const bodyAt = script?.spans.find(({ is }) => is === "body")?.from;
  return {
    ...trace,
    ...sentence(trace, mask),
    detail: mask.in(trace.detail),
    request: {
      ...request,
      head: maskLines(mask.in(request.head), names),
      target: mask.in(request.target),
      headers: own(request.headers),
      body: mask.in(request.body),
    },
    route: { ...route, pathInfo: mask.in(route.pathInfo) },
    argv: mask.in(trace.argv),
    env: env?.map((variable) => ({ ...variable, value: maskVariable(variable, mask, names) })) ?? null,
    stdin: mask.in(trace.stdin),
    stdout: stdout && { ...stdout, base64: maskHead(mask.in(stdout).base64, bodyAt, names) },
    stderr: mask.in(trace.stderr),
    script: script && {
      ...script,
      ...sentence(script, mask),
      headers: own(script.headers),
      why: mask.in(script.why),
      reasons: script.reasons.map((reason) => ({ ...reason, ...sentence(reason, mask), text: mask.in(reason.text) })),
    },
    response: response && { ...response, headers: own(response.headers), body: mask.in(response.body) },
    findings: trace.findings.map((finding) => ({
      ...finding,
      title: mask.in(finding.title),
      detail: mask.in(finding.detail),
      evidence: finding.evidence.map((evidence) => maskEvidence(evidence, mask, names)),
    })),
    fastcgi: fastcgi && { ...fastcgi, sent: mask.in(fastcgi.sent), received: mask.in(fastcgi.received) },
  };
}

type Header = [BytesText, BytesText];

const sentence = <T extends Pick<TraceJson, "data">>({ data }: T, mask: Mask): Pick<TraceJson, "data"> => ({
  data: mask.in(data),
});

function maskVariable({ name, value }: Variable, mask: Mask, names: SecretNames): BytesText {
  return names.hasVariable(String(name)) ? stars(fromBytesText(value)) : mask.in(value);
}

function maskEvidence(evidence: Evidence, mask: Mask, names: SecretNames): Evidence {
  if (evidence.kind === "quote") return { ...evidence, text: mask.in(evidence.text) };
  if (evidence.kind !== "variable" || evidence.value === null) return evidence;
  const { name, value } = evidence;
  return { ...evidence, value: names.hasVariable(name) ? stars(value) : mask.in(value) };
}

function secretsOf({ request, script, response, env }: TraceJson, names: SecretNames): Secret[] {
  const headers = [...request.headers, ...(script?.headers ?? []), ...(response?.headers ?? [])];
  const found = (pairs: readonly (readonly [BytesText, BytesText])[], isSecret: (name: string) => boolean): Secret[] =>
    pairs.flatMap(([name, value]) =>
      typeof name === "string" && isSecret(name) ? [{ name, value: fromBytesText(value) }] : [],
    );
  const variables = (env ?? []).map(({ name, value }) => [name, value] as const);
  return [...found(headers, names.hasHeader), ...found(variables, names.hasVariable)];
}

/** What a script may print of a header: the values of its cookies, its credentials, the password in them. */
function partsOf(value: ByteString): ByteString[] {
  const cookies = value.split(/;\s*/).flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 && !isAttribute.test(pair) ? [pair.slice(equals + 1).replace(/^"(.*)"$/, "$1")] : [];
  });
  const [, scheme = "", credentials = ""] = /^([A-Za-z]+) +([^ ;]+)$/.exec(value) ?? [];
  const pair = /^basic$/i.test(scheme) ? (fromBase64(credentials) ?? "") : "";
  return [...cookies, credentials, pair, pair.slice(pair.indexOf(":") + 1)].map((part) => byteString(part));
}

/** Of Set-Cookie: no secret, and likely to be elsewhere in a page. */
const isAttribute = /^(path|domain|expires|max-age|samesite|priority|version)=/i;

const stars = (text: { readonly length: number }): string => "*".repeat(text.length);

/** Replaces values wherever they are in the JSON of a trace. */
class Mask {
  /** The longest first: one may be a part of another. */
  readonly #values: readonly ByteString[];
  readonly #texts: readonly (readonly [text: string, stars: string])[];

  constructor(values: readonly ByteString[]) {
    this.#values = [...new Set(values)]
      .filter(({ length }) => length >= minFoundBytes)
      .sort((one, other) => other.length - one.length);
    this.#texts = this.#values.map((value) => [Buffer.from(value, "latin1").toString("utf8"), stars(value)]);
  }

  in<T>(value: T): T;
  in(value: unknown): unknown {
    if (typeof value === "string") return this.#inText(value);
    if (Array.isArray(value)) return value.map((item) => this.in(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === "base64" && typeof item === "string" ? this.#inBase64(item) : this.in(item),
      ]),
    );
  }

  #inText(text: string): string {
    return this.#texts.reduce((masked, [secret, mask]) => masked.replaceAll(secret, mask), text);
  }

  #inBase64(base64: string): string {
    const bytes = Buffer.from(base64, "base64");
    let isChanged = false;
    for (const value of this.#values) {
      const secret = Buffer.from(value, "latin1");
      for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + secret.length)) {
        bytes.fill("*", at, at + secret.length);
        isChanged = true;
      }
    }
    return isChanged ? bytes.toString("base64") : base64;
  }
}

/** The values in the lines of a request's head. */
function maskLines(head: BytesText, names: SecretNames): BytesText {
  const bytes = fromBytesText(head);
  const masked = maskedLines(bytes, names);
  if (masked === bytes) return head;
  return typeof head === "string"
    ? Buffer.from(masked, "latin1").toString("utf8")
    : { base64: Buffer.from(masked, "latin1").toString("base64") };
}

/** The same in what a script wrote, up to its body. */
function maskHead(base64: string, bodyAt: number | undefined, names: SecretNames): string {
  const bytes = Buffer.from(base64, "base64");
  const head = byteString(bytes.subarray(0, bodyAt ?? bytes.length).toString("latin1"));
  const masked = maskedLines(head, names);
  if (masked === head) return base64;
  bytes.write(masked, 0, "latin1");
  return bytes.toString("base64");
}

/** A line that begins with white space goes on with the field before (RFC 9112 §5.2). */
function maskedLines(head: ByteString, names: SecretNames): ByteString {
  let isSecret = false;
  const lines = head.split(/(?<=\n)/).map((line) => {
    const [, name = "", value = "", end = ""] = /^([^:\s]*[ \t]*:[ \t]*|[ \t]+)([^\r\n]*)(\r?\n?)$/.exec(line) ?? [];
    if (!/^[ \t]+$/.test(name)) isSecret = names.hasHeader(name.replace(/[ \t]*:[ \t]*$/, ""));
    return isSecret && name !== "" ? `${name}${stars(value)}${end}` : line;
  });
  return byteString(lines.join(""));
}
