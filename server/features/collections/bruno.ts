// Bruno: a folder of `.bru` or YAML files, each a request, a folder's settings or an environment.
import { z } from "zod";
import { jsonOf } from "../../base/json-of.js";
import type { Message } from "../../contract/message.js";
import { parseCapture } from "../../formats/http-file/conditions.js";
import { type BlockFile, type BruBlock, type BruPair, readBru } from "./bru-file.js";
import {
  type CollectedEnvironment,
  type CollectedRequest,
  type Collection,
  formText,
  multipart,
  noBody,
  type SentBody,
  type TextFile,
  withMissing,
  withPathVariables,
  withType,
} from "./collection.js";
import { leftOutMessage } from "./messages.js";
import { readOpenCollection } from "./open-collection.js";
import { type ScopedRequest, withScopes } from "./scopes.js";
import { type SignIn, signedIn, signInBy } from "./sign-in.js";
import { readEach } from "./yaml-file.js";

/** Blocks of requests that are not sent over HTTP. */
const otherKinds: ReadonlySet<string> = new Set(["grpc", "ws"]);
const methods: ReadonlySet<string> = new Set([
  ...otherKinds,
  ...["get", "post", "put", "delete", "patch", "options", "head", "connect", "trace"],
]);

class Bru {
  readonly path: string;
  readonly #blocks: readonly BruBlock[];

  constructor({ path, blocks }: BlockFile) {
    this.path = path;
    this.#blocks = blocks;
  }

  named(name: string): BruBlock | null {
    return this.#blocks.find((block) => block.name === name) ?? null;
  }
  pairs(name: string): readonly (readonly [string, string])[] {
    return (this.named(name)?.pairs ?? []).map(({ name: key, value }: BruPair) => [key, value] as const);
  }
  get(block: string, key: string): string | null {
    return this.pairs(block).find(([name]) => name === key)?.[1] ?? null;
  }
  get method(): BruBlock | null {
    return this.#blocks.find(({ name }) => methods.has(name) || name === "http") ?? null;
  }
  get others(): readonly BruBlock[] {
    return this.#blocks;
  }
}

/** `files`: those of the collection, in any order. */
export function fromBruno(files: readonly TextFile[]): Collection {
  const ofYaml = readOpenCollection(files.filter(({ path }) => /\.ya?ml$/.test(path)));
  const bru = files.filter(({ path }) => path.endsWith(".bru"));
  const ofBru = readEach(bru, (file) => ({ path: file.path, blocks: readBru(file) }));
  const parsed = [...ofBru.found, ...ofYaml.found].map((file) => new Bru(file));
  const isSettings = ({ path }: Bru): boolean =>
    /(?:^|\/)(?:(?:collection|folder)\.bru|(?:opencollection|folder)\.ya?ml)$/.test(path);
  const isEnvironment = (one: Bru): boolean => one.method === null && one.named("vars") !== null && !isSettings(one);
  const settings = new Map(parsed.filter(isSettings).map((one) => [folderOf(one.path), one]));
  const requests = parsed
    .filter((one) => one.method !== null && !isSettings(one))
    .map((one) => ({ order: orderOf(one, settings), request: scopedRequest(one, settings) }))
    .toSorted((a, b) => (a.order < b.order ? -1 : 1));
  const shared = new Map(settings.get("")?.pairs("vars:pre-request"));
  return {
    name: nameOf(files) ?? settings.get("")?.get("meta", "name") ?? requests.at(0)?.request.request.name ?? "",
    damaged: [...ofBru.damaged, ...ofYaml.damaged],
    ...withScopes(
      shared,
      requests.map(({ request }) => request),
      parsed.filter(isEnvironment).map(environmentOf),
    ),
  };
}

/** Its own, or that of its file. */
const nameIn = (one: Bru): string =>
  one.get("meta", "name") ?? one.path.slice(one.path.lastIndexOf("/") + 1).replace(/\.(?:bru|ya?ml)$/, "");

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** "", "shop", "shop/cart". */
function foldersOf(path: string): string[] {
  const parts = folderOf(path).split("/").filter(Boolean);
  return ["", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
}

const projectFile = z.object({ name: z.string() });
function nameOf(files: readonly TextFile[]): string | null {
  const file = files.find(({ path }) => /(?:^|\/)bruno\.json$/.test(path));
  // Without a name it is called after its first request.
  return projectFile.safeParse(jsonOf(file?.text ?? "")).data?.name ?? null;
}

/** Sorts as Bruno lists them: folders first or among requests by their number, then by name. */
function orderOf(one: Bru, settings: ReadonlyMap<string, Bru>): string {
  const folders = foldersOf(one.path)
    .slice(1)
    .flatMap((folder) => [seqOf(settings.get(folder)), folder]);
  return [...folders, seqOf(one), one.path].join("\0");
}

/** The number as text that sorts like it; what has none comes last. */
function seqOf(one: Bru | undefined): string {
  const seq = Number(one?.get("meta", "seq") ?? Number.NaN);
  return String(seq >= 0 && seq < lastSeq ? Math.round(seq) : lastSeq).padStart(10, "0");
}
const lastSeq = 1e9;

function environmentOf(one: Bru): CollectedEnvironment {
  const name = nameIn(one);
  const secrets = new Set(one.pairs("vars:secret").map(([key]) => key)); // Bruno keeps their values elsewhere
  return { name, values: one.pairs("vars").filter(([key]) => !secrets.has(key)), secrets: [] };
}

function scopedRequest(one: Bru, settings: ReadonlyMap<string, Bru>): ScopedRequest {
  const above = foldersOf(one.path).flatMap((folder) => settings.get(folder) ?? []);
  const scopes = [...above.filter(({ path }) => folderOf(path) !== ""), one];
  const values = new Map(scopes.flatMap((scope) => scope.pairs("vars:pre-request")));
  return { request: requestOf(one, above, settings), values };
}

function requestOf(one: Bru, above: readonly Bru[], settings: ReadonlyMap<string, Bru>): CollectedRequest {
  const method = one.method ?? { name: "get", pairs: [], text: "" };
  const verb = method.name === "http" ? (one.get("http", "method") ?? "GET") : method.name;
  const of = (key: string): string => one.get(method.name, key) ?? "";
  const headers = [one, ...above.toReversed()].map((from) => from.pairs("headers")).reduce(withMissing);
  const { body, type, notes } = bodyOf(one, of("body"));
  const folders = foldersOf(one.path)
    .slice(1)
    .map((folder) => settings.get(folder)?.get("meta", "name") ?? folder.slice(folder.lastIndexOf("/") + 1));
  const name = nameIn(one);
  const checked = checksOf(one);
  return signedIn(
    {
      name: [...folders, name].join(" / "),
      method: verb,
      url: otherKinds.has(method.name) ? `${method.name}://` : withPathVariables(of("url"), one.pairs("params:path")),
      headers: withType(headers, type),
      body,
      assertions: checked.assertions,
      captures: checked.captures,
      notes: [...above.flatMap(scriptsIn), ...notes, ...checked.notes],
    },
    signInOf(one, of("auth"), above),
  );
}

function bodyOf(one: Bru, kind: string): SentBody {
  const text = (block: string): string | null => one.named(block)?.text ?? null;
  const sent = (body: string | null, type: string): SentBody => (body === null ? noBody : { body, type, notes: [] });
  switch (kind === "" ? (one.named("body") ? "json" : "none") : kind) {
    case "none":
      return noBody;
    case "json":
      return sent(text("body:json") ?? text("body"), "application/json");
    case "text":
      return sent(text("body:text"), "text/plain");
    case "xml":
      return sent(text("body:xml"), "application/xml");
    case "sparql":
      return sent(text("body:sparql"), "application/sparql-query");
    case "graphql": {
      const variables = text("body:graphql:vars")?.trim() || "{}";
      const query = JSON.stringify(text("body:graphql") ?? "");
      return sent(`{"query": ${query}, "variables": ${variables}}`, "application/json");
    }
    case "form-urlencoded":
    case "formUrlEncoded":
      return sent(formText(one.pairs("body:form-urlencoded")), "application/x-www-form-urlencoded");
    case "multipart-form":
    case "multipartForm": {
      const isFile = ([, value]: readonly [string, string]): boolean => /^@file\(/.test(value);
      const parts = one.pairs("body:multipart-form");
      const files = parts.filter(isFile).map(([name]) => name);
      return multipart(parts.filter((part) => !isFile(part)).map(typedPart), files);
    }
    case "file":
      return { ...noBody, notes: [leftOutMessage("body-file", { path: one.get("body:file", "file") ?? "" })] };
    default:
      return { ...noBody, notes: [leftOutMessage("body-kind", { kind })] };
  }
}

/** `value @contentType(application/json)` */
function typedPart([name, value]: readonly [string, string]): readonly [string, string, string?] {
  const annotation = /\s*@contentType\(([^()\r\n]*)\)$/.exec(value);
  const type = annotation?.[1]?.trim();
  return type ? [name, value.slice(0, annotation?.index), type] : [name, value];
}

/** "inherit": that of the nearest folder that has one. */
function signInOf(one: Bru, mode: string, above: readonly Bru[]): SignIn {
  const nearest =
    mode === "inherit" ? above.findLast((folder) => !["", "inherit"].includes(modeOf(folder))) : undefined;
  const [from, kind] = mode === "inherit" ? [nearest, nearest ? modeOf(nearest) : "none"] : [one, mode];
  return signInBy(kind, (key) => from?.get(`auth:${kind}`, key) ?? "", "placement");
}

const modeOf = (folder: Bru): string => folder.get("auth", "mode") ?? "";

const comparisons: Readonly<Record<string, string>> = { eq: "==", neq: "!=", lt: "<", lte: "<=", gt: ">", gte: ">=" };
const texts: Readonly<Record<string, string>> = { eq: "==", neq: "!=", contains: "contains", notContains: "lacks" };

/** Bruno's assertions, as far as a `.http` file has them too. */
function checksOf(one: Bru): Pick<CollectedRequest, "assertions" | "captures" | "notes"> {
  const assertions: string[] = [];
  const notes: Message[] = [];
  for (const [subject, rule] of one.pairs("assert")) {
    const made = assertionOf(subject.trim(), rule);
    if (made === null) notes.push(leftOutMessage("test", { text: `${subject}: ${rule}` }));
    else assertions.push(made);
  }
  const captures: string[] = [];
  for (const [name, source] of one.pairs("vars:post-response")) {
    const field = fieldIn(source);
    // Of JSON: the first member of that name, a text without its quotation marks.
    const [, member] = /^res(?:\.body|\.getBody\(\))(?:\.\w+)*\.(\w+)$/.exec(source) ?? [];
    const json = `body matches /"${member}"\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([-+.\\w]+))/`;
    const from = field !== null ? `field ${field}` : member === undefined ? "" : json;
    const capture = `${name} = ${from}`;
    if (!("value" in parseCapture(capture))) notes.push(leftOutMessage("test", { text: `${name}: ${source}` }));
    else {
      captures.push(capture);
      if (field === null) notes.push(leftOutMessage("capture-escapes", { name }));
    }
  }
  return { assertions, captures, notes: [...notes, ...scriptsIn(one)] };
}

/** Of a request, a folder or the collection. */
const scriptsIn = ({ others }: Bru): Message[] =>
  others
    .filter(({ name, text }) => /^(?:script(?::.*)?|tests)$/.test(name) && text.trim() !== "")
    .map(({ name }) => leftOutMessage("script", { part: name.replace(/^script:/, "") }));

function assertionOf(subject: string, rule: string): string | null {
  const [, word = "", value = ""] = /^(\w+)\s*(.*)$/s.exec(rule.trim()) ?? [];
  const plain = value.replace(/^(["'])(.*)\1$/s, "$2");
  if (subject === "res.status" && /^[1-5]\d\d$/.test(plain) && comparisons[word] !== undefined)
    return `status ${comparisons[word]} ${plain}`;
  if (subject === "res.responseTime" && /^\d{1,9}$/.test(plain) && comparisons[word] !== undefined)
    return `took ${comparisons[word]} ${plain}ms`;
  const field = fieldIn(subject);
  const to = field !== null ? `field ${field}` : subject === "res.body" ? "body" : null;
  if (to === null || plain === "" || texts[word] === undefined) return null;
  return `${to} ${texts[word]} ${JSON.stringify(plain)}`;
}

/** The name in `res.headers.location` and `res.headers["location"]`. */
function fieldIn(source: string): string | null {
  const [, dotted, quoted] = /^res\.headers?(?:\.([\w-]+)|\[['"]([\w-]+)['"]\])$/.exec(source.trim()) ?? [];
  return dotted ?? quoted ?? null;
}
