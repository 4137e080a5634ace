// The address of a Postman request. Postman writes it as a whole (`raw`) and in parts; converters from OpenAPI write
// the parts alone.
import { z } from "zod";
import { keptText } from "../../protocol/kept-numbers.js";
import { betweenVariables, withPathVariables } from "./collection.js";

export const text = z.string().nullish();
/** The text of a number that JavaScript would write as another one. */
export const kept = z.unknown().transform((given, { addIssue }) => {
  const found = keptText(given);
  if (found === null) addIssue("not a number");
  return found ?? z.NEVER;
});
export const value = z.union([z.string(), z.number(), z.boolean(), z.null(), kept]).nullish();
export const pair = z.object({ key: text, value, disabled: z.boolean().nullish(), type: text.catch(null) });
type Pair = z.infer<typeof pair>;

/** Beside a whole address they may be anything. */
const parts = z.object({
  protocol: text.catch(null),
  host: z
    .union([z.string(), z.array(z.string())])
    .nullish()
    .catch(null),
  port: z.union([z.string(), z.number(), kept]).nullish().catch(null),
  path: z
    .union([z.string(), z.array(z.union([z.string(), z.object({ value: text })]))])
    .nullish()
    .catch(null),
  query: z.array(pair).nullish().catch(null),
  hash: text.catch(null),
});
type Parts = z.infer<typeof parts>;
export const postmanUrl = z.union([z.string(), parts.extend({ raw: text, variable: z.array(pair).nullish() })]);

export const pairsOf = (pairs: readonly Pair[] | null | undefined): [string, string][] =>
  (pairs ?? []).flatMap(({ key, value: content, disabled }): [string, string][] =>
    key && disabled !== true ? [[key, String(content ?? "")]] : [],
  );

/** "": there is none. */
export function urlOf(given: z.infer<typeof postmanUrl>): string {
  if (typeof given === "string") return given;
  return withPathVariables(given.raw || joined(given), pairsOf(given.variable));
}

function joined({ protocol, host, port, path, query, hash }: Parts): string {
  const name = typeof host === "string" ? host : (host ?? []).join(".");
  const scheme = protocol ? `${protocol.replace(/:(?:\/\/)?$/, "")}://` : "";
  const origin = name === "" ? "" : `${scheme}${name}${port ? `:${port}` : ""}`;
  const steps =
    typeof path === "string" ? [path] : (path ?? []).map((one) => (typeof one === "string" ? one : one.value));
  const below = steps.map((step) => step ?? "").join("/");
  const parameters = pairsOf(query).map(parameterOf);
  if (origin === "" && below === "" && parameters.length === 0) return "";
  const slash = below.startsWith("/") || (below === "" && origin !== "") ? "" : "/";
  const question = parameters.length === 0 ? "" : `?${parameters.join("&")}`;
  return `${origin}${slash}${below}${question}${hash ? `#${hash}` : ""}`;
}

const parameterOf = ([key, content]: readonly [string, string]): string =>
  `${escaped(key, /[&#=]/g)}=${escaped(content, /[&#]/g)}`;

/** Adds those that the address does not have. */
export function withParameters(url: string, query: readonly Pair[] | null | undefined): string {
  const [, there = ""] = url.split("?", 2);
  const has = new Set(there.split("&").map((one) => one.split("=", 1)[0]));
  const added = pairsOf(query).flatMap((pair) => (has.has(pair[0]) ? [] : [parameterOf(pair)]));
  return added.length === 0 ? url : `${url}${url.includes("?") ? "&" : "?"}${added.join("&")}`;
}

/** What would end a parameter; the rest is escaped where all addresses are. */
const escaped = (part: string, signs: RegExp): string =>
  betweenVariables(part, (one) => one.replace(signs, encodeURIComponent));
