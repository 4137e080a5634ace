// The folder's `.http` files and its environments, read.
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { SavedMistake, SavedRequests } from "../../contract/saved-contract.js";
import { fromBytes, latin1, utf8 } from "../../protocol/byte-string.js";
import {
  type Environments,
  environmentFile,
  environmentNames,
  privateEnvironmentFile,
  readEnvironments,
  type Values,
  valuesOf,
} from "../../protocol/http-file/environments.js";
import { type HttpFile, lineAndColumn, titleOf } from "../../protocol/http-file/http-file.js";
import { parseHttpFile } from "../../protocol/http-file/parse-http-file.js";
import { invalidUtf8 } from "../../protocol/utf8-validity.js";
import type { Workspace } from "../../workspace/workspace.js";
import type { LastRuns } from "./last-runs.js";
import { savedMessage } from "./messages.js";
import { masking, secretValues } from "./secrets.js";

export interface RequestFile {
  readonly path: string;
  readonly text: string;
  readonly parsed: HttpFile;
  /** A piece of the text as the file's bytes. */
  readonly encode: (text: string) => ByteString;
}

export interface Environment {
  readonly name: string | null;
  readonly values: Values;
  /** Replaces its secret values. */
  readonly mask: (text: string) => string;
}

export const isRequestFile = (path: string): boolean => /\.http$/i.test(path);

/** Sorted by their paths. @throws ProblemError */
export async function requestFiles(workspace: Workspace): Promise<RequestFile[]> {
  const { entries } = await workspace.list();
  const paths = entries.filter(({ path, kind }) => kind === "file" && isRequestFile(path)).map(({ path }) => path);
  const files: RequestFile[] = [];
  for (const path of paths.toSorted()) {
    const file = await requestFile(workspace, path);
    if (file !== null) files.push(file); // else it was removed meanwhile
  }
  return files;
}

/** Null: it does not exist. @throws ProblemError */
export async function requestFile(workspace: Workspace, path: string): Promise<RequestFile | null> {
  const read = await workspace.readBytes(path);
  if (read === null) return null;
  if (invalidUtf8(read.bytes, 1).length > 0) {
    const text = fromBytes(read.bytes);
    return { path, text, parsed: parseHttpFile(text), encode: latin1 };
  }
  return requestFileOf(path, Buffer.from(read.bytes).toString("utf8"));
}

/** As an editor has it. */
export const requestFileOf = (path: string, text: string): RequestFile => ({
  path,
  text,
  parsed: parseHttpFile(text),
  encode: utf8,
});

export const mistakesOf = ({ text, parsed }: RequestFile): SavedMistake[] =>
  parsed.mistakes.map(({ from, why }) => ({ ...lineAndColumn(text, from), why }));

/** The names of the environments, or why they cannot be read. @throws ProblemError */
export async function listEnvironments(
  workspace: Workspace,
): Promise<{ names: string[]; mistake: SavedRequests["environmentMistake"] }> {
  const read = await readBoth(workspace);
  if ("mistake" in read) return { names: [], mistake: read.mistake };
  return { names: [...environmentNames(read.open, read.hidden)], mistake: null };
}

/** What the window lists. @throws ProblemError */
export async function listSaved(workspace: Workspace, runs: LastRuns): Promise<SavedRequests> {
  const files = (await requestFiles(workspace)).map((file) => ({
    path: file.path,
    requests: file.parsed.requests.map((request) => ({
      name: titleOf(request),
      line: lineAndColumn(file.text, request.method.from).line,
      method: request.method.text,
      target: request.target.text,
      assertions: request.assertions.length,
    })),
    mistakes: mistakesOf(file),
  }));
  const { names, mistake } = await listEnvironments(workspace);
  return { files, environments: names, environmentMistake: mistake, ran: await runs.of(workspace.root, files) };
}

/** `name` null: none, apart from the values that every one has. @throws ProblemError */
export async function environmentOf(workspace: Workspace, name: string | null): Promise<Environment> {
  const read = await readBoth(workspace);
  if ("mistake" in read) throw new ProblemError(savedMessage("environments-invalid", { mistake: read.mistake.text }));
  const names = environmentNames(read.open, read.hidden);
  if (name !== null && !names.includes(name)) throw new ProblemError(savedMessage("no-environment", { name, names }));
  const [open, hidden] = [valuesOf(read.open, name), valuesOf(read.hidden, name)];
  // The secrets of all environments: a response may repeat any of them.
  const secrets = [null, ...names].flatMap((one) => secretValues(valuesOf(read.open, one), valuesOf(read.hidden, one)));
  return { name, values: new Map([...open, ...hidden]), mask: masking(secrets) };
}

async function readBoth(workspace: Workspace) {
  const open = await readOne(workspace, environmentFile);
  if ("mistake" in open) return open;
  const hidden = await readOne(workspace, privateEnvironmentFile);
  return "mistake" in hidden ? hidden : { open: open.environments, hidden: hidden.environments };
}

async function readOne(workspace: Workspace, path: string): Promise<ReturnType<typeof readEnvironments>> {
  const read = await workspace.readBytes(path);
  const none: Environments = new Map();
  return read === null ? { environments: none } : readEnvironments(path, Buffer.from(read.bytes).toString("utf8"));
}
