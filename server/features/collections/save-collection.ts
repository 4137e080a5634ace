// Puts a collection into a folder: a new `.http` file, bodies beside it, and environments into the files that editors
// know. No file is replaced: new values are added to the environments' files, and a value that is there stays.
import { existsSync } from "node:fs";
import { chmod, lstat } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, readBounded } from "../../base/disk.js";
import { systemReason } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import type { SavedCollection } from "../../contract/exchange-contract.js";
import { wordsOf } from "../../contract/message.js";
import {
  type Environments,
  environmentFile,
  privateEnvironmentFile,
  readEnvironments,
  type Values,
  valuesOf,
} from "../../formats/http-file/environments.js";
import { isSecretName } from "../../protocol/secret-name.js";
import { type JsonValue, treeOf, withProperties } from "../../workspace/config/edit-json.js";
import { saveFile } from "../../workspace/files/save-file.js";
import { hashOf } from "../../workspace/files/text-file.js";
import { savedMessage } from "../saved/messages.js";
import type { CollectedEnvironment, Collection } from "./collection.js";
import { comeFirstIn } from "./file-variables.js";
import { collectionProblem } from "./messages.js";
import { withSecretsApart } from "./sign-in-secrets.js";
import { writeCollection } from "./write-collection.js";

const maxEnvironmentBytes = 8 << 20;
const shared = "$shared";

/** `root`: absolute, without links. @throws ProblemError */
export async function saveCollection(root: string, given: Collection): Promise<SavedCollection> {
  const open = await readFile(root, environmentFile);
  const hidden = await readFile(root, privateEnvironmentFile);
  const there = [...open.values.values(), ...hidden.values.values()].flatMap((values) => [...values]);
  const collection = withSecretsApart(given, [open.values, hidden.values]);
  const environments = collection.environments.map(withoutSecrets);
  // A variable of the file would come before those of every environment.
  const named = new Set([
    ...there.map(([name]) => name),
    ...environments.flatMap(({ values, secrets }) => [...values, ...secrets].map(([name]) => name)),
  ]);
  // The file may be under version control. Only there, a value has variables of its own.
  // Among the values that all share it would be lost if they have another one of its name.
  const ofAll = valuesThere(open.values, hidden.values, null, "values");
  const isMoved = ([name, value]: readonly [string, string]): boolean =>
    (named.has(name) && (ofAll.get(name) ?? value) === value) || (isSecret([name, value]) && !value.includes("{{"));
  const moved = collection.variables.filter(isMoved);
  const variables = collection.variables.filter((pair) => !isMoved(pair));
  const all = [
    ...environments,
    ...(moved.length > 0 ? [withoutSecrets({ name: null, values: moved, secrets: [] })] : []),
  ];
  const written: string[] = [];
  let kept = 0;
  for (const [file, part] of [
    [open, "values"],
    [hidden, "secrets"],
  ] as const) {
    const found = newIn(file, all, part, (name) => valuesThere(open.values, hidden.values, name, part));
    kept += found.kept;
    if (found.added.size === 0) continue;
    await addToFile(root, file, found.added);
    written.push(file.path);
  }
  const damaged = given.damaged?.map(({ place }) => place) ?? [];
  const counts = {
    requests: collection.requests.length,
    environments: written,
    kept,
    ...(damaged.length > 0 && { damaged }),
  };
  if (collection.requests.length === 0)
    return { ...counts, path: null, leftOut: 0, comeFirst: await comeFirstIn(root, environments) };
  const { path, leftOut } = await saveRequests(root, { ...collection, variables });
  const names = variables.flatMap(([name]) => (named.has(name) ? [name] : []));
  return { ...counts, path, leftOut, comeFirst: names.length > 0 ? [{ path, names }] : [] };
}

const isSecret = ([name, value]: readonly [string, string]): boolean => value !== "" && isSecretName(name);

function withoutSecrets({ name, values, secrets }: CollectedEnvironment): CollectedEnvironment {
  return {
    name,
    values: values.filter((pair) => !isSecret(pair)),
    secrets: [...secrets, ...values.filter(isSecret)],
  };
}

async function saveRequests(
  root: string,
  collection: Collection,
): Promise<{ readonly path: string; readonly leftOut: number }> {
  const word = wordOf(collection.name);
  for (let nth = 1; ; nth++) {
    const base = nth === 1 ? word : `${word}-${nth}`;
    const path = `${base}.http`;
    const { text, bodies, leftOut } = writeCollection(collection, (request) => `${base}.${request}.http-body`);
    if ([path, ...bodies.map(({ name }) => name)].some((name) => existsSync(join(root, name)))) continue;
    for (const body of bodies) await write(root, body.name, body.text, null);
    await write(root, path, text, null);
    return { path, leftOut };
  }
}

/** What can be a file name everywhere. */
const wordOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "requests";

interface EnvironmentsRead {
  readonly path: string;
  readonly values: Environments;
  /** The names in each, also of other tools' settings, which are no texts. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
  /** Null: there is no such file. */
  readonly text: string | null;
}

/** @throws ProblemError if it is a link, or not what such a file is */
async function readFile(root: string, path: string): Promise<EnvironmentsRead> {
  // What a link leads to belongs to somebody else, and its text would be copied into the folder.
  const isLink = await lstat(join(root, path)).then(
    (found) => found.isSymbolicLink(),
    () => false, // reading it says why
  );
  if (isLink) throw new ProblemError(collectionProblem("collection-not-written", { path, systemText: "it is a link" }));
  const read = await readBounded(join(root, path), maxEnvironmentBytes).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return null;
    throw notWritten(path, error);
  });
  if (read === null) return { path, values: new Map(), names: new Map(), text: null };
  const text = read.kind === "read" ? read.bytes.toString("utf8") : "";
  const parsed = readEnvironments(path, text);
  if ("mistake" in parsed)
    throw new ProblemError(savedMessage("environments-invalid", { mistake: wordsOf(parsed.mistake.text) }));
  if (treeOf(text) === undefined)
    throw new ProblemError(
      collectionProblem("collection-not-written", { path, systemText: "its values lie too deep" }),
    );
  const json: Record<string, object> = JSON.parse(text.replace(/^\ufeff/, ""));
  const names = new Map(Object.entries(json).map(([name, members]) => [name, new Set(Object.keys(members))]));
  return { path, values: parsed.environments, names, text };
}

type Part = "values" | "secrets";

/**
 * What requests with this environment (null: with any) get already, from either file: a value beside it would come over
 * it, or have no effect. An environment that is new may have others than all share.
 */
function valuesThere(open: Environments, hidden: Environments, name: string | null, part: Part): Values {
  if (name !== null && !open.has(name) && !hidden.has(name)) return new Map();
  // A secret that all share comes over the open values of each.
  const own = name === null && part === "secrets" ? [...open.values()].flatMap((values) => [...values]) : [];
  return new Map([...own, ...valuesOf(open, name), ...valuesOf(hidden, name)]);
}

/** What an environment's file does not have yet. `kept`: other values that it has. */
function newIn(
  file: EnvironmentsRead,
  collected: readonly CollectedEnvironment[],
  part: Part,
  there: (name: string | null) => Values,
): { readonly added: Environments; readonly kept: number } {
  const added = new Map<string, Map<string, string>>();
  let kept = 0;
  for (const environment of collected) {
    const name = environment.name ?? shared;
    const own = file.values.get(name);
    const others = there(environment.name);
    const values = added.get(name) ?? new Map<string, string>();
    for (const [key, value] of environment[part]) {
      const known = values.get(key) ?? own?.get(key) ?? others.get(key);
      if (known !== undefined && known !== value) kept += 1;
      if (known === undefined && !file.names.get(name)?.has(key)) values.set(key, value);
    }
    // Without a value yet it can be chosen, too.
    const isNew = part === "values" && environment.name !== null && own === undefined;
    if (values.size > 0 || isNew) added.set(name, values);
  }
  return { added, kept };
}

async function addToFile(root: string, { path, text }: EnvironmentsRead, added: Environments): Promise<void> {
  let hash = text === null ? null : hashOf(Buffer.from(text));
  if (hash === null && path === privateEnvironmentFile) {
    hash = await write(root, path, "{}\n", null);
    await chmod(join(root, path), 0o600); // before it has a secret
  }
  await write(root, path, withEnvironments(text ?? "{}\n", added), hash);
}

/** Every byte that was there stays. Of two environments with one name the last one counts, as for `JSON.parse`. */
function withEnvironments(text: string, added: Environments): string {
  const root = treeOf(text);
  if (!root) return text;
  const objects = new Map(root.children?.map(({ children: [key, value] = [] }) => [String(key?.value), value]));
  const others: [string, JsonValue][] = [];
  const changes = [{ object: root, values: others }];
  for (const [name, values] of added) {
    const object = objects.get(name);
    if (object) changes.push({ object, values: [...values] });
    else others.push([name, Object.fromEntries(values)]);
  }
  const endOf = ({ object: { offset, length } }: (typeof changes)[number]): number => offset + length;
  return changes
    .toSorted((a, b) => endOf(b) - endOf(a)) // from the end: the places before stay as they are
    .reduce((next, { object, values }) => withProperties(next, object, values), text);
}

/** The hash of what is there then. @throws ProblemError */
async function write(root: string, path: string, text: string, hash: string | null): Promise<string> {
  const saved = await saveFile(join(root, path), Buffer.from(text), hash).catch((error: unknown) => {
    throw notWritten(path, error);
  });
  if (saved.kind === "conflict") throw new ProblemError(savedMessage("request-file-changed", { path }));
  return saved.hash;
}

function notWritten(path: string, error: unknown): ProblemError {
  const systemText = systemReason(error);
  return new ProblemError(collectionProblem("collection-not-written", { path, systemText }), { cause: error });
}
