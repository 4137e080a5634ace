// Postman's format 3: a folder of YAML files, each a request, the settings of a folder or an environment. It becomes a
// collection in the format 2.1. https://learning.postman.com/docs/collections/collections-schemas
import { z } from "zod";
import type { Collection, TextFile } from "./collection.js";
import { postmanRoots } from "./file-groups.js";
import { formPart, fromPostman, fromPostmanEnvironment, type Item } from "./postman.js";
import { kept, pair, text, value, withParameters } from "./postman-url.js";
import { checked, readEach, yamlOf } from "./yaml-file.js";

const byName = z
  .record(z.string(), value)
  .transform((given) => Object.entries(given).map(([key, one]) => ({ key, value: one, type: null })));
const pairs = z.union([z.array(pair), byName]).nullish();
const oneAuth = z.object({ type: z.string(), credentials: pairs });
const auth = z.union([oneAuth, z.array(oneAuth).transform(([first]) => first)]).nullish();
const order = z.union([z.number(), kept.transform(Number)]).nullish();
const settings = z.object({
  name: text,
  order,
  variables: pairs,
  auth,
  scripts: z.array(z.object({ type: z.string(), code: text })).nullish(),
});
const graphql = z.object({ query: text, variables: z.unknown().optional() });
const graphqlBody = ({ query, variables }: z.infer<typeof graphql>) => ({
  mode: "graphql",
  graphql: { query, variables },
});
const raw = z.enum(["json", "text", "xml", "html", "javascript"]);
/** Turns the body into that of format 2.1. */
const body = z.union([
  z.object({ type: z.literal("none") }).transform(() => null),
  z.object({ type: raw, content: value }).transform(({ type, content }) => ({
    mode: "raw",
    raw: String(content ?? ""),
    options: { raw: { language: type } },
  })),
  z
    .object({ type: z.literal("urlencoded"), content: z.union([z.string(), pairs]) })
    .transform(({ content }) => ({ mode: "urlencoded", urlencoded: content })),
  z
    .object({ type: z.literal("formdata"), content: z.array(formPart).nullish() })
    .transform(({ content }) => ({ mode: "formdata", formdata: content })),
  z
    .object({ type: z.literal("file"), content: z.union([z.string(), z.object({ src: text })]).nullish() })
    .transform(({ content }) => ({
      mode: "file",
      file: { src: typeof content === "string" ? content : content?.src },
    })),
  z.object({ type: z.literal("graphql"), content: graphql }).transform(({ content }) => graphqlBody(content)),
]);
const request = settings.extend({
  $kind: z.string(),
  method: text,
  url: text,
  headers: pairs,
  queryParams: pairs,
  pathVariables: pairs,
  body: body.nullish(),
  /** A GraphQL request has a query and variables. */
  query: text,
  variables: z.unknown().optional(),
});
const environment = z.object({
  name: text,
  values: z.array(pair.extend({ enabled: z.boolean().nullish(), secret: z.boolean().nullish() })),
});
type Settings = z.infer<typeof settings>;
type Request = z.infer<typeof request>;

export function fromPostmanFolder(files: readonly TextFile[]): Collection {
  const parts = files.filter(({ path }) => !/\.(?:environment|globals)\.\w+$/.test(path));
  const root = parts[0] === undefined ? "" : postmanRoots(parts)(parts[0].path);
  const prefix = root === "" ? "" : `${root}/`;
  const folders = new Map<string, Settings>();
  const requests: { readonly path: string; readonly given: Request }[] = [];
  const environments: Collection["environments"][number][] = [];
  const { damaged } = readEach(files, (file) => {
    const path = file.path.slice(parts.includes(file) ? prefix.length : 0);
    const yaml = yamlOf(file);
    const folder = /^(.*?)\/?\.resources\/definition\.\w+$/.exec(path)?.[1];
    const [, name = "", kind] = /([^/]*)\.(environment|globals)\.\w+$/.exec(path) ?? [];
    if (folder !== undefined) folders.set(folder, checked(settings, yaml, file));
    else if (kind === undefined) requests.push({ path, given: checked(request, yaml, file) });
    else {
      const given = checked(environment, yaml, file);
      const values = given.values.map((one) => ({ ...one, type: one.secret === true ? "secret" : one.type }));
      const scope = { name: given.name ?? name, values, _postman_variable_scope: kind };
      environments.push(fromPostmanEnvironment(scope));
    }
  });
  const top = folders.get("");
  const schema = "postman.com";
  const collection = fromPostman({
    ...shared(top),
    variable: top?.variables,
    info: { name: top?.name ?? root.slice(root.lastIndexOf("/") + 1), schema },
    item: itemsIn("", requests, folders),
  });
  return { ...collection, environments: [...collection.environments, ...environments], damaged };
}

/** Sorts folders and requests as Postman lists them: by their numbers, then by name. */
function itemsIn(
  folder: string,
  requests: readonly { readonly path: string; readonly given: Request }[],
  folders: ReadonlyMap<string, Settings>,
): Item[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  const within = requests.filter(({ path }) => path.startsWith(prefix));
  const rest = ({ path }: { readonly path: string }): string => path.slice(prefix.length);
  const names = new Set(within.map(rest).flatMap((path) => (path.includes("/") ? [path.replace(/\/.*/s, "")] : [])));
  const inner = [...names].map((name) => {
    const given = folders.get(prefix + name);
    const item = itemsIn(prefix + name, within, folders);
    return { order: given?.order, item: { ...shared(given), name: given?.name ?? name, item } };
  });
  const own = within
    .filter((one) => !rest(one).includes("/"))
    .map((one) => ({ order: one.given.order, item: requestItem(rest(one), one.given) }));
  return [...inner, ...own].toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)).map(({ item }) => item);
}

const shared = (given: Pick<Settings, "auth" | "scripts"> | undefined): Pick<Item, "auth" | "event"> => ({
  auth:
    given?.auth && given.auth.type !== "inherit"
      ? { type: given.auth.type, [given.auth.type]: given.auth.credentials ?? [] }
      : null,
  event: (given?.scripts ?? []).map(({ type, code }) => ({
    listen: /before/i.test(type) ? "prerequest" : "test",
    script: { exec: code ?? "" },
  })),
});

function requestItem(file: string, given: Request): Item {
  const kind = given.$kind.replace(/-request$/, "");
  const isGraphql = kind === "graphql";
  const raw = kind === "http" || isGraphql ? withParameters(given.url ?? "", given.queryParams) : `${kind}://`;
  return {
    ...shared(given),
    name: given.name ?? file.replace(/\.request\.\w+$/, ""),
    request: {
      method: given.method ?? (isGraphql ? "POST" : "GET"),
      url: { raw, variable: given.pathVariables ?? null },
      header: given.headers ?? null,
      body: isGraphql ? graphqlBody(given) : (given.body ?? null),
    },
  };
}
