// The meta-variables of a request (RFC 3875 §4.1), and those that most servers add although no standard names them.
import { type Explained, type NameExplanation, tableOf } from "./explanation.js";

const custom = "custom of most servers";

const explained: readonly Explained[] = [
  [
    "AUTH_TYPE",
    "How the server checked the user: Basic, for example. Set only when the server asked for a password.",
    "RFC 3875 §4.1.1",
  ],
  [
    "CONTENT_LENGTH",
    "Bytes of the request body on standard input. Empty or unset without a body: read no further than this.",
    "RFC 3875 §4.1.2",
  ],
  ["CONTENT_TYPE", "The media type of the request body, as the client sent it.", "RFC 3875 §4.1.3"],
  ["GATEWAY_INTERFACE", "The version of CGI: CGI/1.1.", "RFC 3875 §4.1.4"],
  ["PATH_INFO", "The part of the URL's path after the script's name, decoded.", "RFC 3875 §4.1.5"],
  ["PATH_TRANSLATED", "PATH_INFO as a path in the document root. Set only with PATH_INFO.", "RFC 3875 §4.1.6"],
  ["QUERY_STRING", "What follows the first ? of the URL, still encoded. Empty without a query.", "RFC 3875 §4.1.7"],
  ["REMOTE_ADDR", "The client's IP address.", "RFC 3875 §4.1.8"],
  ["REMOTE_HOST", "The client's host name, if the server looked it up. Most do not.", "RFC 3875 §4.1.9"],
  [
    "REMOTE_IDENT",
    "A user name that the client's machine claims (RFC 1413). No server sets it today.",
    "RFC 3875 §4.1.10",
  ],
  ["REMOTE_USER", "The user that the server signed in.", "RFC 3875 §4.1.11"],
  ["REQUEST_METHOD", "GET, POST and so on, as the client sent it.", "RFC 3875 §4.1.12"],
  ["SCRIPT_NAME", "The URL's path of the script, decoded, without PATH_INFO.", "RFC 3875 §4.1.13"],
  ["SERVER_NAME", "The host name of the request, without the port.", "RFC 3875 §4.1.14"],
  ["SERVER_PORT", "The port that the request came in on.", "RFC 3875 §4.1.15"],
  ["SERVER_PROTOCOL", "The protocol version of the request: HTTP/1.1.", "RFC 3875 §4.1.16"],
  ["SERVER_SOFTWARE", "The server's name and version.", "RFC 3875 §4.1.17"],
  ["DOCUMENT_ROOT", "The folder that the URL / leads to.", custom],
  ["HTTPS", '"on" for a request over TLS, else unset.', custom],
  ["PATH", "Where programs are looked for. The server passes its own on.", custom],
  ["REDIRECT_STATUS", "The status before an internal redirect; php-cgi refuses to run without it.", custom],
  ["REMOTE_PORT", "The client's port.", custom],
  ["REQUEST_SCHEME", "http or https.", custom],
  ["REQUEST_URI", "The path and the query as the client sent them, still encoded.", custom],
  ["SCRIPT_FILENAME", "The absolute path of the script's file.", custom],
  ["SERVER_ADDR", "The server's IP address.", custom],
];
const table = tableOf(explained);

/** Of the request headers that scripts read most, the variables. */
const usualHeaders = [
  "HOST",
  "USER_AGENT",
  "ACCEPT",
  "ACCEPT_LANGUAGE",
  "COOKIE",
  "REFERER",
  "ORIGIN",
  "X_REQUESTED_WITH",
];

/** The names that a script may expect, those of the standard first. */
export const metaVariableNames = (): string[] => [
  ...explained.map(([name]) => name),
  ...usualHeaders.map((name) => `HTTP_${name}`),
];

/** Null for a name that neither the standard nor custom knows. */
export function explainVariable(name: string): NameExplanation | null {
  const known = table.get(name.toLowerCase());
  if (known) return known;
  if (!/^HTTP_[A-Z0-9_]+$/.test(name)) return null;
  const header = name
    .slice("HTTP_".length)
    .toLowerCase()
    .replace(/(^|_)([a-z])/g, (_, before: string, letter: string) => `${before && "-"}${letter.toUpperCase()}`);
  return {
    name,
    text: `The request header ${header}. Unset when the client did not send it.`,
    reference: "RFC 3875 §4.1.18",
  };
}
