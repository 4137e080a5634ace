// Reads cgi-workbench.json: JSON with comments and trailing commas. A mistake is reported with its line; the last valid
// configuration stays active until it is fixed. Without a file, the defaults apply.
import { posix } from "node:path";
import { findNodeAtLocation, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { errorCode, isWithin, NotRegularFile, readBounded } from "../../base/disk.js";
import { type Config, config, configFileName, defaultConfig } from "../../contract/config.js";
import type { Message } from "../../contract/message.js";
import { type ProblemMessage, toProblem } from "../../contract/problem.js";
import type { Problem } from "../../contract/workspace.js";
import { contradictions } from "../../routing/external-targets.js";
import { configMessage, mistakeMessage } from "./messages.js";
import { type Mistake, type Path, schemaMistakes } from "./schema-mistakes.js";

/** A longer file is not read. */
export const maxConfigBytes = 1 << 20;
/** Further mistakes are only counted. */
const maxProblems = 20;

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface ConfigContext {
  /** The folder's, absolute. */
  readonly root: string;
  /** The rules that `doctor.off` may name; null: any name is allowed. */
  readonly ruleIds: ReadonlySet<string> | null;
  /** The file to read, absolute; null: the folder's own. */
  readonly file?: string | null;
}

/** A configuration from its text. */
export function parseConfig(
  source: string,
  { root = "/", ruleIds = null, file = null }: Partial<ConfigContext> = {},
): ConfigResult {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  if (errors.length > 0 || tree === undefined) {
    const syntax = errors.length > 0 ? errors : [{ error: 4 as const, offset: 0, length: 0 }];
    return refuse(
      syntax.map(({ error, offset }) => {
        const mistake = mistakeMessage("syntax-error", { parserCode: printParseErrorCode(error) });
        return wrong(file, lineAt(offset), null, mistake);
      }),
    );
  }
  const lineOf = (path: Path): number => {
    const node = nearest(path, (p) => findNodeAtLocation(tree, p));
    const key = node?.parent?.type === "property" ? node.parent : node;
    return lineAt(key?.offset ?? 0);
  };
  const parsed = config.safeParse(plainValue(tree), { reportInput: true });
  if (parsed.success) {
    const mistakes = mistakesIn(parsed.data, { root, ruleIds }).map(({ path, mistake }) =>
      wrong(file, lineOf(path), path, mistake),
    );
    return mistakes.length === 0 ? { ok: true, config: parsed.data } : refuse(mistakes);
  }
  return refuse(
    parsed.error.issues.flatMap(schemaMistakes).map(({ path, mistake }) => wrong(file, lineOf(path), path, mistake)),
  );
}

/** Mistakes that the schema cannot detect. */
function mistakesIn(config: Config, { root, ruleIds }: Pick<ConfigContext, "root" | "ruleIds">): Mistake[] {
  const watching = [
    ...Object.entries(config.scripts).map(among("scripts")),
    ...Object.entries(config.handlers).map(among("handlers")),
  ];
  const unknown = Object.keys(config.doctor.off).filter((id) => ruleIds?.has(id) === false);
  return [
    ...unknown.map((id) => ({ path: ["doctor", "off", id], mistake: mistakeMessage("unknown-rule") })),
    ...watching
      .flat()
      .flatMap(({ path, watched }) =>
        isWithin(posix.resolve(root, watched), root) ? [] : [{ path, mistake: mistakeMessage("watched-outside") }],
      ),
    ...contradictions(config, root).map(({ lead, earlier }) => ({
      path: [...lead.at, "connections"],
      mistake: mistakeMessage("connections-contradict", {
        other: keyPath([...earlier.at]),
        connections: earlier.connections,
      }),
    })),
  ];
}

/** The files that the settings of a script or a handler watch, each with its place. */
const among =
  (section: "scripts" | "handlers") =>
  ([name, settings]: readonly [string, { readonly watch?: readonly string[] | undefined } | null]): {
    path: Path;
    watched: string;
  }[] =>
    (settings?.watch ?? []).map((watched, index) => ({ path: [section, name, "watch", index], watched }));

/** The configuration file as it is now. A folder without one of its own has the defaults. */
export async function readConfig(context: ConfigContext): Promise<ConfigResult> {
  const { root } = context;
  const own = context.file == null;
  const file = context.file ?? `${root === "/" ? "" : root}/${configFileName}`;
  const whole = { path: context.file ?? configFileName, line: null };
  try {
    const read = await readBounded(file, maxConfigBytes);
    if (read.kind === "too-large")
      return unreadable(configMessage("config-too-large", { ...whole, maxBytes: maxConfigBytes }));
    return parseConfig(new TextDecoder("utf-8", { fatal: true }).decode(read.bytes), context);
  } catch (error) {
    if (errorCode(error) === "ENOENT" && own) return { ok: true, config: defaultConfig };
    if (error instanceof TypeError) return unreadable(configMessage("config-not-utf-8", whole));
    if (error instanceof NotRegularFile) return unreadable(configMessage("config-not-a-file", whole));
    return unreadable(configMessage("config-unreadable", { ...whole, systemText: errorCode(error) || String(error) }));
  }
}

const unreadable = (message: ProblemMessage): ConfigResult => refuse([toProblem(message)]);

/** `file`: see `ConfigContext`. `path`: of the setting; null: the mistake lies in the syntax. */
function wrong(file: string | null, line: number, path: Path | null, mistake: Message): Problem {
  const setting = path && keyPath(path);
  const problem = toProblem(configMessage("mistake-in-line", { path: file ?? configFileName, line, setting, mistake }));
  return file === null ? { ...problem, file: configFileName, line } : problem;
}

function refuse(problems: readonly Problem[], path = configFileName): ConfigResult {
  if (problems.length <= maxProblems) return { ok: false, problems };
  return {
    ok: false,
    problems: [
      ...problems.slice(0, maxProblems),
      toProblem(configMessage("more-mistakes", { path, line: null, count: problems.length - maxProblems })),
    ],
  };
}

/** The node at the path, or the nearest one above it: a missing key is reported at the line of its object. */
function nearest<T>(path: Path, find: (path: Path) => T | undefined): T | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = find(path.slice(0, length));
    if (node !== undefined) return node;
  }
  return undefined;
}

/** "" is the whole file. */
const keyPath = (path: Path): string =>
  path.map((step, i) => (typeof step === "number" ? `[${step + 1}]` : i === 0 ? step : `.${step}`)).join("");

/**
 * The value of a parsed tree. Not jsonc-parser's own `getNodeValue`: with it a key named `__proto__` would become the
 * prototype.
 */
function plainValue(node: import("jsonc-parser").Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(plainValue);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
      key && value ? [[String(key.value), plainValue(value)]] : [],
    ),
  );
}
