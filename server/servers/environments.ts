// The environment that each server would make of a request, as far as the request decides it.
import type { ServerId } from "../contract/server-ids.js";
import { percentEncode } from "../protocol/percent.js";
import {
  allBut,
  type EnvironmentRules,
  headerOf,
  hostOf,
  joinedBy,
  plainName,
  queryOf,
  variableName,
} from "./environment.js";

const isPlain = (name: string): boolean => /^[a-z0-9-]+$/.test(name);
const ifPlain = (name: string): string | null => (isPlain(name) ? variableName(name) : null);
const first: EnvironmentRules["join"] = ([value = ""]) => value;
const last: EnvironmentRules["join"] = (values) => values.at(-1) ?? "";
const ofAll = "QUERY_STRING REQUEST_METHOD SCRIPT_NAME SCRIPT_FILENAME REQUEST_URI REMOTE_ADDR";
const ofMost = `${ofAll} GATEWAY_INTERFACE REMOTE_PORT`;

/** It makes variables of no others. */
const uhttpdHeaders =
  "accept accept-charset accept-encoding accept-language authorization connection cookie host referer user-agent".split(
    " ",
  );

/** Escapes what a query may not have, and reads what needs no escape: `%7e` becomes `~`, and `|` `%7C`. */
const normalized = (query: string): string =>
  query.replace(/%([0-9a-f]{2})|[^\w.~!$&'()*+,;=:@/?-]/gi, (written, hex?: string) => {
    if (hex === undefined) return percentEncode(written);
    const sign = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~-]/.test(sign) ? sign : written.toUpperCase();
  });

export const environments: Readonly<Record<ServerId, EnvironmentRules>> = {
  apache: {
    usual: `${ofMost} CONTENT_TYPE? PATH_INFO? PATH_TRANSLATED? SERVER_ADDR SERVER_PROTOCOL DOCUMENT_ROOT REQUEST_SCHEME`,
    own: (run) => ({
      CONTENT_LENGTH: headerOf(run, "content-length"),
      SERVER_SIGNATURE: "",
      SERVER_SOFTWARE: "Apache/2.4.71 (Debian)",
      SERVER_NAME: hostOf(run).name || "localhost",
      SERVER_PORT: hostOf(run).port ?? "80",
      CONTEXT_PREFIX: "/cgi-bin/",
      CONTEXT_DOCUMENT_ROOT: `${run.root}/cgi-bin/`,
      SERVER_ADMIN: "[no address given]",
    }),
    variable: allBut("authorization proxy-authorization proxy content-type content-length", ifPlain),
    join: joinedBy(", "),
  },
  /** It normalizes the query by default. */
  lighttpd: {
    usual: `${ofMost} CONTENT_TYPE? PATH_INFO? PATH_TRANSLATED? REDIRECT_STATUS DOCUMENT_ROOT SERVER_PROTOCOL REQUEST_SCHEME SERVER_PORT SERVER_ADDR`,
    own: (run) => ({
      CONTENT_LENGTH: String(run.bodyBytes),
      QUERY_STRING: normalized(queryOf(run)),
      SERVER_SOFTWARE: "lighttpd/1.4.69",
      SERVER_NAME: hostOf(run).name,
    }),
    variable: allBut("proxy content-type transfer-encoding", plainName),
    join: joinedBy(", ", "; "),
    same: "first",
  },
  /** With the parameters that Debian gives nginx. */
  "nginx-fcgiwrap": {
    usual: `${ofMost} CONTENT_TYPE PATH_INFO DOCUMENT_ROOT SERVER_PROTOCOL REQUEST_SCHEME REMOTE_USER SERVER_ADDR SERVER_PORT REDIRECT_STATUS FCGI_ROLE`,
    own: (run) => ({
      CONTENT_LENGTH: run.bodyBytes === 0 ? (headerOf(run, "content-length") ?? "") : String(run.bodyBytes),
      DOCUMENT_URI: run.scriptName + run.pathInfo,
      SERVER_SOFTWARE: "nginx/1.22.1",
      SERVER_NAME: "",
      HTTP_HOST: hostOf(run).name,
    }),
    variable: allBut("host", ifPlain),
    join: first,
    same: "first",
  },
  go: {
    usual: `${ofMost} CONTENT_LENGTH? CONTENT_TYPE? PATH_INFO REMOTE_HOST HTTP_HOST`,
    own: (run) => ({
      SERVER_SOFTWARE: "go",
      SERVER_NAME: headerOf(run, "host") ?? "",
      SERVER_PROTOCOL: "HTTP/1.1",
      SERVER_PORT: hostOf(run).port ?? "80",
    }),
    variable: allBut("host proxy transfer-encoding"),
    join: joinedBy(", ", "; "),
    same: "first",
  },
  python: {
    usual: "QUERY_STRING REQUEST_METHOD SCRIPT_NAME GATEWAY_INTERFACE REMOTE_ADDR SERVER_PORT PATH_INFO REMOTE_USER?",
    own(run) {
      const [scheme = null, rest] = (headerOf(run, "authorization") ?? "").split(" ").filter((word) => word !== "");
      return {
        SERVER_SOFTWARE: "SimpleHTTP/0.6 Python/3.11.7",
        SERVER_NAME: "localhost",
        SERVER_PROTOCOL: "HTTP/1.0",
        PATH_TRANSLATED: run.root + run.pathInfo,
        AUTH_TYPE: rest === undefined ? null : scheme,
        CONTENT_TYPE: headerOf(run, "content-type") ?? "text/plain",
        CONTENT_LENGTH: headerOf(run, "content-length") ?? "",
        REMOTE_HOST: "",
        HTTP_REFERER: "",
        HTTP_USER_AGENT: "",
        HTTP_COOKIE: "",
        HTTP_ACCEPT: "",
      };
    },
    variable: (header) => (/^(?:referer|user-agent|accept|cookie)$/.test(header) ? variableName(header) : null),
    join: (values, header) =>
      header === "accept" || header === "cookie"
        ? values.join(header === "accept" ? "," : ", ")
        : first(values, header),
  },
  busybox: {
    usual: `${ofMost} PATH_INFO CONTENT_TYPE?`,
    own: (run) => ({
      REQUEST_URI: run.scriptName + run.pathInfo + (run.target.includes("?") ? `?${queryOf(run)}` : ""),
      SERVER_SOFTWARE: "busybox httpd/1.35.0",
      SERVER_PROTOCOL: "HTTP/1.1",
      CONTENT_LENGTH: run.bodyBytes === 0 ? null : headerOf(run, "content-length"),
    }),
    variable: allBut("content-type content-length authorization", plainName),
    join: last,
  },
  h2o: {
    usual: `${ofAll} REMOTE_PORT PATH_INFO? CONTENT_TYPE? CONTENT_LENGTH? HTTP_HOST SERVER_ADDR SERVER_PORT SERVER_PROTOCOL`,
    own: () => ({ SERVER_NAME: "default", SERVER_SOFTWARE: "h2o/2.2.5" }),
    variable: allBut("host content-type content-length authorization"),
    join: (values, header) => (header === "cookie" ? values.join(";") : last(values, header)),
  },
  caddy: {
    usual: `${ofMost} CONTENT_TYPE PATH_INFO PATH_TRANSLATED? REMOTE_HOST REQUEST_SCHEME SERVER_PROTOCOL DOCUMENT_ROOT HTTP_HOST FCGI_ROLE`,
    own: (run) => ({
      AUTH_TYPE: "",
      CONTENT_LENGTH: String(run.bodyBytes),
      REMOTE_IDENT: "",
      REMOTE_USER: "",
      SERVER_NAME: hostOf(run).name,
      SERVER_SOFTWARE: "Caddy/2.6.2",
      DOCUMENT_URI: run.scriptName,
      HTTP_USER_AGENT: "",
      HTTP_X_FORWARDED_FOR: run.client.address,
      HTTP_X_FORWARDED_HOST: headerOf(run, "host") ?? "",
      HTTP_X_FORWARDED_PROTO: "http",
      SERVER_PORT: hostOf(run).port ?? "80",
    }),
    variable: allBut("host connection"),
    join: joinedBy(", "),
  },
  uwsgi: {
    usual: `${ofAll} GATEWAY_INTERFACE SERVER_PROTOCOL SERVER_PORT REDIRECT_STATUS PATH_INFO? CONTENT_TYPE? CONTENT_LENGTH?`,
    own: (run) => ({
      SERVER_NAME: run.hostName,
      DOCUMENT_ROOT: `${run.root}/cgi-bin`,
      SERVER_SOFTWARE: "uWSGI/2.0.21-debian",
      PATH_TRANSLATED: run.pathInfo === "" ? null : `${run.root}/cgi-bin${run.pathInfo}`,
    }),
    variable: allBut("content-type content-length"),
    join: joinedBy(", "),
    same: "joined",
  },
  haproxy: {
    usual:
      "REQUEST_METHOD SCRIPT_NAME SCRIPT_FILENAME REQUEST_URI REMOTE_ADDR REMOTE_PORT GATEWAY_INTERFACE CONTENT_TYPE? PATH_INFO? PATH_TRANSLATED? REMOTE_USER? DOCUMENT_ROOT SERVER_PORT SERVER_PROTOCOL HTTP_HOST FCGI_ROLE",
    own: (run) => ({
      QUERY_STRING: queryOf(run) || null,
      AUTH_TYPE: /^basic /i.test(headerOf(run, "authorization") ?? "") ? "Basic" : null,
      CONTENT_LENGTH: String(run.bodyBytes),
      SERVER_NAME: headerOf(run, "host") ?? "",
      SERVER_SOFTWARE: "HAProxy 2.6.12",
    }),
    variable: allBut("authorization connection content-type content-length host proxy transfer-encoding", ifPlain),
    join: first,
  },
  uhttpd: {
    usual: `${ofMost} REMOTE_HOST PATH_INFO? CONTENT_TYPE DOCUMENT_ROOT REDIRECT_STATUS SERVER_ADDR SERVER_PORT SERVER_PROTOCOL`,
    own: (run) => ({
      CONTENT_LENGTH: headerOf(run, "content-length") ?? "",
      SERVER_NAME: "127.0.0.1",
      SERVER_SOFTWARE: "uhttpd",
      ...Object.fromEntries(uhttpdHeaders.map((header) => [variableName(header), headerOf(run, header) ?? ""])),
    }),
    variable: () => null,
    join: first,
  },
};
