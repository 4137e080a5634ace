// May a page of one origin show a response in a frame? X-Frame-Options (HTML §7.6) and Content-Security-Policy's
// frame-ancestors (CSP3 §6.4.2) decide; where the latter is said, the former is ignored.
import { valuesOf } from "./header-values.js";

type Headers = readonly (readonly [string, string])[];

/** The header that forbids it, as written ("X-Frame-Options: DENY"); null when it may be framed. */
export function framingForbiddenBy(headers: Headers, framer: string, self: string): string | null {
  const policies = valuesOf(headers, "content-security-policy").flatMap((value) => value.split(","));
  const ancestors = policies.flatMap((policy) => frameAncestors(policy) ?? []);
  for (const { text, sources } of ancestors)
    if (!sources.some((source) => matches(source, new URL(framer), framer === self)))
      return `Content-Security-Policy: ${text}`;
  if (ancestors.length > 0) return null;
  const options = valuesOf(headers, "x-frame-options").join(", ");
  return forbidsFraming(options) ? `X-Frame-Options: ${options}` : null;
}

/** The headers without what forbids framing; the rest of a policy stays in force. */
export function framingPermitted(headers: Headers): readonly (readonly [string, string])[] {
  return headers.flatMap(([name, value]): readonly (readonly [string, string])[] => {
    const key = name.toLowerCase();
    if (key === "x-frame-options") return [];
    if (key !== "content-security-policy") return [[name, value]];
    const rest = value
      .split(",")
      .map((policy) =>
        policy
          .split(";")
          .filter((directive) => !isFrameAncestors(directive))
          .join(";"),
      )
      .filter((policy) => policy.trim() !== "");
    return rest.length === 0 ? [] : [[name, rest.join(",")]];
  });
}

const isFrameAncestors = (directive: string): boolean => /^\s*frame-ancestors(\s|$)/i.test(directive);

/** The first directive of its name counts. */
function frameAncestors(policy: string): { readonly text: string; readonly sources: readonly string[] }[] | null {
  const directive = policy.split(";").find(isFrameAncestors);
  if (directive === undefined) return null;
  const text = directive.trim();
  return [{ text, sources: text.split(/\s+/).slice(1) }];
}

function matches(source: string, framer: URL, isSelf: boolean): boolean {
  const lower = source.toLowerCase();
  if (lower === "*") return true;
  if (lower === "'self'") return isSelf;
  if (/^[a-z][a-z0-9+.-]*:$/.test(lower)) return lower === framer.protocol;
  const [, scheme = "http:", host = "", port = ""] =
    /^(?:([a-z][a-z0-9+.-]*:)\/\/)?([^:/']+)(?::(\d+|\*))?(?:\/.*)?$/.exec(lower) ?? [];
  if (host === "" || scheme !== framer.protocol) return false;
  const isHost =
    host === "*" || host === framer.hostname || (host.startsWith("*.") && framer.hostname.endsWith(host.slice(1)));
  return isHost && (port === "*" || port === framer.port);
}

/** Two different values are a conflict, which browsers take for a no; a value they do not know for a yes. */
function forbidsFraming(options: string): boolean {
  const values = new Set(
    options
      .split(",")
      .map((value) => value.trim().toLowerCase())
      .filter((value) => value !== ""),
  );
  if (values.size > 1) return ["deny", "sameorigin", "allowall"].some((value) => values.has(value));
  return values.has("deny") || values.has("sameorigin");
}
