// Who navigates. Browsers say it in Sec-Fetch fields, which no page can forge.
import { firstValue } from "../../protocol/header-values.js";
import type { RequestHead } from "../../protocol/request.js";

/** The same browser, in the same kind of place, at the same name of this host. */
export interface Visitor {
  readonly host: string;
  readonly destination: string;
  readonly agent: string;
}

/** Who navigates to a page with GET; null for anything else: a sub-resource, a fetch, a program. */
export function visitorOf(request: Pick<RequestHead, "method" | "headers">): Visitor | null {
  return request.method === "GET" ? navigatorOf(request) : null;
}

/** The same with any method. */
export function navigatorOf({ headers }: Pick<RequestHead, "headers">): Visitor | null {
  const destination = firstValue(headers, "sec-fetch-dest") ?? "";
  if (firstValue(headers, "sec-fetch-mode") !== "navigate") return null;
  return /^(document|iframe)$/.test(destination)
    ? { host: firstValue(headers, "host") ?? "", destination, agent: firstValue(headers, "user-agent") ?? "" }
    : null;
}

export const isSame = (a: Visitor, b: Visitor): boolean =>
  a.host === b.host && a.destination === b.destination && a.agent === b.agent;
