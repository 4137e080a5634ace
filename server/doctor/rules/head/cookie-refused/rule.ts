// A Set-Cookie that browsers drop.
import { firstValue } from "../../../../protocol/header-values.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";
import { readSetCookie, type SetCookie } from "../../../evidence/set-cookie.js";

function whyRefused({ name, value, attributes }: SetCookie, host: string): string | null {
  const size = (name ?? "").length + value.length;
  if (size > 4096) return `name and value have ${size} bytes, and browsers accept 4096`;
  const isSecure = attributes.has("secure");
  if (attributes.get("samesite")?.toLowerCase() === "none" && !isSecure) return "`SameSite=None` needs `Secure`";
  if (attributes.has("partitioned") && !isSecure) return "`Partitioned` needs `Secure`";
  const prefix = /^__(secure|host)-/i.exec(name ?? "")?.[1]?.toLowerCase();
  if (prefix !== undefined && !isSecure) return "its name needs `Secure`";
  if (prefix === "host" && (attributes.get("path") !== "/" || attributes.has("domain")))
    return "a name that begins with `__Host-` needs `Path=/` and no `Domain`";
  const domain = attributes.get("domain")?.replace(/^\./, "").toLowerCase() ?? "";
  if (domain === "" || host === "" || host === domain) return null;
  return /^[\d.]+$|:/.test(host) || !host.endsWith(`.${domain}`)
    ? `its \`Domain\` is ${domain}, and the host of the URL is ${host}`
    : null;
}

export const rule: InlineRule = {
  severity: "warning",
  title: "Browsers will refuse this cookie",
  summary: "The cookie's attributes contradict each other or the URL, so browsers drop it without an error.",
  explanation:
    "Browsers refuse some cookies silently, and the script gets no cookie in the next request. `SameSite=None` needs `Secure`. A name that begins with `__Secure-` needs `Secure`; one that begins with `__Host-` needs `Secure`, `Path=/` and no `Domain`. `Domain` must be the host of the URL or a parent domain of it. Name and value together can have at most 4096 bytes.",
  reference: "RFC 6265 §5.3, RFC 6265bis §5.7",
  logged: passedOnByAll,
  about: ["set-cookie"],
  check: (facts) => {
    const cookies = scriptFields(facts).filter(({ key }) => key === "set-cookie");
    if (cookies.length === 0) return null;
    const host = (firstValue(facts.request.headers, "host") ?? "").replace(/:\d*$/, "").toLowerCase();
    return cookies.flatMap((field) => {
      const why = whyRefused(readSetCookie(field.value), host);
      return why === null ? [] : [{ detail: `${quoteBytes(field.value)}: ${why}.`, ...fieldLocation(facts, field) }];
    });
  },
};
