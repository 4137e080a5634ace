// Traces as a HAR 1.2 file (http://www.softwareishard.com/blog/har-12-spec/), for browsers and
// other tools. What HAR has no field for is in `_cgiWorkbench` of each entry: the whole trace, so
// that it can be imported again byte for byte.
import { fromBytesText, toDisplayText } from "../../base/decode-text.js";
import { version } from "../../base/version.js";
import type { ByteString, BytesText } from "../../contract/bytes-text.js";
import { traitsOf } from "../../contract/modes.js";
import type { TraceJson } from "../../contract/trace.js";
import { messagesOf } from "../../formats/web-socket/messages.js";
import { utf8Text } from "../../protocol/byte-string.js";
import { percentEncode } from "../../protocol/percent.js";
import { plainBody } from "./encoded-body.js";
import { sentVersionOf } from "./sent-version.js";
import { placeStreams } from "./stream-places.js";

const creator = JSON.stringify({ name: "CGI Workbench", version });

/**
 * The file's text is the start, the entries with commas between them, and the end. There is no function for the whole:
 * it may be longer than a string can be.
 */
export const harStart = `{"log":{"version":"1.2","creator":${creator},"entries":[`;

/** `mask`: what the entry has without secrets. */
export const harEntry = (trace: TraceJson, mask: (trace: TraceJson) => TraceJson = (same) => same): string =>
  JSON.stringify(entryOf(mask(trace), decodedBody(trace, mask)));

/** `masked`: names of the secrets whose values were replaced. `comment`: what it says of them. */
export function harEnd(masked: readonly string[], comment: string | null): string {
  const facts = { ...(masked.length > 0 && { _masked: masked }), ...(comment !== null && { comment }) };
  const text = JSON.stringify(facts).slice(1);
  return `]${text === "}" ? text : `,${text}`}}\n`;
}

/** As `plainBody`, without secrets. */
function decodedBody(trace: TraceJson, mask: (trace: TraceJson) => TraceJson): Buffer | null {
  const { response } = trace;
  const bytes = plainBody(trace);
  if (!response || bytes === null) return null;
  // Secrets are sought in it like in any other body.
  const body = { ...response.body, base64: bytes.toString("base64") };
  return Buffer.from(mask({ ...trace, response: { ...response, body } }).response?.body.base64 ?? "", "base64");
}

/** `plain`: the response body without its coding; null: as it was sent. */
function entryOf(trace: TraceJson, plain: Buffer | null): object {
  const { request, response, startedAt, connection, timing } = trace;
  const body = Buffer.from(request.body.base64, "base64");
  const sentBytes = response?.body.bytes ?? 0;
  const content = plain ?? Buffer.from(response?.body.base64 ?? "", "base64");
  const timings = timingsOf(timing);
  return {
    startedDateTime: startedAt,
    time: rounded(Math.max(0, timings.send) + timings.wait + timings.receive),
    request: {
      method: textOf(request.method),
      url: urlOf(request),
      httpVersion: `HTTP/${request.httpVersion}`,
      cookies: request.headers.flatMap(([name, value]) => (isNamed(name, "cookie") ? cookiesOf(textOf(value)) : [])),
      headers: request.headers.map(headerOf),
      queryString: queryOf(textOf(request.target)),
      ...(request.body.bytes > 0 && {
        postData: { mimeType: firstOf(request.headers, "content-type") ?? "", ...inText(body, "_encoding") },
      }),
      headersSize: fromBytesText(request.head).length || -1,
      bodySize: request.body.bytes,
    },
    response: {
      status: response?.status ?? 0,
      statusText: response ? textOf(response.reason) : "",
      httpVersion: sentVersionOf(trace) ?? "", // the field must be there
      cookies: (response?.headers ?? []).flatMap(([name, value]) =>
        isNamed(name, "set-cookie") ? [setCookieOf(textOf(value))] : [],
      ),
      headers: (response?.headers ?? []).map(headerOf),
      content: {
        size: plain?.length ?? sentBytes,
        ...(plain && { compression: plain.length - sentBytes }),
        mimeType: (response && firstOf(response.headers, "content-type")) ?? "x-unknown",
        ...(content.length > 0 && inText(content, "encoding")),
      },
      redirectURL: (response && firstOf(response.headers, "location")) ?? "",
      headersSize: -1,
      bodySize: response?.body.bytes ?? -1,
    },
    cache: {},
    timings,
    connection: String(connection.id),
    ...socketOf(trace),
    _cgiWorkbench: { trace: placeStreams(trace, { body, content }) },
  };
}

/** What Chrome's HAR files have of a WebSocket: its messages, binary ones in base64, with their times in seconds. */
function socketOf({ startedAt, route, response, stdin, stdout }: TraceJson): object {
  const unit = traitsOf(route.mode)?.webSocket ?? null;
  if (unit === null || response?.status !== 101) return {};
  const streamOf = (stream: TraceJson["stdin"]) => ({
    info: stream,
    bytes: Buffer.from(stream?.base64 ?? "", "base64"),
  });
  const messages = messagesOf(streamOf(stdin), streamOf(stdout), unit).map(({ at, from, bytes }) => ({
    type: from === "client" ? "send" : "receive",
    time: (Date.parse(startedAt) + at) / 1000,
    opcode: unit === "line" ? 1 : 2,
    data: Buffer.from(bytes).toString(unit === "line" ? "utf8" : "base64"),
  }));
  return { _resourceType: "websocket", _webSocketMessages: messages };
}

/** HAR's phases: the request comes in, the script works, the response goes out. */
function timingsOf({ headAt, headersAt, doneAt }: TraceJson["timing"]) {
  const done = Math.max(0, doneAt ?? 0);
  const read = Math.min(Math.max(0, headAt ?? 0), done);
  const answered = Math.min(Math.max(read, headersAt ?? done), done);
  return { send: rounded(read), wait: rounded(answered - read), receive: rounded(done - answered) };
}
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** As text if it is UTF-8, else as base64, which the field `encoding` says. (HAR knows that for responses alone.) */
function inText(bytes: Buffer, encoding: "encoding" | "_encoding"): Readonly<Record<string, string>> {
  const text = utf8Text(bytes);
  return text === null ? { text: bytes.toString("base64"), [encoding]: "base64" } : { text };
}

const textOf = (text: BytesText): string => (typeof text === "string" ? text : toDisplayText(fromBytesText(text)));
const headerOf = ([name, value]: readonly [BytesText, BytesText]) => ({ name: textOf(name), value: textOf(value) });
const isNamed = (name: BytesText, wanted: string): boolean => textOf(name).toLowerCase() === wanted;
const firstOf = (headers: readonly (readonly [BytesText, BytesText])[], name: string): string | null => {
  const found = headers.find(([given]) => isNamed(given, name));
  return found ? textOf(found[1]) : null;
};

function urlOf({ target, headers }: TraceJson["request"]): string {
  const path = percentEncoded(fromBytesText(target));
  if (URL.canParse(path)) return path;
  const url = `http://${firstOf(headers, "host") ?? "localhost"}${path.startsWith("/") ? "" : "/"}${path}`;
  return URL.canParse(url) ? url : `http://invalid/${path.replace(/^\//, "")}`;
}

/** What no URI has (RFC 3986 §2), byte by byte. */
const percentEncoded = (bytes: ByteString): string =>
  bytes.replace(/[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/g, percentEncode);

function queryOf(target: string): object[] {
  const question = target.indexOf("?");
  if (question < 0) return [];
  return [...new URLSearchParams(target.slice(question + 1))].map(([name, value]) => ({ name, value }));
}

function cookiesOf(header: string): object[] {
  return header.split(";").flatMap((pair) => {
    const text = pair.trim();
    const equals = text.indexOf("=");
    return text === "" ? [] : [{ name: text.slice(0, Math.max(0, equals)), value: text.slice(equals + 1) }];
  });
}

function setCookieOf(header: string): object {
  const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
  const equals = pair.indexOf("=");
  const valueNamed = (name: string): string | undefined =>
    attributes.find((attribute) => attribute.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const has = (name: string): boolean => attributes.some((attribute) => attribute.toLowerCase() === name);
  const path = valueNamed("path");
  const domain = valueNamed("domain");
  const expires = Date.parse(valueNamed("expires") ?? "");
  return {
    name: pair.slice(0, Math.max(0, equals)),
    value: pair.slice(equals + 1),
    ...(path !== undefined && { path }),
    ...(domain !== undefined && { domain }),
    ...(!Number.isNaN(expires) && { expires: new Date(expires).toISOString() }),
    httpOnly: has("httponly"),
    secure: has("secure"),
  };
}
