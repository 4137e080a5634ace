// Insomnia: exports in the formats 4 (JSON, or the same as YAML) and 5 (YAML).
import { z } from "zod";
import type { Message } from "../../contract/message.js";
import { keptText, stringifyKept } from "../../protocol/kept-numbers.js";
import {
  type CollectedEnvironment,
  type CollectedRequest,
  type Collection,
  formText,
  multipart,
  noBody,
  type Pair,
  type SentBody,
  withMissing,
  withPathVariables,
  withQuery,
  withTexts,
  withType,
} from "./collection.js";
import { leftOutMessage } from "./messages.js";
import { kept, value } from "./postman-url.js";
import { type ScopedRequest, withScopes } from "./scopes.js";
import { type SignIn, signedIn, signInBy, withVariables } from "./sign-in.js";

const text = z.string().nullish();
/** It sorts only. */
const order = z.union([z.number(), kept.transform(Number)]).nullish();
const pair = z.object({ name: text, value, disabled: z.boolean().nullish() });
const data = z.record(z.string(), z.unknown()).nullish();
const authentication = z.record(z.string(), z.unknown()).nullish();
type Authentication = z.infer<typeof authentication>;
const script = z.object({ preRequest: text, afterResponse: text }).nullish();
/** What requests have in both formats. */
const request = z.object({
  name: text,
  method: text,
  url: text,
  headers: z.array(pair).nullish(),
  parameters: z.array(pair).nullish(),
  pathParameters: z.array(pair).nullish(),
  body: z
    .object({
      mimeType: text,
      text,
      fileName: text,
      params: z.array(pair.extend({ type: text, fileName: text })).nullish(),
    })
    .nullish(),
  authentication,
  scripts: script,
  preRequestScript: text,
  afterResponseScript: text,
});
type Request = z.infer<typeof request>;

const resource = request.extend({
  _id: z.string(),
  _type: z.string(),
  parentId: text,
  metaSortKey: order,
  environment: data,
  data,
  isPrivate: z.boolean().nullish(),
});
type Resource = z.infer<typeof resource>;
export const insomnia4 = z.object({ _type: z.literal("export"), resources: z.array(resource) });

const environment = z.object({ name: text, data, meta: z.object({ isPrivate: z.boolean().nullish() }).nullish() });
const item = request.extend({
  meta: z.object({ id: text, sortKey: order }).nullish(),
  environment: data,
  get children() {
    return z.array(item).nullish();
  },
});
type Item = z.infer<typeof item>;
export const insomnia5 = z.object({
  type: z.string().regex(/^(?:collection|spec)\.insomnia\.rest\/5/),
  name: text,
  collection: z.array(item).nullish(),
  environments: environment.extend({ subEnvironments: z.array(environment).nullish() }).nullish(),
});

/** In one form: a folder has items, another one is a request. */
interface Entry {
  readonly name: string;
  readonly order: number;
  readonly request: Request;
  readonly isRequest: boolean;
  readonly variables: readonly Pair[];
  readonly items: readonly Entry[];
}

export function fromInsomnia4({ resources }: z.infer<typeof insomnia4>): Collection {
  const workspaces = resources.filter(({ _type }) => _type === "workspace");
  const childrenOf = (parent: string): Resource[] => resources.filter(({ parentId }) => parentId === parent);
  const known = new Set(resources.map(({ _id }) => _id));
  const roots = resources.filter(({ parentId, _type }) => _type !== "workspace" && !known.has(parentId ?? ""));
  const seen = new Set<string>();
  const entryOf = (one: Resource): Entry[] => {
    const isRequest = one._type === "request" || otherKinds.has(one._type);
    if (seen.has(one._id) || (!isRequest && one._type !== "request_group")) return [];
    seen.add(one._id); // a folder within itself
    return [
      {
        name: one.name ?? "",
        order: one.metaSortKey ?? 0,
        request: ofKind(one, one._type),
        isRequest,
        variables: flat(one.environment),
        items: childrenOf(one._id).flatMap(entryOf),
      },
    ];
  };
  const tops = [...workspaces.flatMap(({ _id }) => childrenOf(_id)), ...roots];
  const bases = tops.filter(({ _type }) => _type === "environment");
  const subs = bases.flatMap(({ _id }) => childrenOf(_id)).filter(({ _type }) => _type === "environment");
  return {
    name: workspaces[0]?.name ?? "",
    ...requestsOf(tops.flatMap(entryOf), [
      ...bases.map((one) => environmentOf(null, one.data, one.isPrivate)),
      ...subs.map((one) => environmentOf(one.name ?? "", one.data, one.isPrivate)),
    ]),
  };
}

export function fromInsomnia5({ name, collection, environments }: z.infer<typeof insomnia5>): Collection {
  const entryOf = (one: Item): Entry => ({
    name: one.name ?? "",
    order: one.meta?.sortKey ?? 0,
    request: ofKind(one, one.meta?.id?.split("_", 1)[0]),
    isRequest: one.url != null && one.children == null,
    variables: flat(one.environment),
    items: (one.children ?? []).map(entryOf),
  });
  const { subEnvironments, ...base } = { subEnvironments: null, ...environments };
  return {
    name: name ?? "",
    ...requestsOf((collection ?? []).map(entryOf), [
      ...(environments ? [environmentOf(null, base.data, base.meta?.isPrivate)] : []),
      ...(subEnvironments ?? []).map((one) => environmentOf(one.name ?? "", one.data, one.meta?.isPrivate)),
    ]),
  };
}

/** Requests that are not sent over HTTP: by their type in format 4, and by how their id begins in format 5. */
const otherKinds = new Map([
  ["grpc_request", "grpc"],
  ["greq", "grpc"],
  ["websocket_request", "ws"],
  ["ws-req", "ws"],
  ["socketio_request", "socket.io"],
  ["socketio-req", "socket.io"],
]);

function ofKind(one: Request, kind: string | undefined): Request {
  const scheme = otherKinds.get(kind ?? "");
  return scheme === undefined ? one : { ...one, url: `${scheme}://` };
}

/** What a request has from its folders. */
interface Inherited {
  readonly authentication: Authentication;
  readonly headers: readonly Pair[];
  readonly scripts: readonly Message[];
  readonly values: ReadonlyMap<string, string>;
}
const nothing: Inherited = { authentication: null, headers: [], scripts: [], values: new Map() };

const inFolder = ({ request: folder, variables }: Entry, above: Inherited): Inherited => ({
  authentication: nearest(folder.authentication, above.authentication),
  headers: withMissing(pairsOf(folder.headers), above.headers),
  scripts: [...above.scripts, ...scriptsOf(folder)],
  values: variables.length === 0 ? above.values : new Map([...above.values, ...variables]),
});

function requestsOf(
  entries: readonly Entry[],
  environments: readonly CollectedEnvironment[],
): ReturnType<typeof withScopes> {
  const list = (given: readonly Entry[], before: string, inherited: Inherited): ScopedRequest[] =>
    given
      .toSorted((a, b) => a.order - b.order)
      .flatMap((entry) => {
        const name = before === "" ? entry.name : `${before} / ${entry.name}`;
        const { values } = inherited;
        if (entry.isRequest) return [{ request: requestOf(entry.request, name, inherited), values }];
        return list(entry.items, name, inFolder(entry, inherited));
      });
  return withScopes(new Map(), list(entries, "", nothing), environments);
}

function environmentOf(
  name: string | null,
  values: z.infer<typeof data>,
  isPrivate: boolean | null | undefined,
): CollectedEnvironment {
  const pairs = flat(values);
  return { name, values: isPrivate ? [] : pairs, secrets: isPrivate ? pairs : [] };
}

/** `{a: {b: 1}}` as `a.b`. */
function flat(given: unknown, before = ""): [string, string][] {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return [];
  return Object.entries(given).flatMap(([key, content]): [string, string][] => {
    const name = before === "" ? key : `${before}.${key}`;
    const number = keptText(content);
    if (number !== null) return [[name, number]];
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return flat(content, name);
    return [[name, typeof content === "string" ? ownVariables(content) : stringifyKept(content ?? "")]];
  });
}

/** `{{ _.name }}` and `{{ _['name'] }}`, as editors write them. */
const ownVariables = (given: string): string =>
  withVariables(given, (name) => name.replace(/^_\.(?=[\w$])/, "").replace(/^_\[(["'])(.*)\1\]$/, "$2"));

function requestOf(given: Request, name: string, inherited: Inherited): CollectedRequest {
  const { body, type, notes } = bodyOf(given.body);
  const parameters = pairsOf(given.parameters);
  const pathParameters = pairsOf(given.pathParameters);
  const path = withPathVariables(given.url ?? "", pathParameters);
  const authentication = nearest(given.authentication, inherited.authentication);
  const signIn = signInOf(authentication);
  const made = signedIn(
    {
      name,
      method: given.method ?? "GET",
      url: withQuery(path, parameters),
      headers: withType(withMissing(pairsOf(given.headers), inherited.headers), body === null ? null : type),
      body,
      assertions: [],
      captures: [],
      notes: [...inherited.scripts, ...notes, ...scriptsOf(given)],
    },
    signIn,
  );
  const own = withTexts(made, ownVariables);
  // Encoded ones would not be found in what is sent.
  const encoded = [...parameters, ...pathParameters, ...pairsOf(given.body?.params)].map(([, content]) => content);
  const ofSignIn =
    signIn.kind === "none" ? [] : Object.values(authentication ?? {}).filter((one) => typeof one === "string");
  const texts = [
    given.url ?? "",
    own.body ?? "",
    ...own.headers.map(([, content]) => content),
    ...encoded,
    ...ofSignIn,
  ];
  const isTemplate = texts.some((one) => hasTag(one));
  return isTemplate ? { ...own, notes: [...own.notes, leftOutMessage("template")] } : own;
}

/** `{% … %}` */
function hasTag(text: string): boolean {
  const begin = text.indexOf("{%");
  return begin >= 0 && text.includes("%}", begin + 2);
}

const scriptsOf = ({ scripts, preRequestScript, afterResponseScript }: Request): Message[] =>
  Object.entries({
    "pre-request": scripts?.preRequest ?? preRequestScript,
    "after-response": scripts?.afterResponse ?? afterResponseScript,
  }).flatMap(([part, source]) => (source?.trim() ? [leftOutMessage("script", { part })] : []));

const pairsOf = (pairs: readonly z.infer<typeof pair>[] | null | undefined): [string, string][] =>
  (pairs ?? []).flatMap(({ name, value: content, disabled }): [string, string][] =>
    name && disabled !== true ? [[name, String(content ?? "")]] : [],
  );

function bodyOf(given: Request["body"]): SentBody {
  const {
    mimeType,
    text: content,
    fileName,
    params,
  } = { mimeType: null, text: null, fileName: null, params: null, ...given };
  const type = mimeType || null;
  if (type === "multipart/form-data") {
    const isFile = (one: { readonly type?: string | null | undefined }): boolean => one.type === "file";
    const enabled = (params ?? []).filter(({ disabled }) => disabled !== true);
    const files = enabled.filter(isFile).map(({ name }) => name ?? "");
    return multipart(pairsOf(enabled.filter((one) => !isFile(one))), files);
  }
  if (type === "application/x-www-form-urlencoded" && params)
    return { body: formText(pairsOf(params)), type, notes: [] };
  if (fileName) return { ...noBody, notes: [leftOutMessage("body-file", { path: fileName })] };
  // Its text is the JSON that is sent.
  return { body: content ?? null, type: type === "application/graphql" ? "application/json" : type, notes: [] };
}

/** Its own, unless it says nothing. */
function nearest(own: Authentication, above: Authentication): Authentication {
  const type = own?.["type"];
  return typeof type !== "string" || type === "" || type === "inherit" ? above : own;
}

function signInOf(given: Authentication): SignIn {
  const { type, disabled, ...others } = given ?? {};
  if (typeof type !== "string" || disabled === true) return { kind: "none" };
  return signInBy(type, (name) => (typeof others[name] === "string" ? others[name] : ""), "addTo");
}
