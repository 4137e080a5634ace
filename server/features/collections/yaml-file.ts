// The values of a YAML file with the lines they stand in, and what is wrong with a file.
import { type Document, isNode, LineCounter, parseDocument, visit, YAMLParseError } from "yaml";
import type { z } from "zod";
import { errorText } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import { terminalText } from "../../base/terminal-text.js";
import { keptNumber } from "../../protocol/kept-numbers.js";
import { isTooDeep } from "../../trace/formats/read-trace-json.js";
import type { DamagedFile, TextFile } from "./collection.js";
import { collectionProblem, leftOutMessage } from "./messages.js";

/** A parser of YAML takes seconds for more, and hundreds of megabytes. */
const maxYamlMiB = 2;

/** A folder of requests takes two. */
const maxLevels = 200;

interface ReadFile {
  readonly value: unknown;
  /** The line of a value, or of the nearest one around it. */
  lineOf(path: readonly PropertyKey[]): number | null;
}

/** @throws ProblemError */
export function yamlOf(file: TextFile): ReadFile {
  const text = file.text.replace(/^\ufeff/, "");
  if (Buffer.byteLength(text) > maxYamlMiB << 20)
    throw new ProblemError(collectionProblem("collection-yaml-too-large", { path: file.path, maxMiB: maxYamlMiB }));
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, { logLevel: "error", lineCounter }); // its warnings would be printed as they are
    const [error] = document.errors;
    if (error !== undefined) throw error;
    visit(document, {
      Scalar: (place, node) => {
        if (typeof node.value !== "number" || node.source === undefined) return;
        node.value = place === "key" ? node.source : keptNumber(node.source);
      },
    });
    const value = shallow(document.toJS({ maxAliasCount: 100 }), file);
    return { value, lineOf: (path) => lineIn(document, lineCounter, path) };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (error instanceof YAMLParseError && error.code === "RESOURCE_EXHAUSTION")
      throw new ProblemError(collectionProblem("collection-too-deep", { path: file.path, maxLevels }), {
        cause: error,
      });
    // The lines of the file that follow are introduced by a colon.
    const systemText = terminalText(errorText(error)).replace(/:?\n.*$/s, "");
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? null) : null;
    throw new ProblemError(collectionProblem("collection-invalid", { path: file.path, systemText, line }), {
      cause: error,
    });
  }
}

function lineIn(document: Document, lineCounter: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
  }
  return null;
}

/** What is read level by level must not have a million of them. @throws ProblemError */
export function shallow(value: unknown, { path }: TextFile): unknown {
  if (!isTooDeep(value, maxLevels)) return value;
  throw new ProblemError(collectionProblem("collection-too-deep", { path, maxLevels }));
}

/** @throws ProblemError that names the first wrong field, and its line */
export function checked<T extends z.ZodType>(schema: T, { value, lineOf }: ReadFile, { path }: TextFile): z.infer<T> {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const line = lineOf(issue?.path ?? []);
  const place = line === null ? "" : ` at line ${line}`;
  const systemText = `${issue?.path.join(".") || "(all)"}: ${issue?.message ?? ""}${place}`;
  throw new ProblemError(collectionProblem("collection-invalid", { path, systemText, line }));
}

/** Reads the files that can be read, and names the others. @throws ProblemError of the first one if there is none */
export function readEach<T>(
  files: readonly TextFile[],
  read: (file: TextFile) => T,
): { readonly found: readonly T[]; readonly damaged: readonly DamagedFile[] } {
  const found: T[] = [];
  const damaged: DamagedFile[] = [];
  let first: ProblemError | null = null;
  for (const file of files)
    try {
      found.push(read(file));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== "collection-invalid") throw error;
      first ??= error;
      const { line, systemText } = error.problem.data ?? {};
      const place = typeof line === "number" ? `${file.path}:${line}` : file.path;
      damaged.push({ place, note: leftOutMessage("damaged", { path: file.path, systemText: String(systemText) }) });
    }
  if (first !== null && found.length === 0) throw first;
  return { found, damaged };
}
