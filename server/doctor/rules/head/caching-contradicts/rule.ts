// Cache-Control against itself, Expires or Pragma.
import { passedOnByAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";

export const rule: InlineRule = {
  severity: "warning",
  title: "The caching headers contradict each other",
  summary: "`Cache-Control`, `Expires` and `Pragma` give conflicting instructions.",
  explanation:
    "A cache follows the strictest instruction, or the newest header, so one of the two has no effect: the response is stored when it should not be, or never stored. `no-store` forbids storing it. `max-age` allows it for that many seconds. `private` allows only the user's own browser, `public` any cache. Keep one instruction.",
  reference: "RFC 9111 §5.2",
  logged: passedOnByAll,
  about: ["cache-control"],
  check: (facts) => {
    const fields = scriptFields(facts);
    const field = fields.find(({ key }) => key === "cache-control");
    if (!field) return null;
    const directives = new Map(
      fields
        .flatMap(({ key, value }) => (key === "cache-control" ? value.toLowerCase().split(",") : []))
        .map((part): [string, string] => {
          const [name = "", value = ""] = part.trim().split("=");
          return [name, value.replaceAll('"', "")];
        }),
    );
    const keeps = Number(directives.get("max-age") ?? 0) > 0;
    const expires = fields.find(({ key }) => key === "expires");
    const pragma = fields.find(({ key, value }) => key === "pragma" && value.toLowerCase() === "no-cache");
    // a response's Pragma means nothing (RFC 9111 §5.4), so this one does no harm
    const isPragma =
      "`Pragma` is `no-cache`, and `Cache-Control` allows storing the response. Caches follow `Cache-Control`";
    const why =
      directives.has("public") && directives.has("private")
        ? "`public` and `private` exclude each other"
        : directives.has("no-store") && keeps
          ? `\`no-store\` forbids storing the response, and \`max-age=${directives.get("max-age") ?? ""}\` allows it`
          : directives.has("no-store") && directives.has("public")
            ? "`no-store` forbids storing the response, and `public` allows it for any cache"
            : directives.has("max-age") && !/^\d+$/.test(directives.get("max-age") ?? "")
              ? "`max-age` is not a number of seconds"
              : directives.has("no-store") && expires !== undefined && Date.parse(expires.value) > Date.now() + 60_000
                ? "`Expires` is in the future, and `no-store` forbids storing the response"
                : keeps && pragma !== undefined
                  ? isPragma
                  : null;
    if (why === null) return null;
    return {
      ...(why === isPragma ? { severity: "hint" as const } : {}),
      detail: `${why}.`,
      ...fieldLocation(facts, field),
    };
  },
};
