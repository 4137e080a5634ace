// Postman: collections in the format 2.1 (and 2.0, which differs in its sign-in alone), and environments.
// https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
import { z } from "zod";
import type { Message } from "../../contract/message.js";
import { keptText, parseKeepingNumbers, stringifyKept } from "../../protocol/kept-numbers.js";
import {
  type CollectedEnvironment,
  type CollectedRequest,
  type Collection,
  formText,
  multipart,
  noBody,
  type SentBody,
  withTexts,
  withType,
} from "./collection.js";
import { leftOutMessage } from "./messages.js";
import { pair, pairsOf, postmanUrl, text, urlOf, value } from "./postman-url.js";
import { type SignIn, signedIn, signInBy, withVariables } from "./sign-in.js";

/** 2.1: a list; 2.0: an object. */
const signInValues = z.union([
  z.array(z.object({ key: text, value: z.unknown().optional() })),
  z.record(z.string(), z.unknown()),
]);
const auth = z.looseObject({ type: text }).nullish();
const event = z.object({
  listen: text,
  script: z.object({ exec: z.union([z.string(), z.array(z.string())]).nullish() }).nullish(),
});
export const formPart = pair.extend({ contentType: text });
const body = z.object({
  mode: text,
  disabled: z.boolean().nullish(),
  raw: text,
  urlencoded: z.union([z.array(pair), z.string()]).nullish(),
  formdata: z.array(formPart).nullish(),
  file: z.object({ src: text, content: text }).nullish(),
  graphql: z.object({ query: text, operationName: text, variables: z.unknown().optional() }).nullish(),
  options: z.object({ raw: z.object({ language: text }).nullish() }).nullish(),
});
const request = z.union([
  z.string(),
  z.object({
    method: text,
    url: postmanUrl.nullish(),
    header: z.union([z.array(pair), z.string()]).nullish(),
    body: body.nullish(),
    auth,
  }),
]);
const folder = z.object({
  name: text,
  auth,
  protocolProfileBehavior: z
    .object({ disableBodyPruning: z.boolean().nullish().catch(null) })
    .nullish()
    .catch(null),
  event: z.array(event).nullish(),
  variable: z.array(pair).nullish(),
});
const item = folder.extend({
  request: request.nullish(),
  get item() {
    return z.array(item).nullish();
  },
});
export const postmanCollection = folder.extend({
  info: z.object({ name: text, schema: z.string().includes("getpostman.com").or(z.string().includes("postman.com")) }),
  item: z.array(item),
});
export const postmanEnvironment = z.object({
  name: z.string(),
  _postman_variable_scope: z.string(),
  values: z.array(z.object({ key: text, value, enabled: z.boolean().nullish(), type: text })),
});
export type Item = z.infer<typeof item>;
type Body = z.infer<typeof body>;

export function fromPostman(given: z.infer<typeof postmanCollection>): Collection {
  // An environment's value has no variables in it.
  const isSecret = ({ type, value: content }: z.infer<typeof pair>): boolean =>
    type === "secret" && content != null && content !== "" && !String(content).includes("{{");
  const own = given.variable ?? [];
  const secrets = pairsOf(own.filter(isSecret));
  return {
    name: given.info.name ?? "",
    variables: pairsOf(own.filter((one) => !isSecret(one))).map(([name, text]) => [name, renamed(text)]),
    environments: secrets.length === 0 ? [] : [{ name: null, values: [], secrets }],
    requests: requestsIn(given.item, "", {
      signIn: signInOf(given.auth) ?? { kind: "none" },
      scripts: scriptNotes(given.event),
      sendsAnyBody: sendsAnyBody(given) ?? false,
    }),
  };
}

/** Globals have the scope "globals": they are in every environment. */
export function fromPostmanEnvironment(given: z.infer<typeof postmanEnvironment>): CollectedEnvironment {
  const of = (isSecret: boolean) =>
    given.values.flatMap(({ key, value: content, enabled, type }): [string, string][] =>
      key && enabled !== false && (type === "secret") === isSecret ? [[key, renamed(String(content ?? ""))]] : [],
    );
  const name = given._postman_variable_scope === "globals" ? null : given.name;
  return { name, values: of(false), secrets: of(true) };
}

/** What requests have from their folders. */
interface Inherited {
  readonly signIn: SignIn;
  readonly scripts: readonly Message[];
  readonly sendsAnyBody: boolean;
}

function requestsIn(items: readonly Item[], before: string, inherited: Inherited): CollectedRequest[] {
  return items.flatMap((one) => {
    const name = before === "" ? (one.name ?? "") : `${before} / ${one.name ?? ""}`;
    const own = {
      signIn: signInOf(one.auth) ?? inherited.signIn,
      scripts: inherited.scripts,
      sendsAnyBody: sendsAnyBody(one) ?? inherited.sendsAnyBody,
    };
    if (one.item) return requestsIn(one.item, name, { ...own, scripts: [...own.scripts, ...scriptNotes(one.event)] });
    if (one.request == null) return [];
    return [requestOf(one, name, own)];
  });
}

/** With these methods Postman sends a body only if a setting says so. It keeps the body of an earlier method. */
const withoutBody: ReadonlySet<string> = new Set(["GET", "HEAD", "COPY", "PURGE", "UNLOCK"]);
const sendsAnyBody = ({ protocolProfileBehavior }: Pick<Item, "protocolProfileBehavior">): boolean | null =>
  protocolProfileBehavior?.disableBodyPruning ?? null;

function requestOf(one: Item, name: string, inherited: Inherited): CollectedRequest {
  const given = typeof one.request === "string" || one.request == null ? { url: one.request } : one.request;
  const { method, header, body: content, auth: own } = { method: null, header: null, body: null, auth: null, ...given };
  const headers =
    typeof header === "string"
      ? header.split(/\r?\n/).flatMap((line): [string, string][] => {
          const [, key, rest] = /^([^:]+):(.*)$/.exec(line) ?? [];
          return key === undefined ? [] : [[key.trim(), (rest ?? "").trim()]];
        })
      : pairsOf(header);
  const isSent = inherited.sendsAnyBody || !withoutBody.has((method ?? "GET").trim().toUpperCase());
  const sent = content && content.disabled !== true && isSent ? bodyOf(content) : noBody;
  const tests = testsOf(one.event);
  const url = urlOf(given.url ?? "");
  const made = signedIn(
    {
      name,
      method: method ?? "GET",
      url,
      headers: withType(headers, sent.type),
      body: sent.body,
      assertions: tests.assertions,
      captures: [],
      notes: [...inherited.scripts, ...(url === "" ? [leftOutMessage("url")] : []), ...sent.notes, ...tests.notes],
    },
    signInOf(own) ?? inherited.signIn,
  );
  return withTexts(made, renamed);
}

/** The variables that Postman makes up, by the names that editors give them. */
const renamed = (text: string): string => withVariables(text, (name) => (name === "$randomUUID" ? "$uuid" : name));

const languages: Readonly<Record<string, string>> = {
  json: "application/json",
  xml: "application/xml",
  html: "text/html",
  javascript: "application/javascript",
  text: "text/plain",
};

function bodyOf({ mode, raw, urlencoded, formdata, file, graphql, options }: Body): SentBody {
  switch (mode) {
    case "raw":
      return { body: raw ?? null, type: raw ? (languages[options?.raw?.language ?? ""] ?? null) : null, notes: [] };
    case "urlencoded": {
      const sent = typeof urlencoded === "string" ? urlencoded : formText(pairsOf(urlencoded));
      return { body: sent, type: "application/x-www-form-urlencoded", notes: [] };
    }
    case "formdata": {
      const isFile = ({ type }: { readonly type?: string | null | undefined }): boolean => type === "file";
      const enabled = (formdata ?? []).filter(({ disabled }) => disabled !== true);
      const files = enabled.filter(isFile).map(({ key }) => key ?? "");
      return multipart(enabled.filter((part) => !isFile(part)).flatMap(typedPart), files);
    }
    case "file":
      return file?.content
        ? { body: file.content, type: null, notes: [] }
        : { ...noBody, notes: [leftOutMessage("body-file", { path: file?.src ?? "" })] };
    case "graphql": {
      const operation = graphql?.operationName ? { operationName: graphql.operationName } : {};
      const sent = { query: graphql?.query ?? "", ...operation, variables: jsonOf(graphql?.variables) };
      return { body: stringifyKept(sent), type: "application/json", notes: [] };
    }
    default:
      return mode ? { ...noBody, notes: [leftOutMessage("body-kind", { kind: mode })] } : noBody;
  }
}

/** None: it has no name. */
const typedPart = (part: z.infer<typeof formPart>): [string, string, string?][] =>
  pairsOf([part]).map(([name, content]) => {
    const type = part.contentType?.trim();
    return type && !/[\r\n]/.test(type) ? [name, content, type] : [name, content];
  });

/** Postman keeps GraphQL's variables as the text of an object. */
function jsonOf(given: unknown): unknown {
  if (typeof given !== "string") return given ?? {};
  try {
    return parseKeepingNumbers(given);
  } catch {
    return {}; // an unfinished text is sent as no variables, as Postman does
  }
}

function signInOf(given: z.infer<typeof auth>): SignIn | null {
  if (!given?.type) return null;
  const { type } = given;
  const parsed = signInValues.safeParse(given[type]);
  const found = !parsed.success
    ? []
    : Array.isArray(parsed.data)
      ? parsed.data.map(({ key, value: content }) => [key ?? "", content] as const)
      : Object.entries(parsed.data);
  const values = new Map(
    found.map(([key, content]) => [key, content == null ? "" : (keptText(content) ?? String(content))]),
  );
  return signInBy(type, (name) => values.get(name) ?? "", "in");
}

const scriptOf = (events: z.infer<typeof folder>["event"], listen: string): string =>
  (events ?? [])
    .filter((one) => one.listen === listen)
    .map(({ script }) => (Array.isArray(script?.exec) ? script.exec.join("\n") : (script?.exec ?? "")))
    .join("\n");

const scriptNotes = (events: z.infer<typeof folder>["event"]): Message[] =>
  (["prerequest", "test"] as const).flatMap((part) =>
    scriptOf(events, part).trim() === "" ? [] : [leftOutMessage("script", { part })],
  );

/** The checks of a status that Postman's own snippets write. */
function testsOf(events: z.infer<typeof folder>["event"]): Pick<CollectedRequest, "assertions" | "notes"> {
  const script = withoutComments(scriptOf(events, "test"));
  const assertions = [...script.matchAll(/pm\.response\.to\.have\.status\((\d{3})\)/g)].map(
    ([, status]) => `status == ${status}`,
  );
  return { assertions: [...new Set(assertions)], notes: scriptNotes(events) };
}

/** Of JavaScript. Texts in quotation marks, such as an address with its `//`, stay. */
const withoutComments = (script: string): string =>
  script.replace(
    /("(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g,
    (_, quoted?: string) => quoted ?? " ",
  );
