// Bruno's YAML files (OpenCollection), as the blocks of its `.bru` files.
// https://docs.usebruno.com/opencollection-yaml/structure-reference
import { z } from "zod";
import type { BlockFile, BruBlock } from "./bru-file.js";
import type { DamagedFile, TextFile } from "./collection.js";
import { isYamlOfBruno, openRoots } from "./file-groups.js";
import { value } from "./postman-url.js";
import { checked, readEach, yamlOf } from "./yaml-file.js";

const text = value.transform((given) => String(given ?? ""));
const isSelected = z.boolean().nullish();
/** The one of several variants that the collection names, or the first. */
const chosen = <T>(
  variants: readonly { readonly selected?: boolean | null | undefined; readonly one: T }[],
): T | null => (variants.find(({ selected }) => selected === true) ?? variants[0])?.one ?? null;

const typed = z.union([text, z.object({ data: text }).transform(({ data }) => data)]);
const pair = z.object({
  name: text,
  value: z.union([
    typed,
    z.array(z.object({ selected: isSelected, value: typed })).transform((all) => {
      return chosen(all.map(({ selected, value: one }) => ({ selected, one }))) ?? "";
    }),
    z.array(text).transform((paths) => paths.join(", ")),
  ]),
  disabled: z.boolean().nullish(),
  secret: z.boolean().nullish(),
  type: text,
  contentType: text,
  filePath: text,
});
const pairs = z.array(pair).nullish();
const sentBody = z.object({ type: text, data: z.union([text, z.array(pair)]) });
const body = z.union([
  z.object({ query: z.string(), variables: text }), // a text that is missing would be read as an empty one
  sentBody,
  z
    .array(z.object({ selected: isSelected, body: sentBody }))
    .transform((all) => chosen(all.map(({ selected, body: one }) => ({ selected, one })))),
]);
const auth = z.union([z.string(), z.looseObject({ type: text })]).nullish();
const scripts = z.array(z.object({ type: text, code: text })).nullish();
const sent = z.object({ method: text, url: text, headers: pairs, params: pairs, body: body.nullish(), auth });
const file = z.object({
  info: z.object({ name: text, type: text, seq: text }).nullish(),
  http: sent.nullish(),
  graphql: sent.nullish(),
  /** What requests have from a folder, or from the collection. */
  request: z.object({ headers: pairs, auth, variables: pairs, scripts }).nullish(),
  runtime: z
    .object({
      variables: pairs,
      scripts,
      assertions: z.array(z.object({ expression: text, operator: text, value: text, disabled: isSelected })).nullish(),
      actions: z
        .array(
          z.object({
            phase: text,
            selector: z.object({ expression: text }).nullish(),
            variable: z.object({ name: text }).nullish(),
            disabled: isSelected,
          }),
        )
        .nullish(),
      auth,
    })
    .nullish(),
  /** In the file of an environment. */
  name: text,
  variables: pairs,
  /** In one file that has a whole collection in it. */
  config: z
    .object({
      environments: z
        .array(z.object({ name: text, variables: pairs }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  get items() {
    return z.array(file).nullish();
  },
});
type File = z.infer<typeof file>;
type Pairs = z.infer<typeof pairs>;

/** Files beside the collection's, such as of a container, are none of its own. */
const isOwn = (one: TextFile): boolean =>
  isYamlOfBruno(one) ||
  one.text.trim() === "" ||
  /^info:/m.test(one.text) ||
  /(?:^|\/)environments\/[^/]+$/.test(one.path);

export function readOpenCollection(files: readonly TextFile[]): {
  readonly found: readonly BlockFile[];
  readonly damaged: readonly DamagedFile[];
} {
  const [root = ""] = openRoots(files);
  const { found, damaged } = readEach(files.filter(isOwn), (one) => ({
    path: root === "" ? one.path : one.path.slice(root.length + 1),
    given: checked(file, yamlOf(one), one),
  }));
  return { found: found.flatMap(({ path, given }) => filesIn(path, given)), damaged };
}

/** A file with a whole collection in it is as many files as a folder would have. */
function filesIn(path: string, given: File): BlockFile[] {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const items = (given.items ?? []).flatMap((item, index) => {
    const name = `${folder}${String(index).padStart(6, "0")}`;
    return filesIn(item.items || item.info?.type === "folder" ? `${name}/folder.yml` : `${name}.yml`, item);
  });
  const environments = (given.config?.environments ?? []).map((one) => ({
    path: `environments/${one.name}.yml`,
    blocks: [block("vars", one.variables), secretsOf(one.variables)],
  }));
  return [{ path, blocks: blocksOf(given) }, ...items, ...environments];
}

const enabled = (given: Pairs): NonNullable<Pairs> => (given ?? []).filter(({ disabled }) => disabled !== true);

const block = (name: string, given: Pairs, content = ""): BruBlock => ({
  name,
  pairs: enabled(given).map((one) => ({ name: one.name, value: one.value })),
  text: content,
});

const members = (name: string, given: Readonly<Record<string, string | undefined>>): BruBlock => ({
  name,
  pairs: Object.entries(given).flatMap(([key, content]) => (content ? [{ name: key, value: content }] : [])),
  text: "",
});

const secretsOf = (given: Pairs): BruBlock =>
  block(
    "vars:secret",
    given?.filter(({ secret }) => secret === true),
  );

function blocksOf({ info, http, graphql, request, runtime, name, variables }: File): BruBlock[] {
  const kind = info?.type ?? "";
  const isOther = !["", "http", "graphql", "folder"].includes(kind);
  const details = http ?? graphql ?? null;
  const params = details?.params?.filter(({ type }) => type === "path");
  const signIn = details?.auth ?? runtime?.auth ?? request?.auth ?? "";
  const mode = typeof signIn === "string" ? signIn : signIn.type;
  const { blocks, kind: bodyKind } = bodyOf(details?.body, graphql != null);
  const url = isOther ? `${kind}://` : details?.url;
  const method = details?.method || (graphql ? "POST" : "GET");
  return [
    members("meta", { name: info?.name || name, seq: info?.seq }),
    ...(details || isOther ? [members("http", { method, url, body: bodyKind, auth: mode })] : []),
    members("auth", { mode }),
    members(`auth:${mode}`, typeof signIn === "string" ? {} : textsIn(signIn, mode)),
    block("headers", details?.headers ?? request?.headers),
    block("params:path", params),
    ...blocks,
    ...(variables ? [block("vars", variables), secretsOf(variables)] : []),
    block("vars:pre-request", [...(request?.variables ?? []), ...(runtime?.variables ?? [])]),
    ...[...(request?.scripts ?? []), ...(runtime?.scripts ?? [])].map(({ type, code }) => scriptBlock(type, code)),
    {
      name: "assert",
      text: "",
      pairs: (runtime?.assertions ?? [])
        .filter(({ disabled }) => disabled !== true)
        .map((one) => ({ name: one.expression, value: `${one.operator} ${one.value}`.trim() })),
    },
    {
      name: "vars:post-response",
      text: "",
      pairs: (runtime?.actions ?? [])
        .filter(({ disabled, phase }) => disabled !== true && phase === "after-response")
        .map(({ variable, selector }) => ({ name: variable?.name ?? "", value: selector?.expression ?? "" })),
    },
  ];
}

/** Some write what belongs to a sign-in into a value with its name. */
function textsIn(signIn: Readonly<Record<string, unknown>>, mode: string): Record<string, string> {
  const own = z.record(z.string(), text.catch("")).safeParse(signIn[mode]).data ?? {};
  return { ...z.record(z.string(), text.catch("")).parse(signIn), ...own };
}

const scriptNames: Readonly<Record<string, string>> = {
  "before-request": "script:pre-request",
  "after-response": "script:post-response",
};
const scriptBlock = (type: string, code: string): BruBlock => ({
  name: scriptNames[type] ?? (type === "tests" ? "tests" : `script:${type}`),
  pairs: [],
  text: code,
});

function bodyOf(
  given: z.infer<typeof body> | null | undefined,
  isGraphql: boolean,
): { readonly kind: string; readonly blocks: readonly BruBlock[] } {
  if (given == null) return { kind: isGraphql ? "graphql" : "none", blocks: [] };
  if (!("type" in given))
    return {
      kind: "graphql",
      blocks: [block("body:graphql", [], given.query), block("body:graphql:vars", [], given.variables)],
    };
  const { type, data } = given;
  if (typeof data === "string") return { kind: type || "none", blocks: [block(`body:${type}`, [], data)] };
  if (type === "file") {
    const files = data.map((one) => ({ ...one, name: "file", value: one.filePath }));
    return { kind: type, blocks: [block("body:file", files)] };
  }
  const parts = data.map((one) => ({ ...one, value: partOf(one) }));
  return { kind: type, blocks: [block(`body:${type}`, type === "multipart-form" ? parts : data)] };
}

/** Writes the value of a multipart field as a `.bru` file has it. */
const partOf = ({ type, value: content, contentType }: z.infer<typeof pair>): string =>
  type === "file" ? `@file(${content})` : contentType ? `${content} @contentType(${contentType})` : content;
