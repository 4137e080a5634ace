// Which tool a file comes from, and its requests. The files may come from anywhere; nothing of them is run.
import { ProblemError } from "../../base/problem.js";
import { parseKeepingNumbers } from "../../protocol/kept-numbers.js";
import { exportMessage } from "../../trace/formats/messages.js";
import { hasTooManyValues, maxValues } from "../../trace/formats/read-trace-json.js";
import { fromBruno } from "./bruno.js";
import { type CollectedEnvironment, type Collection, overHttp, type TextFile } from "./collection.js";
import { isBrunoFile, isPostmanFile, isYamlOfBruno } from "./file-groups.js";
import { fromInsomnia4, fromInsomnia5, insomnia4, insomnia5 } from "./insomnia.js";
import { collectionProblem } from "./messages.js";
import { fromPostman, fromPostmanEnvironment, postmanCollection, postmanEnvironment } from "./postman.js";
import { fromPostmanFolder } from "./postman-folder.js";
import { checked, shallow, yamlOf } from "./yaml-file.js";

/** Null: they are no collection. Several files are the folder of one collection. @throws ProblemError */
export function readCollection(files: readonly TextFile[]): Collection | null {
  const [first] = files;
  if (first === undefined) return null;
  const read = fromFolder(files) ?? fromFile(first);
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

function fromFolder(files: readonly TextFile[]): Collection | null {
  if (files.every(({ path }) => isPostmanFile(path))) return fromPostmanFolder(files);
  return files.every(({ path }) => isBrunoFile(path)) || files.some(isYamlOfBruno) ? fromBruno(files) : null;
}

function fromFile(file: TextFile): Collection | null {
  const text = file.text.replace(/^\ufeff/, "");
  if (!/postman|insomnia|^_type:|"_type"/m.test(text)) return null; // a large file is not parsed twice
  if (/^\s*\{/.test(text)) {
    const json = shallow(jsonOf(file, text), file);
    const read = { value: json, lineOf: () => null };
    if (isPostman(json)) return fromPostman(checked(postmanCollection, read, file));
    if (isRecord(json) && "_postman_variable_scope" in json) {
      const environment = fromPostmanEnvironment(checked(postmanEnvironment, read, file));
      return { name: "", variables: [], environments: [environment], requests: [] };
    }
    return isInsomnia4(json) ? fromInsomnia4(checked(insomnia4, read, file)) : null;
  }
  if (!/^(?:_type|type):/m.test(text)) return null;
  const read = yamlOf(file);
  const yaml = read.value;
  if (isInsomnia4(yaml)) return fromInsomnia4(checked(insomnia4, read, file));
  const isFifth = isRecord(yaml) && typeof yaml["type"] === "string" && yaml["type"].includes("insomnia.rest/");
  return isFifth ? fromInsomnia5(checked(insomnia5, read, file)) : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isPostman = (json: unknown): boolean => {
  const info = isRecord(json) ? json["info"] : null;
  return isRecord(info) && ("_postman_id" in info || /postman\.com/.test(String(info["schema"])));
};
const isInsomnia4 = (json: unknown): boolean => isRecord(json) && json["_type"] === "export" && "resources" in json;

/** Undefined: it is none, and whoever reads it next says so. @throws ProblemError */
function jsonOf({ path }: TextFile, text: string): unknown {
  if (hasTooManyValues(text)) throw new ProblemError(exportMessage("import-too-complex", { path, maxValues }));
  try {
    return parseKeepingNumbers(text);
  } catch {
    return undefined;
  }
}
