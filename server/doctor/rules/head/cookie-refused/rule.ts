// A Set-Cookie that browsers drop.
import { quoteBytes } from "../../../../protocol/quote.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { at, scriptFields } from "../../../evidence/fields.js";
import { readSetCookie, type SetCookie } from "../../../evidence/set-cookie.js";

function whyRefused({ name, value, attributes }: SetCookie, host: string): string | null {
  const size = (name ?? "").length + value.length;
  if (size > 4096) return `name and value have ${size} bytes; browsers keep 4096`;
  const isSecure = attributes.has("secure");
  if (attributes.get("samesite")?.toLowerCase() === "none" && !isSecure) return "SameSite=None without Secure";
  if (attributes.has("partitioned") && !isSecure) return "Partitioned without Secure";
  const prefix = /^__(secure|host)-/i.exec(name ?? "")?.[1]?.toLowerCase();
  if (prefix !== undefined && !isSecure) return "its name asks for Secure";
  if (prefix === "host" && (attributes.get("path") !== "/" || attributes.has("domain")))
    return "a name that begins with __Host- asks for Path=/ and no Domain";
  const domain = attributes.get("domain")?.replace(/^\./, "").toLowerCase() ?? "";
  if (domain === "" || host === "" || host === domain) return null;
  return /^[\d.]+$|:/.test(host) || !host.endsWith(`.${domain}`)
    ? `its Domain is ${domain}, and the address asked for is at ${host}`
    : null;
}

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "Browsers will refuse this cookie",
  summary: "The cookie's attributes contradict each other or the address, so browsers drop it without a word.",
  explanation:
    "Browsers refuse some cookies silently, and the script sees no cookie in the next request. SameSite=None needs Secure. A name that begins with __Secure- needs Secure; one that begins with __Host- needs Secure, Path=/ and no Domain. Domain must be the host of the address or one above it. Name and value together may have 4096 bytes.",
  reference: "RFC 6265 §5.3, RFC 6265bis §5.7",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "cookie-refused",
  text,
  when: "at-once",
  about: ["set-cookie"],
  check: (facts) => {
    const cookies = scriptFields(facts).filter(({ key }) => key === "set-cookie");
    if (cookies.length === 0) return null;
    const host = (facts.request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "")
      .replace(/:\d*$/, "")
      .toLowerCase();
    return cookies.flatMap((field) => {
      const why = whyRefused(readSetCookie(field.value), host);
      return why === null ? [] : [{ detail: `${quoteBytes(field.value)}: ${why}.`, ...at(facts, field) }];
    });
  },
};
