// Reads cgi-workbench.json: JSON with comments and trailing commas. A mistake is reported with its line; the last valid
// configuration stays active until it is fixed, and while its folder is gone. Without a file, the defaults apply.
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { errorCode, NotRegularFile, readBounded } from "../../base/disk.js";
import { type Config, closedRoute, config, configFileName, defaultConfig } from "../../contract/config.js";
import type { Message, Sentence } from "../../contract/message.js";
import { type ProblemMessage, toProblem } from "../../contract/problem.js";
import type { Problem } from "../../contract/workspace.js";
import { folderIdentity } from "../files/folders.js";
import { folderMessage } from "../files/messages.js";
import { tooDeepAt } from "./json-depth.js";
import { configMessage, mistakeMessage } from "./messages.js";
import { keyPath, type Mistake, type Path, schemaMistakes } from "./schema-mistakes.js";
import { type SettingsContext, settingMistakes } from "./setting-mistakes.js";

/** A longer file is not read. */
export const maxConfigBytes = 1 << 20;
/**
 * What may name a setting that protects files, in a text that is not valid. That is any route: one that leads "/" to a
 * folder keeps what lies beside it from being served. And any handler: without it the source of a page is sent. Each
 * route has a `path`, each handler one of three keys. JSON may escape any letter.
 */
const protecting = /\\u|\b(?:routes|path|handlers|interpreter|action|address|auth|deny|run)\b/;
/** Further mistakes are only counted. */
const maxProblems = 20;

type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** It may ask for passwords, deny files, keep scripts from running, or lead paths or kinds of files elsewhere. */
      readonly mayProtect: boolean;
      /** With routes that give no response in place of those with mistakes; null: there are other mistakes. */
      readonly closed: Config | null;
    };

type Refused = Extract<ConfigResult, { ok: false }>;

/** `text`: of the file; null: there is none, or it cannot be read as text. */
type ReadConfig = ConfigResult & { readonly text: string | null };

interface ConfigContext extends SettingsContext {
  /** The file to read, absolute; null: the folder's own. */
  readonly file?: string | null;
  /** Its text, if it was read before and is not to be read again. */
  readonly known?: string | null;
}

/** A configuration from its text. */
export function parseConfig(
  source: string,
  { root = "/", ruleIds = null, file = null }: Partial<ConfigContext> = {},
): ConfigResult {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  /** A problem is made only of what is shown: each line is counted from the start of the text. */
  const refused = <Found>(found: readonly Found[], problemOf: (one: Found) => Problem): Refused => {
    const problems = found.slice(0, maxProblems).map(problemOf);
    const rest = { path: file ?? configFileName, line: null, count: found.length - problems.length };
    if (rest.count > 0) problems.push(toProblem(configMessage("more-mistakes", rest)));
    return { ok: false, problems, mayProtect: protecting.test(text), closed: null };
  };
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const deep = tooDeepAt(text);
  if (deep !== null)
    return refused([deep], (offset) => wrong(file, lineAt(offset), null, mistakeMessage("nested-too-deep")));
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  if (errors.length > 0 || tree === undefined) {
    const syntax: readonly ParseError[] = errors.length > 0 ? errors : [{ error: 4, offset: 0, length: 0 }];
    return refused(syntax, ({ error, offset }) => {
      const mistake = mistakeMessage("syntax-error", { parserCode: printParseErrorCode(error) });
      return wrong(file, lineAt(offset), null, mistake);
    });
  }
  const written = plainValue(tree);
  const repeated = repeatedKeys(tree);
  const parsed = parsedWith(written, { root, ruleIds });
  if (parsed.config !== null && repeated.length === 0) return { ok: true, config: parsed.config };
  const mistakes: readonly (Mistake & { readonly offset?: number })[] = [...repeated, ...parsed.mistakes];
  const problemOf = ({ path, mistake, offset = offsetIn(tree, path) }: (typeof mistakes)[number]) =>
    wrong(file, lineAt(offset), path, mistake);
  const closed = repeated.length > 0 ? null : closedWhere(written, parsed.mistakes, problemOf, { root, ruleIds });
  return { ...refused(mistakes, problemOf), closed };
}

/** The problems of a valid configuration's text whose mistakes were found in use. */
export function problemsIn(text: string, mistakes: readonly Mistake[], file: string | null): readonly Problem[] {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  return mistakes.map(({ path, mistake }) => {
    const line = text.slice(0, tree ? offsetIn(tree, path) : 0).split("\n").length;
    return wrong(file, line, path, mistake);
  });
}

function offsetIn(tree: Node, path: Path): number {
  const node = nearest(path, (p) => findNodeAtLocation(tree, p));
  const key = node?.parent?.type === "property" ? node.parent : node;
  return key?.offset ?? 0;
}

/** The mistakes of a configuration; without any, `config` is what it says. */
function parsedWith(
  written: unknown,
  context: SettingsContext,
): { readonly config: Config | null; readonly mistakes: readonly Mistake[] } {
  const parsed = config.safeParse(written, { reportInput: true });
  if (!parsed.success) return { config: null, mistakes: parsed.error.issues.flatMap(schemaMistakes) };
  const mistakes = settingMistakes(parsed.data, context);
  return { config: mistakes.length === 0 ? parsed.data : null, mistakes };
}

/** The configuration with its routes that have mistakes closed; null if one cannot be, or a mistake lies elsewhere. */
function closedWhere(
  written: unknown,
  mistakes: readonly Mistake[],
  problemOf: (mistake: Mistake) => Problem,
  context: SettingsContext,
): Config | null {
  if (typeof written !== "object" || written === null || !("routes" in written) || !Array.isArray(written.routes))
    return null;
  const routes: readonly unknown[] = written.routes;
  const why = new Map<number, Sentence>();
  for (const one of mistakes) {
    const [section, index] = one.path;
    if (section !== "routes" || typeof index !== "number") return null;
    if (!why.has(index)) why.set(index, problemOf(one).message);
  }
  const sound = parsedWith({ ...written, routes: routes.filter((_, index) => !why.has(index)) }, context).config;
  const kept = sound?.routes.values();
  // In the file's order: the folder's trust depends on it.
  const all = routes.map((route, index) => {
    const mistake = why.get(index);
    return mistake === undefined ? (kept?.next().value ?? null) : closedRoute(route, mistake);
  });
  return sound && all.every((route) => route !== null) ? { ...sound, routes: all } : null;
}

/** Keys that their object has already. Only one of two values could apply, and the other may require a sign-in. */
function repeatedKeys(node: Node, path: Path = []): (Mistake & { readonly offset: number })[] {
  const children = node.children ?? [];
  if (node.type === "array") return children.flatMap((child, index) => repeatedKeys(child, [...path, index]));
  const known = new Set<string>();
  return children.flatMap(({ offset, children: [key, value] = [] }) => {
    const name = String(key?.value);
    const own = [...path, name];
    const repeated = known.has(name) ? [{ offset, path: own, mistake: mistakeMessage("setting-repeated") }] : [];
    known.add(name);
    return [...repeated, ...(value === undefined ? [] : repeatedKeys(value, own))];
  });
}

/**
 * The configuration file as it is now. A folder without one of its own has the defaults; one that is gone has lost
 * nothing: its rules must hold for the folder that takes its place until its own are read.
 */
export async function readConfig(context: ConfigContext): Promise<ReadConfig> {
  const { root } = context;
  const own = context.file == null;
  const file = context.file ?? `${root === "/" ? "" : root}/${configFileName}`;
  const whole = { path: context.file ?? configFileName, line: null };
  const folder = await folderIdentity(root);
  if (folder === null) return unreadable(folderMessage("folder-gone", { path: root }));
  if (context.known != null) return { ...parseConfig(context.known, context), text: context.known };
  try {
    const read = await readBounded(file, maxConfigBytes);
    if (read.kind === "too-large")
      return unreadable(configMessage("config-too-large", { ...whole, maxBytes: maxConfigBytes }));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(read.bytes);
    return { ...parseConfig(text, context), text };
  } catch (error) {
    if (errorCode(error) === "ENOENT" && own)
      return (await folderIdentity(root)) === folder ? defaults : readConfig(context);
    if (error instanceof TypeError) return unreadable(configMessage("config-not-utf-8", whole));
    if (error instanceof NotRegularFile) return unreadable(configMessage("config-not-a-file", whole));
    return unreadable(configMessage("config-unreadable", { ...whole, systemText: errorCode(error) || String(error) }));
  }
}

const defaults: ReadConfig = { ok: true, config: defaultConfig, text: null };
const unreadable = (message: ProblemMessage): ReadConfig => ({
  ok: false,
  problems: [toProblem(message)],
  mayProtect: true,
  closed: null,
  text: null,
});

/** `file`: see `ConfigContext`. `path`: of the setting; null: the mistake lies in the syntax. */
function wrong(file: string | null, line: number, path: Path | null, mistake: Message): Problem {
  const setting = path && keyPath(path);
  const problem = toProblem(configMessage("mistake-in-line", { path: file ?? configFileName, line, setting, mistake }));
  return file === null ? { ...problem, file: configFileName, line } : problem;
}

/** The node at the path, or the nearest one above it: a missing key is reported at the line of its object. */
function nearest<T>(path: Path, find: (path: Path) => T | undefined): T | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = find(path.slice(0, length));
    if (node !== undefined) return node;
  }
  return undefined;
}

/**
 * The value of a parsed tree. Not jsonc-parser's own `getNodeValue`: with it a key named `__proto__` would become the
 * prototype.
 */
function plainValue(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(plainValue);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
      key && value ? [[String(key.value), plainValue(value)]] : [],
    ),
  );
}
