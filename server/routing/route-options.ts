// What a configured route can say besides where it leads: nothing is served,
// nothing runs, or the client is sent elsewhere.
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import { wordsOf } from "../contract/message.js";
import { byteString } from "../protocol/byte-string.js";
import type { MatchableRoute } from "./configured-routes.js";
import { routeMessage } from "./messages.js";
import { none } from "./resolve-path.js";
import type { NoRoute } from "./route.js";
import { encodePath, folded } from "./url-path.js";

/** A response that the route gives to a path below it, whatever lies there; null: it leads to something. */
export function routeResponse(route: MatchableRoute, path: ByteString, query: ByteString): NoRoute | null {
  const { redirect, mistake, from } = route.config;
  if (mistake !== undefined)
    return none(path, 503, routeMessage("route-invalid", { route: route.config.path, mistake: wordsOf(mistake) }));
  const denied = deniedBy(route, path);
  if (denied !== null) return denied;
  if (redirect === undefined) return null;
  const rest = route.exact === null ? path.slice(route.prefix.length) : "";
  const location = locationOf(redirect.to, byteString(rest), query);
  const why = routeMessage("redirect-route", { route: route.config.path, location, ...(from && { from }) });
  return none(path, redirect.status, why, location);
}

/** 403 if the route refuses the path, by `deny`. */
export function deniedBy({ prefix, denied, config }: MatchableRoute, path: ByteString): NoRoute | null {
  if (denied === null) return null;
  const below = path.slice(prefix.length).split("/");
  if (denied !== "everything" && !below.some((name) => denied.test(folded(byteString(name))))) return null;
  const { path: route, from } = config;
  return none(path, 403, routeMessage("denied-by-route", { path: toDisplayText(path), route, ...(from && { from }) }));
}

/** `rest` begins with a slash or is empty. */
function locationOf(to: string, rest: ByteString, query: ByteString): ByteString {
  // RFC 3986 §3
  const [, path = "", own = "", fragment = ""] = /^([^?#]*)\??([^#]*)(.*)$/.exec(encodeLocation(to)) ?? [];
  const joined = rest === "" ? path : path.replace(/\/$/, "") + encodePath(rest);
  const queries = [own, query].filter((part) => part !== "");
  return byteString(joined + (queries.length === 0 ? "" : `?${queries.join("&")}`) + fragment);
}

/** A header holds ASCII alone (RFC 9110 §5.5): other characters as in a URI (RFC 3986 §2.5). */
const encodeLocation = (to: string): ByteString => byteString(to.replace(/[^\x21-\x7e]+/gu, encodeURIComponent));
