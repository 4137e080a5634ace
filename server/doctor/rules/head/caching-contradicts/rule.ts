// Cache-Control against itself, Expires and Pragma.

import type { InlineRule, RuleText } from "../../../engine/rule.js";
import { at, scriptFields } from "../../../evidence/fields.js";

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "The header says two things about caching",
  summary: "Cache-Control, Expires and Pragma contradict each other.",
  explanation:
    "Caches go by the strictest word, or by the newest field, so one of the two instructions has no effect: the page is kept where it should not be, or never kept. no-store means nobody may keep it; max-age means keep it so many seconds; private means only the reader's own browser; public means anybody. Say one thing.",
  reference: "RFC 9111 §5.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "caching-contradicts",
  text,
  when: "at-once",
  about: ["cache-control"],
  check: (facts) => {
    const fields = scriptFields(facts);
    const field = fields.find(({ key }) => key === "cache-control");
    if (!field) return null;
    const said = new Map(
      fields
        .flatMap(({ key, value }) => (key === "cache-control" ? value.toLowerCase().split(",") : []))
        .map((part): [string, string] => {
          const [name = "", value = ""] = part.trim().split("=");
          return [name, value.replaceAll('"', "")];
        }),
    );
    const keeps = Number(said.get("max-age") ?? 0) > 0;
    const expires = fields.find(({ key }) => key === "expires");
    const pragma = fields.find(({ key, value }) => key === "pragma" && value.toLowerCase() === "no-cache");
    const why =
      said.has("public") && said.has("private")
        ? "public and private exclude each other"
        : said.has("no-store") && keeps
          ? `no-store forbids to keep it, max-age=${said.get("max-age") ?? ""} asks to`
          : said.has("no-store") && said.has("public")
            ? "no-store forbids to keep it, public invites everybody to"
            : said.has("max-age") && !/^\d+$/.test(said.get("max-age") ?? "")
              ? "max-age is no number of seconds"
              : said.has("no-store") && expires !== undefined && Date.parse(expires.value) > Date.now() + 60_000
                ? "Expires lies in the future, and no-store forbids to keep it"
                : keeps && pragma !== undefined
                  ? "Pragma says no-cache, Cache-Control says to keep it"
                  : null;
    return why === null ? null : { detail: `${why[0]?.toUpperCase() ?? ""}${why.slice(1)}.`, ...at(facts, field) };
  },
};
