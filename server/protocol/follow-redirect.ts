// Where a redirect leads and what is sent there, as browsers do it (RFC 9110 §15.4, Fetch Standard "HTTP-redirect
// fetch"), as far as it stays on the origin of the request.
import { defineMessages, type Message } from "../contract/message.js";

/** Why a redirect is not followed. */
export const redirectMessage = defineMessages({
  "several-locations": "The response has more than one Location field.",
  "location-no-address": ({ location }: { readonly location: string }) => `Location “${location}” is no address.`,
  "leads-to-other-server": ({ origin }: { readonly origin: string }) =>
    `The redirect leads to ${origin}, another server.`,
  "too-many-redirects": ({ limit }: { readonly limit: number }) => `After ${limit} redirects there is another one.`,
});

export interface RedirectedFrom {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
}

type NextHop =
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly why: Message }
  | {
      readonly kind: "follow";
      readonly method: string;
      readonly target: string;
      /** Another name of the server, for the Host field; null: the request's own. */
      readonly host: string | null;
      readonly keepsBody: boolean;
    };

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const aboutTheBody = /^(content-.*|transfer-encoding|expect|trailer)$/i;
const ofOneHost = /^(host|authorization|cookie)$/i;

/**
 * `location`: the field's values, all of them. `host`: of the request, as in its Host field;
 * `aliases`: hosts that mean the same server.
 */
export function nextHop(
  from: Pick<RedirectedFrom, "method" | "target">,
  status: number,
  location: readonly string[],
  host: string,
  aliases: readonly string[],
): NextHop {
  const [where] = location;
  if (!redirects.has(status) || where === undefined) return { kind: "none" };
  if (location.length > 1) return { kind: "refused", why: redirectMessage("several-locations") };
  const base = URL.canParse(from.target)
    ? from.target
    : `http://${host}${from.target.startsWith("/") ? from.target : "/"}`;
  if (!URL.canParse(where, base))
    return { kind: "refused", why: redirectMessage("location-no-address", { location: where }) };
  const url = new URL(where, base);
  if (url.protocol !== "http:" || ![host, ...aliases].some((name) => hostOf(name) === url.host))
    return {
      kind: "refused",
      why: redirectMessage("leads-to-other-server", { origin: url.origin === "null" ? url.protocol : url.origin }),
    };
  const becomesGet =
    (status === 303 && from.method !== "HEAD") || ((status === 301 || status === 302) && from.method === "POST");
  return {
    kind: "follow",
    method: becomesGet ? "GET" : from.method,
    target: url.pathname + url.search,
    host: hostOf(host) === url.host ? null : url.host,
    keepsBody: !becomesGet,
  };
}

/** The host as URLs write it: in lower case, without port 80. */
const hostOf = (host: string): string | null =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).host : null;

/** The headers that go along to another host: what signs in at the one before does not. */
export function withoutHostHeaders<H extends readonly (readonly [string, string])[]>(headers: H): H[number][] {
  return headers.filter(([name]) => !ofOneHost.test(name));
}

/** The headers that go along when the body does not. */
export function withoutBodyHeaders<H extends readonly (readonly [string, string])[]>(headers: H): H[number][] {
  return headers.filter(([name]) => !aboutTheBody.test(name));
}
