// Whom the script origin talks to. The threat: a page from elsewhere in the user's browser, which reaches loopback as well as we
// do. Against DNS rebinding the Host must be one of ours; against forged forms an unsafe method must not come from a foreign
// Origin. What the composer and the command line send is claimed by its port (`Claims`) and needs neither.
import type { Message } from "../../contract/message.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import type { Target } from "../../protocol/target.js";
import type { GatewaySettings } from "../exchange/gateway-settings.js";
import { accessMessage } from "./messages.js";

export interface Refusal {
  readonly status: 400 | 403 | 421;
  readonly why: Message;
}

interface LocalEnd {
  readonly localAddress: string;
  readonly localPort: number;
}

/** RFC 9112 §3.2: exactly one Host field, well-formed, except that HTTP/1.0 needs none. */
export function checkHostField({ headers, httpVersion }: RequestHead): Refusal | null {
  const hosts = valuesOf(headers, "host");
  if (hosts.length > 1) return { status: 400, why: accessMessage("host-repeated") };
  if (hosts.length === 0) return httpVersion === "1.0" ? null : { status: 400, why: accessMessage("host-missing") };
  return hosts[0] === "" || hostName(hosts[0] ?? "") !== null
    ? null
    : { status: 400, why: accessMessage("host-malformed") };
}

/** Whether a browser's page may have made this request. */
export function checkOrigin(
  request: RequestHead,
  target: Target,
  local: LocalEnd,
  settings: Pick<GatewaySettings, "hosts" | "allowedOrigins">,
): Refusal | null {
  const host = target.authority ?? valuesOf(request.headers, "host")[0] ?? "";
  if (host !== "" && !isOwnHost(hostName(host), local, settings.hosts))
    return {
      status: 421,
      why: accessMessage("host-not-served", { host }),
    };
  if (safeMethods.has(request.method)) return null;
  const origin = valuesOf(request.headers, "origin")[0];
  if (origin === undefined || settings.allowedOrigins.has(origin) || isOwnOrigin(origin, host, local, settings.hosts))
    return null;
  // Set by the browser itself: also a page of ours has the origin "null" under Referrer-Policy: no-referrer.
  if (valuesOf(request.headers, "sec-fetch-site")[0] === "same-origin") return null;
  return {
    status: 403,
    why: accessMessage("foreign-origin", { origin, method: request.method }),
  };
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

function isOwnOrigin(origin: string, host: string, local: LocalEnd, hosts: ReadonlySet<string>): boolean {
  if (origin === `http://${host}`) return true;
  const [, authority] = /^http:\/\/([^/]+)$/.exec(origin) ?? [];
  if (authority === undefined || !isOwnHost(hostName(authority), local, hosts)) return false;
  return Number(/:(\d+)$/.exec(authority)?.[1] ?? 80) === local.localPort; // localhost and 127.0.0.1 are two origins, and both this server
}

function isOwnHost(name: string | null, { localAddress }: LocalEnd, hosts: ReadonlySet<string>): boolean {
  if (name === null) return false;
  return isLoopbackName(name) || name === localAddress || name === `[${localAddress}]` || hosts.has(name);
}

function isLoopbackName(name: string): boolean {
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "[::1]" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}

/** Lower case, without port and final dot; null when it is not "host" or "host:port". */
function hostName(authority: string): string | null {
  if (authority !== last.authority) last = { authority, name: readHostName(authority) };
  return last.name;
}

/** One request after the other names the same. */
let last: { readonly authority: string; readonly name: string | null } = { authority: "", name: null };

function readHostName(authority: string): string | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9_.!$&'()*+,;=%~-]+)(?::\d{0,5})?$/i.exec(authority) ?? [];
  return name === undefined ? null : name.toLowerCase().replace(/(?<=.)\.$/, "");
}

function valuesOf(headers: readonly HeaderPair[], name: string): string[] {
  const values: string[] = [];
  for (const [given, value] of headers)
    if (given.length === name.length && given.toLowerCase() === name) values.push(value);
  return values;
}
