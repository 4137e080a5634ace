// YAML of a lesson, held against a schema. Every mistake has the line it stands in. A file is bounded before it is
// parsed, and may not repeat itself by aliases, so that it takes no more than milliseconds.
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { terminalText } from "../../base/terminal-text.js";
import type { Message } from "../../contract/message.js";
import { schemaMistakes } from "../../workspace/config/schema-mistakes.js";
import { lessonMistake } from "../messages.js";

export interface Mistake {
  /** In the folder of the lesson. */
  readonly path: string;
  readonly line: number | null;
  readonly why: Message;
}

export interface YamlText {
  readonly path: string;
  readonly text: string;
  /** Lines of the file before the text. */
  readonly above: number;
}

/** Nobody mends more at once. */
const maxMistakes = 20;

type Read<T> = { readonly value: T; readonly lineOf: LineOf } | null;
/** The line of what a path of keys leads to, or of the last that is there. */
export type LineOf = (path: readonly PropertyKey[]) => number;

/** Null: the mistakes are added to `mistakes`. */
export function readYaml<S extends z.ZodType>(schema: S, file: YamlText, mistakes: Mistake[]): Read<z.output<S>> {
  const { path, text, above } = file;
  const lines = new LineCounter();
  const lineAt = (offset: number): number => lines.linePos(offset).line + above;
  const document = parseDocument(text, { lineCounter: lines, logLevel: "error", prettyErrors: false });
  const [error] = document.errors;
  const refuse = (message: string, offset: number): null => {
    const systemText = terminalText(message).replace(/\n.*$/s, "");
    mistakes.push({ path, line: lineAt(offset), why: lessonMistake("lesson-not-yaml", { systemText }) });
    return null;
  };
  if (error !== undefined) return refuse(error.message, error.pos[0]);
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 0 });
  } catch (thrown) {
    if (!(thrown instanceof ReferenceError)) throw thrown; // an alias
    return refuse(thrown.message, 0);
  }
  const lineOf: LineOf = (keys) => lineAt(offsetOf(document.contents, keys));
  const { data, error: wrong } = schema.safeParse(plain, { reportInput: true });
  if (wrong === undefined) return { value: data, lineOf };
  for (const issue of wrong.issues.flatMap(innermost).slice(0, maxMistakes))
    for (const { path: keys, mistake } of schemaMistakes(issue).slice(0, maxMistakes)) {
      const key = keys.map(String).join(".") || path;
      const why =
        issue.code === "unrecognized_keys"
          ? lessonMistake("lesson-key-unknown", { key })
          : lessonMistake("lesson-key", { key, why: mistake.text });
      mistakes.push({ path, line: lineOf(keys), why });
    }
  return null;
}

type Issue = z.core.$ZodIssue;

/** Returns the issues of the alternative of a union that fits best: the one whose mistake lies deepest. */
function innermost(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));
  const unions = issue.errors.map((issues) => issues.flatMap(innermost));
  const [best = []] = unions.toSorted((one, other) => depth(other) - depth(one));
  if (depth(best) === 0 && !best.some(({ code }) => code === "unrecognized_keys")) return [issue];
  return best.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
}

function offsetOf(root: Node | null, keys: readonly PropertyKey[]): number {
  let offset = root?.range?.[0] ?? 0;
  let node: unknown = root;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (pair === undefined) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(key)];
      if (typeof item === "object" && item !== null && "range" in item && Array.isArray(item.range))
        offset = Number(item.range[0]);
      node = item;
    } else return offset;
  }
  return offset;
}
