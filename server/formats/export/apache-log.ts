// Log lines as Apache 2.4 writes them: the combined access log, and its error log. For programs that read those: log
// analysers, fail2ban, an administrator's eyes.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1 } from "../../protocol/byte-string.js";
import { valuesOf } from "../../protocol/header-values.js";
import { hexEscape } from "../../protocol/hex.js";

interface LoggedRequest {
  readonly address: string;
  /** Null without a user that the server signed in. */
  readonly user: ByteString | null;
  /** Unix time of the request's first byte, ms. */
  readonly at: number;
  /** As it came over the wire. */
  readonly head: ByteString;
  /** Null: no response was sent. */
  readonly status: number | null;
  readonly bodyBytes: number;
  readonly headers: readonly (readonly [ByteString, ByteString])[];
}

/** `%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"`, in the time zone of this machine. */
export function combinedLine(request: LoggedRequest): string {
  const { address, user, at, head, status, bodyBytes } = request;
  const requestLine = head.split(/\r?\n/, 1)[0] ?? "";
  const name = user === "" ? '""' : quoted(user);
  return [
    `${address} - ${name} [${accessTime(at)}]`,
    `"${requestLine === "" ? "-" : quoted(requestLine)}"`,
    `${status ?? "-"} ${bodyBytes === 0 ? "-" : bodyBytes}`,
    `"${quoted(joinedValues(request, "referer"))}" "${quoted(joinedValues(request, "user-agent"))}"`,
  ].join(" ");
}

export interface LoggedError {
  /** Of the server's clock, ms; a fraction is written as microseconds. */
  readonly at: number;
  readonly module: "cgi" | "proxy_fcgi" | "core";
  readonly pid: number;
  readonly client: { readonly address: string; readonly port: number };
  readonly referer: ByteString | null;
  readonly message: ByteString;
}

/** `[time] [module:error] [pid N] [client address:port] message, referer: …` */
export function errorLine({ at, module, pid, client, referer, message }: LoggedError): string {
  const from = referer === null ? "" : `, referer: ${escaped(referer)}`;
  return `[${errorTime(at)}] [${module}:error] [pid ${pid}] [client ${client.address}:${client.port}] ${escaped(message)}${from}`;
}

/** Apache joins the fields of one name. Null without one. */
export function joinedValues({ headers }: Pick<LoggedRequest, "headers">, name: string): ByteString | null {
  const values = valuesOf(headers, name);
  return values.length === 0 ? null : latin1(values.join(", "));
}

const quoted = (text: string | null): string => (text === null ? "-" : escaped(text).replaceAll('"', '\\"'));

const letters: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\b": "\\b",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

/** A line stays a line, and ASCII: `ap_escape_logitem`. */
const escaped = (text: string): string =>
  text.replace(/[^\x20-\x5b\x5d-\x7e]/g, (sign) => letters[sign] ?? hexEscape(sign));

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const two = (value: number): string => String(value).padStart(2, "0");

const clockTime = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

/** 10/Oct/2000:13:55:36 -0700 */
function accessTime(at: number): string {
  const date = new Date(at);
  const minutesWest = date.getTimezoneOffset();
  const zone = Math.abs(minutesWest);
  const offset = `${minutesWest > 0 ? "-" : "+"}${two(Math.floor(zone / 60))}${two(zone % 60)}`;
  const day = `${two(date.getDate())}/${months[date.getMonth()]}/${date.getFullYear()}`;
  return `${day}:${clockTime(date)} ${offset}`;
}

/** Wed Oct 11 14:32:52.123456 2000 */
function errorTime(at: number): string {
  const date = new Date(at);
  const micros = String(date.getMilliseconds() * 1000 + Math.floor((at % 1) * 1000)).padStart(6, "0");
  const day = `${days[date.getDay()]} ${months[date.getMonth()]} ${two(date.getDate())}`;
  return `${day} ${clockTime(date)}.${micros} ${date.getFullYear()}`;
}
