// Which tool a file comes from, and its requests. The files may come from anywhere; nothing of them is run.
import { parseDocument, visit, YAMLParseError } from "yaml";
import type { z } from "zod";
import { errorText } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import { terminalText } from "../../base/terminal-text.js";
import { keptNumber, parseKeepingNumbers } from "../../protocol/kept-numbers.js";
import { exportMessage } from "../../trace/formats/messages.js";
import { hasTooManyValues, isTooDeep, maxValues } from "../../trace/formats/read-trace-json.js";
import { fromBruno, isBrunoFile, type TextFile } from "./bruno.js";
import { type CollectedEnvironment, type Collection, overHttp } from "./collection.js";
import { fromInsomnia4, fromInsomnia5, insomnia4, insomnia5 } from "./insomnia.js";
import { collectionProblem } from "./messages.js";
import { fromPostman, fromPostmanEnvironment, postmanCollection, postmanEnvironment } from "./postman.js";

/** A parser of YAML takes seconds for more, and hundreds of megabytes. */
const maxYamlMiB = 2;

/** A folder of requests takes two. */
const maxLevels = 200;

/** Files that belong together: all of Bruno's, each other one by itself. */
export function groupsOf(files: readonly TextFile[]): readonly (readonly TextFile[])[] {
  const bruno = files.filter(({ path }) => isBrunoFile(path));
  const others = files.filter(({ path }) => !isBrunoFile(path)).map((file) => [file]);
  return bruno.length > 0 ? [bruno, ...others] : others;
}

/** Null: they are no collection. Several files are one collection of Bruno's. @throws ProblemError */
export function readCollection(files: readonly TextFile[]): Collection | null {
  const [first] = files;
  if (first === undefined) return null;
  const read = files.every(({ path }) => isBrunoFile(path)) ? fromBruno(files) : fromFile(first);
  if (read === null) return null;
  const collection = overHttp(read);
  const { requests, environments } = collection;
  // Only an environment with a name can be chosen without a value.
  const isEmpty = ({ name, values, secrets }: CollectedEnvironment): boolean =>
    name === null && values.length + secrets.length === 0;
  if (requests.length === 0 && environments.every(isEmpty))
    throw new ProblemError(collectionProblem("collection-empty", { path: first.path }));
  return collection;
}

function fromFile(file: TextFile): Collection | null {
  const text = file.text.replace(/^\ufeff/, "");
  if (!/postman|insomnia|^_type:|"_type"/m.test(text)) return null; // a large file is not parsed twice
  if (/^\s*\{/.test(text)) {
    const json = shallow(jsonOf(file, text), file);
    if (isPostman(json)) return fromPostman(checked(postmanCollection, json, file));
    if (isRecord(json) && "_postman_variable_scope" in json) {
      const environment = fromPostmanEnvironment(checked(postmanEnvironment, json, file));
      return { name: "", variables: [], environments: [environment], requests: [] };
    }
    return isInsomnia4(json) ? fromInsomnia4(checked(insomnia4, json, file)) : null;
  }
  if (!/^(?:_type|type):/m.test(text)) return null;
  const yaml = shallow(yamlOf(file, text), file);
  if (isInsomnia4(yaml)) return fromInsomnia4(checked(insomnia4, yaml, file));
  const isFifth = isRecord(yaml) && typeof yaml["type"] === "string" && yaml["type"].includes("insomnia.rest/");
  return isFifth ? fromInsomnia5(checked(insomnia5, yaml, file)) : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isPostman = (json: unknown): boolean => {
  const info = isRecord(json) ? json["info"] : null;
  return isRecord(info) && ("_postman_id" in info || /postman\.com/.test(String(info["schema"])));
};
const isInsomnia4 = (json: unknown): boolean => isRecord(json) && json["_type"] === "export" && "resources" in json;

/** What is read level by level must not have a million of them. @throws ProblemError */
function shallow(value: unknown, { path }: TextFile): unknown {
  if (!isTooDeep(value, maxLevels)) return value;
  throw new ProblemError(collectionProblem("collection-too-deep", { path, maxLevels }));
}

/** Undefined: it is none, and whoever reads it next says so. @throws ProblemError */
function jsonOf({ path }: TextFile, text: string): unknown {
  if (hasTooManyValues(text)) throw new ProblemError(exportMessage("import-too-complex", { path, maxValues }));
  try {
    return parseKeepingNumbers(text);
  } catch {
    return undefined;
  }
}

/** @throws ProblemError */
function yamlOf({ path }: TextFile, text: string): unknown {
  if (Buffer.byteLength(text) > maxYamlMiB << 20)
    throw new ProblemError(collectionProblem("collection-yaml-too-large", { path, maxMiB: maxYamlMiB }));
  try {
    const document = parseDocument(text, { logLevel: "error" }); // its warnings would be printed as they are
    const [error] = document.errors;
    if (error !== undefined) throw error;
    visit(document, {
      Scalar: (place, node) => {
        if (typeof node.value !== "number" || node.source === undefined) return;
        node.value = place === "key" ? node.source : keptNumber(node.source);
      },
    });
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof YAMLParseError && error.code === "RESOURCE_EXHAUSTION")
      throw new ProblemError(collectionProblem("collection-too-deep", { path, maxLevels }), { cause: error });
    // The lines of the file that follow are introduced by a colon.
    const systemText = terminalText(errorText(error)).replace(/:?\n.*$/s, "");
    throw new ProblemError(collectionProblem("collection-invalid", { path, systemText }), { cause: error });
  }
}

/** @throws ProblemError that names the first wrong field */
function checked<T extends z.ZodType>(schema: T, value: unknown, { path }: TextFile): z.infer<T> {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const systemText = `${issue?.path.join(".") || "(all)"}: ${issue?.message ?? ""}`;
  throw new ProblemError(collectionProblem("collection-invalid", { path, systemText }));
}
