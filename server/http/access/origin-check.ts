// Whom the script origin talks to. The threat: a page from elsewhere in the user's browser, which reaches loopback as
// well as we do. Against DNS rebinding the Host must be one of ours; against forged forms an unsafe method must not
// come from a foreign Origin, and nothing that a foreign page fetches in the background. What the composer and the
// command line send is claimed by its connection (`RequestOverrides`) and needs neither.
import type { Message } from "../../contract/message.js";
import { firstValue, refererOrigin, valuesOf } from "../../protocol/header-values.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import { isLoopbackHost } from "../../protocol/script-address.js";
import type { Target } from "../../protocol/target.js";
import { asksForWebSocket } from "../../protocol/upgrade.js";
import type { GatewaySettings } from "../base/gateway-settings.js";
import type { ConnectionFacts } from "../front/incoming.js";
import { accessMessage } from "./messages.js";

export interface Refusal {
  readonly status: 400 | 403 | 421 | 503;
  readonly why: Message;
}

type LocalEnd = Pick<ConnectionFacts, "localAddress" | "localPort" | "ownNames">;

/** RFC 9112 §3.2: exactly one Host field, well-formed, except that HTTP/1.0 needs none. */
export function checkHostField({ headers, httpVersion }: RequestHead): Refusal | null {
  const hosts = valuesOf(headers, "host");
  if (hosts.length > 1) return { status: 400, why: accessMessage("host-repeated") };
  if (hosts.length === 0) return httpVersion === "1.0" ? null : { status: 400, why: accessMessage("host-missing") };
  return hosts[0] === "" || hostName(hosts[0] ?? "") !== null
    ? null
    : { status: 400, why: accessMessage("host-malformed") };
}

/**
 * While the folder is not trusted, only pages of its own send requests besides the workbench: until then none but the
 * preview shows any. Browsers set the field, and no page can forge it.
 */
export function checkTrust(
  { headers }: RequestHead,
  { isTrusted }: Pick<GatewaySettings, "isTrusted">,
): Refusal | null {
  if (isTrusted || fetchMetadata(headers).site === "same-origin") return null;
  return { status: 503, why: accessMessage("folder-untrusted") };
}

/** Whether a browser's page may have made this request. `isPreview`: the preview follows a redirect. */
export function checkOrigin(
  request: RequestHead,
  target: Target,
  local: LocalEnd,
  settings: Pick<GatewaySettings, "hosts" | "allowedOrigins" | "serviceWorkers">,
  isPreview: boolean,
): Refusal | null {
  const host = target.authority ?? firstValue(request.headers, "host") ?? "";
  if (host !== "" && !isOwnHost(hostName(host), local, settings.hosts))
    return {
      status: 421,
      why: accessMessage("host-not-served", { host }),
    };
  const { site, mode, dest, worker, purpose } = fetchMetadata(request.headers);
  // It would answer in place of every script below its folder, also those of the next workspace.
  if (worker === "script" && !settings.serviceWorkers)
    return { status: 403, why: accessMessage("service-worker-refused") };
  // The user may follow a link to a script from anywhere. A foreign page must not run a script in the background, and a
  // hidden frame is background, too; so is a page that the browser fetches before the user goes there.
  const isFollowed = mode === "navigate" && (dest === null || dest === "document" || isPreview);
  const isPrefetch = purpose?.startsWith("prefetch") === true && site !== "same-origin";
  const isBehindTheBack = (site === "cross-site" && !isFollowed) || isPrefetch;
  // No page of elsewhere reads what a safe method does, but every page may talk through a WebSocket.
  const isSafe = safeMethods.has(request.method) && !asksForWebSocket(request);
  if (isSafe && !isBehindTheBack) return null;
  const origin = firstValue(request.headers, "origin") ?? refererOrigin(request.headers);
  if (origin === null) {
    if (!isBehindTheBack) return null;
    const why = isPrefetch ? accessMessage("prefetched") : accessMessage("foreign-site", { method: request.method });
    return { status: 403, why };
  }
  // The browser says that a name of the configuration is another site than the one that was asked.
  const names = site === "cross-site" ? new Set<string>() : settings.hosts;
  if (settings.allowedOrigins.has(origin) || isOwnOrigin(origin, host, local, names)) return null;
  // Set by the browser itself: also a page of ours has the origin "null" under Referrer-Policy: no-referrer.
  if (site === "same-origin") return null;
  return {
    status: 403,
    why: accessMessage("foreign-origin", { origin, method: request.method }),
  };
}

/** Scripts run with this user's rights, and loopback is open to every user of the machine. */
export function checkUser(
  { otherUser }: Pick<ConnectionFacts, "otherUser">,
  { otherUsers }: Pick<GatewaySettings, "otherUsers">,
): Refusal | null {
  if (otherUser === null || otherUsers) return null;
  return { status: 403, why: accessMessage("other-user", { user: otherUser === "gone" ? null : otherUser }) };
}

interface FetchMetadata {
  site: string | null;
  mode: string | null;
  dest: string | null;
  worker: string | null;
  /** "prefetch" or "prefetch;prerender". */
  purpose: string | null;
}

/** W3C Fetch Metadata: browsers set these themselves, and no page can. */
function fetchMetadata(headers: readonly HeaderPair[]): FetchMetadata {
  const found: FetchMetadata = { site: null, mode: null, dest: null, worker: null, purpose: null };
  for (const [given, value] of headers) {
    if (given.length !== 14 && given.length !== 11) continue; // no other length is below
    const name = given.toLowerCase();
    if (name === "sec-fetch-site") found.site ??= value;
    else if (name === "sec-fetch-mode") found.mode ??= value;
    else if (name === "sec-fetch-dest") found.dest ??= value;
    else if (name === "service-worker") found.worker ??= value;
    else if (name === "sec-purpose") found.purpose ??= value;
  }
  return found;
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/**
 * Localhost and 127.0.0.1 are two origins, and both this server. Another program may listen at the same port of every
 * other loopback address: a page from there is a foreign one.
 */
function isOwnOrigin(origin: string, host: string, local: LocalEnd, hosts: ReadonlySet<string>): boolean {
  if (origin === `http://${host}`) return true;
  const [, authority] = /^http:\/\/([^/]+)$/.exec(origin) ?? [];
  const name = authority === undefined ? null : hostName(authority);
  if (name === null || !(local.ownNames.has(name) || isBoundOrNamed(name, local, hosts))) return false;
  return Number(/:(\d+)$/.exec(origin)?.[1] ?? 80) === local.localPort;
}

const isOwnHost = (name: string | null, local: LocalEnd, hosts: ReadonlySet<string>): boolean =>
  name !== null && (isLoopbackHost(name) || isBoundOrNamed(name, local, hosts));

const isBoundOrNamed = (name: string, { localAddress }: LocalEnd, hosts: ReadonlySet<string>): boolean =>
  name === localAddress || name === `[${localAddress}]` || hosts.has(name);

/** Lower case, without port and final dot; null when it is not "host" or "host:port". */
function hostName(authority: string): string | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9_.!$&'()*+,;=%~-]+)(?::\d{0,5})?$/i.exec(authority) ?? [];
  return name === undefined ? null : name.toLowerCase().replace(/(?<=.)\.$/, "");
}
