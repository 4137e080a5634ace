// A Set-Cookie that browsers drop.
import { quoteBytes } from "../../../protocol/quote.js";
import { at, scriptFields } from "../../fields.js";
import type { RuleAtOnce } from "../../rule.js";
import { readSetCookie, type SetCookie } from "../../set-cookie.js";
import { text } from "./text.js";

function whyRefused({ name, value, attributes }: SetCookie, host: string): string | null {
  const size = (name ?? "").length + value.length;
  if (size > 4096) return `name and value have ${size} bytes; browsers keep 4096`;
  const isSecure = attributes.has("secure");
  if (attributes.get("samesite")?.toLowerCase() === "none" && !isSecure) return "SameSite=None without Secure";
  if (attributes.has("partitioned") && !isSecure) return "Partitioned without Secure";
  const prefix = /^__(secure|host)-/i.exec(name ?? "")?.[1]?.toLowerCase();
  if (prefix !== undefined && !isSecure) return "its name asks for Secure";
  if (prefix === "host" && (attributes.get("path") !== "/" || attributes.has("domain"))) return "a name that begins with __Host- asks for Path=/ and no Domain";
  const domain = attributes.get("domain")?.replace(/^\./, "").toLowerCase() ?? "";
  if (domain === "" || host === "" || host === domain) return null;
  return /^[\d.]+$|:/.test(host) || !host.endsWith(`.${domain}`) ? `its Domain is ${domain}, and the address asked for is at ${host}` : null;
}

export const cookieRefused: RuleAtOnce = {
  id: "cookie-refused",
  text,
  when: "at-once",
  about: ["set-cookie"],
  look: (facts) => {
    const cookies = scriptFields(facts).filter(({ key }) => key === "set-cookie");
    if (cookies.length === 0) return null;
    const host = (facts.request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "").replace(/:\d*$/, "").toLowerCase();
    return cookies.flatMap((field) => {
      const why = whyRefused(readSetCookie(field.value), host);
      return why === null ? [] : [{ detail: `${quoteBytes(field.value)}: ${why}.`, ...at(facts, field) }];
    });
  },
};
