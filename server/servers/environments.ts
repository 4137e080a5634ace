// The environment that each server would make of a request, as far as the request decides it.

import { latin1 } from "../protocol/byte-string.js";
import {
  basicUser,
  type Environment,
  firstOf,
  headerOf,
  headerVariables,
  hostOf,
  isAny,
  joinedBy,
  lastOf,
  queryOf,
  variableName,
} from "./environment.js";
import type { ServerRun } from "./server-run.js";

const isPlain = (name: string): boolean => /^[A-Za-z0-9-]+$/.test(name);
/** Variables that may be missing. */
const optional = (...pairs: readonly (readonly [string, string | null])[]): [string, string][] =>
  pairs.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
const present = (value: string): string | null => (value === "" ? null : value);
const lengthOf = ({ bodyBytes }: ServerRun): string => String(bodyBytes);

export function apacheEnvironment(run: ServerRun): Environment {
  const { name, port } = hostOf(run);
  const hides = ["authorization", "proxy-authorization", "proxy", "content-type", "content-length"];
  return new Map([
    ...headerVariables(run, {
      nameOf: (header) => (isPlain(header) && !isAny(header, ...hides) ? variableName(header) : null),
      join: joinedBy(", "),
    }),
    ...optional(["CONTENT_TYPE", headerOf(run, "content-type")], ["CONTENT_LENGTH", headerOf(run, "content-length")]),
    ["SERVER_SIGNATURE", ""],
    ["SERVER_SOFTWARE", "Apache/2.4.71 (Debian)"],
    ["SERVER_NAME", name === "" ? "localhost" : name],
    ["SERVER_ADDR", "127.0.0.1"],
    ["SERVER_PORT", port ?? "80"],
    ["REMOTE_ADDR", run.client.address],
    ["DOCUMENT_ROOT", run.root],
    ["REQUEST_SCHEME", "http"],
    ["CONTEXT_PREFIX", "/cgi-bin/"],
    ["CONTEXT_DOCUMENT_ROOT", `${run.root}/cgi-bin/`],
    ["SERVER_ADMIN", "[no address given]"],
    ["SCRIPT_FILENAME", run.file],
    ["REMOTE_PORT", String(run.client.port)],
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["SERVER_PROTOCOL", `HTTP/${run.httpVersion}`],
    ["REQUEST_METHOD", run.method],
    ["QUERY_STRING", queryOf(run)],
    ["REQUEST_URI", run.target],
    ["SCRIPT_NAME", run.scriptName],
    ...optional(
      ["PATH_INFO", present(run.pathInfo)],
      ["PATH_TRANSLATED", run.pathInfo === "" ? null : run.root + run.pathInfo],
    ),
  ]);
}

export function lighttpdEnvironment(run: ServerRun): Environment {
  return new Map([
    ["CONTENT_LENGTH", lengthOf(run)],
    ["QUERY_STRING", queryOf(run)],
    ["REQUEST_URI", run.target],
    ["REDIRECT_STATUS", "200"],
    ["SCRIPT_NAME", run.scriptName],
    ...optional(
      ["PATH_INFO", present(run.pathInfo)],
      ["PATH_TRANSLATED", run.pathInfo === "" ? null : run.root + run.pathInfo],
      ["CONTENT_TYPE", headerOf(run, "content-type")],
    ),
    ["SCRIPT_FILENAME", run.file],
    ["DOCUMENT_ROOT", run.root],
    ["REQUEST_METHOD", run.method],
    ["SERVER_PROTOCOL", `HTTP/${run.httpVersion}`],
    ["SERVER_SOFTWARE", "lighttpd/1.4.69"],
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["REQUEST_SCHEME", "http"],
    ["SERVER_PORT", run.serverPort],
    ["SERVER_ADDR", "127.0.0.1"],
    ["SERVER_NAME", hostOf(run).name],
    ["REMOTE_ADDR", run.client.address],
    ["REMOTE_PORT", String(run.client.port)],
    ...headerVariables(run, {
      nameOf: (header) =>
        isAny(header, "proxy", "content-type", "transfer-encoding")
          ? null
          : `HTTP_${header.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`,
      join: joinedBy(", ", "; "),
    }).toReversed(), // the first counts
  ]);
}

/** With the parameters that Debian gives nginx. */
export function nginxEnvironment(run: ServerRun): Environment {
  return new Map([
    ["QUERY_STRING", queryOf(run)],
    ["REQUEST_METHOD", run.method],
    ["CONTENT_TYPE", headerOf(run, "content-type") ?? ""],
    ["CONTENT_LENGTH", run.bodyBytes === 0 ? (headerOf(run, "content-length") ?? "") : lengthOf(run)],
    ["REQUEST_URI", run.target],
    ["DOCUMENT_URI", run.scriptName + run.pathInfo],
    ["DOCUMENT_ROOT", run.root],
    ["SERVER_PROTOCOL", `HTTP/${run.httpVersion}`],
    ["REQUEST_SCHEME", "http"],
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["SERVER_SOFTWARE", "nginx/1.22.1"],
    ["REMOTE_ADDR", run.client.address],
    ["REMOTE_PORT", String(run.client.port)],
    ["REMOTE_USER", basicUser(run) ?? ""],
    ["SERVER_ADDR", "127.0.0.1"],
    ["SERVER_PORT", run.serverPort],
    ["SERVER_NAME", ""],
    ["REDIRECT_STATUS", "200"],
    ["SCRIPT_NAME", run.scriptName],
    ["PATH_INFO", run.pathInfo],
    ["SCRIPT_FILENAME", run.file],
    ["FCGI_ROLE", "RESPONDER"],
    ["HTTP_HOST", hostOf(run).name],
    ...headerVariables(run, {
      nameOf: (header) => (isPlain(header) && !isAny(header, "host") ? variableName(header) : null),
      join: firstOf,
    }).toReversed(), // the first counts
  ]);
}

export function goEnvironment(run: ServerRun): Environment {
  const host = headerOf(run, "host") ?? "";
  return new Map([
    ["SERVER_SOFTWARE", "go"],
    ["SERVER_NAME", host],
    ["SERVER_PROTOCOL", "HTTP/1.1"],
    ["HTTP_HOST", host],
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["REQUEST_METHOD", run.method],
    ["QUERY_STRING", queryOf(run)],
    ["REQUEST_URI", run.target],
    ["PATH_INFO", run.pathInfo],
    ["SCRIPT_NAME", run.scriptName],
    ["SCRIPT_FILENAME", run.file],
    ["SERVER_PORT", hostOf(run).port ?? "80"],
    ["REMOTE_ADDR", run.client.address],
    ["REMOTE_HOST", run.client.address],
    ["REMOTE_PORT", String(run.client.port)],
    ...headerVariables(run, {
      nameOf: (header) => (isAny(header, "host", "proxy", "transfer-encoding") ? null : variableName(header)),
      join: joinedBy(", ", "; "),
    }).toReversed(), // the first counts
    ...optional(
      ["CONTENT_LENGTH", run.bodyBytes === 0 ? null : lengthOf(run)],
      ["CONTENT_TYPE", headerOf(run, "content-type")],
    ),
  ]);
}

export function pythonEnvironment(run: ServerRun): Environment {
  const [scheme, rest] = (headerOf(run, "authorization") ?? "").split(" ").filter((word) => word !== "");
  return new Map([
    ["SERVER_SOFTWARE", "SimpleHTTP/0.6 Python/3.11.7"],
    ["SERVER_NAME", "localhost"],
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["SERVER_PROTOCOL", "HTTP/1.0"],
    ["SERVER_PORT", run.serverPort],
    ["REQUEST_METHOD", run.method],
    ["PATH_INFO", run.pathInfo],
    ["PATH_TRANSLATED", run.root + run.pathInfo],
    ["SCRIPT_NAME", run.scriptName],
    ["QUERY_STRING", queryOf(run)],
    ["REMOTE_ADDR", run.client.address],
    ...optional(["AUTH_TYPE", rest === undefined ? null : (scheme ?? null)], ["REMOTE_USER", basicUser(run)]),
    ["CONTENT_TYPE", headerOf(run, "content-type") ?? "text/plain"],
    ["CONTENT_LENGTH", headerOf(run, "content-length") ?? ""],
    ["REMOTE_HOST", ""],
    ["HTTP_REFERER", ""],
    ["HTTP_USER_AGENT", ""],
    ["HTTP_COOKIE", ""],
    ["HTTP_ACCEPT", ""],
    ...headerVariables(run, {
      nameOf: (header) => (isAny(header, "referer", "user-agent") ? variableName(header) : null),
      join: firstOf,
    }),
    ...headerVariables(run, {
      nameOf: (header) => (isAny(header, "accept", "cookie") ? variableName(header) : null),
      join: joinedBy(",", ", "),
    }),
  ]);
}

export function busyboxEnvironment(run: ServerRun): Environment {
  const query = queryOf(run);
  return new Map([
    ["PATH_INFO", run.pathInfo],
    ["REQUEST_METHOD", run.method],
    ["REQUEST_URI", run.scriptName + run.pathInfo + (run.target.includes("?") ? `?${query}` : "")],
    ["SCRIPT_FILENAME", run.file],
    ["SCRIPT_NAME", run.scriptName],
    ["QUERY_STRING", query],
    ["SERVER_SOFTWARE", "busybox httpd/1.35.0"],
    ["SERVER_PROTOCOL", "HTTP/1.1"],
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["REMOTE_ADDR", run.client.address],
    ["REMOTE_PORT", String(run.client.port)],
    ...optional(
      ["CONTENT_LENGTH", run.bodyBytes === 0 ? null : headerOf(run, "content-length")],
      ["CONTENT_TYPE", headerOf(run, "content-type")],
    ),
    ...headerVariables(run, {
      nameOf: (header) =>
        isAny(header, "content-type", "content-length", "authorization")
          ? null
          : `HTTP_${header.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`,
      join: lastOf,
    }),
  ]);
}

export function h2oEnvironment(run: ServerRun): Environment {
  return new Map([
    ["SCRIPT_FILENAME", run.file],
    ["SCRIPT_NAME", run.scriptName],
    ...optional(["PATH_INFO", present(run.pathInfo)], ["CONTENT_TYPE", headerOf(run, "content-type")]),
    ["QUERY_STRING", queryOf(run)],
    ["REMOTE_ADDR", run.client.address],
    ["REMOTE_PORT", String(run.client.port)],
    ["REQUEST_METHOD", run.method],
    ["HTTP_HOST", headerOf(run, "host") ?? ""],
    ["REQUEST_URI", run.target],
    ["SERVER_ADDR", "127.0.0.1"],
    ["SERVER_PORT", run.serverPort],
    ["SERVER_NAME", "default"],
    ["SERVER_PROTOCOL", `HTTP/${run.httpVersion}`],
    ["SERVER_SOFTWARE", "h2o/2.2.5"],
    ...optional(["CONTENT_LENGTH", run.bodyBytes === 0 ? null : lengthOf(run)]),
    ...headerVariables(run, {
      nameOf: (header) =>
        isAny(header, "host", "content-type", "content-length", "authorization") ? null : variableName(header),
      join: (values, isCookie) => (isCookie ? values.join(";") : lastOf(values, isCookie)),
    }),
  ]);
}

export function caddyEnvironment(run: ServerRun): Environment {
  const { name, port } = hostOf(run);
  return new Map([
    ["AUTH_TYPE", ""],
    ["CONTENT_LENGTH", lengthOf(run)],
    ["CONTENT_TYPE", headerOf(run, "content-type") ?? ""],
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["PATH_INFO", run.pathInfo],
    ["QUERY_STRING", queryOf(run)],
    ["REMOTE_ADDR", run.client.address],
    ["REMOTE_HOST", run.client.address],
    ["REMOTE_PORT", String(run.client.port)],
    ["REMOTE_IDENT", ""],
    ["REMOTE_USER", ""],
    ["REQUEST_METHOD", run.method],
    ["REQUEST_SCHEME", "http"],
    ["SERVER_NAME", name],
    ["SERVER_PROTOCOL", `HTTP/${run.httpVersion}`],
    ["SERVER_SOFTWARE", "Caddy/2.6.2"],
    ["DOCUMENT_ROOT", run.root],
    ["DOCUMENT_URI", run.scriptName],
    ["HTTP_HOST", headerOf(run, "host") ?? ""],
    ["REQUEST_URI", run.target],
    ["SCRIPT_FILENAME", run.file],
    ["SCRIPT_NAME", run.scriptName],
    ["FCGI_ROLE", "RESPONDER"],
    ["HTTP_USER_AGENT", ""],
    ["HTTP_X_FORWARDED_FOR", run.client.address],
    ["HTTP_X_FORWARDED_HOST", headerOf(run, "host") ?? ""],
    ["HTTP_X_FORWARDED_PROTO", "http"],
    ["SERVER_PORT", port ?? "80"],
    ...optional(["PATH_TRANSLATED", run.pathInfo === "" ? null : run.root + run.pathInfo]),
    ...headerVariables(run, {
      nameOf: (header) => (isAny(header, "host", "connection") ? null : variableName(header)),
      join: joinedBy(", "),
    }),
  ]);
}

export function uwsgiEnvironment(run: ServerRun): Environment {
  // Headers of one variable are joined.
  const headers = run.headers.map(([name, value]) => [latin1(name.replaceAll("_", "-")), value] as const);
  return new Map([
    ["REQUEST_METHOD", run.method],
    ["REQUEST_URI", run.target],
    ["QUERY_STRING", queryOf(run)],
    ["SERVER_PROTOCOL", `HTTP/${run.httpVersion}`],
    ["SERVER_PORT", run.serverPort],
    ["SERVER_NAME", run.hostName],
    ["REMOTE_ADDR", run.client.address],
    ["SCRIPT_NAME", run.scriptName],
    ["SCRIPT_FILENAME", run.file],
    ["DOCUMENT_ROOT", `${run.root}/cgi-bin`],
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["SERVER_SOFTWARE", "uWSGI/2.0.21-debian"],
    ["REDIRECT_STATUS", "200"],
    ...optional(
      ["PATH_INFO", present(run.pathInfo)],
      ["PATH_TRANSLATED", run.pathInfo === "" ? null : `${run.root}/cgi-bin${run.pathInfo}`],
      ["CONTENT_TYPE", headerOf(run, "content-type")],
      ["CONTENT_LENGTH", run.bodyBytes === 0 ? null : lengthOf(run)],
    ),
    ...headerVariables(
      { ...run, headers },
      {
        nameOf: (header) => (isAny(header, "content-type", "content-length") ? null : variableName(header)),
        join: joinedBy(", "),
      },
    ),
  ]);
}
