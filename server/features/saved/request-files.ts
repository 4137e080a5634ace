// The folder's `.http` files and its environments, read.

import { masking, secretValues } from "../../base/masking.js";
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type Message, wordsOf } from "../../contract/message.js";
import type { SavedMistake, SavedRequests } from "../../contract/saved-contract.js";
import { textOf } from "../../formats/http-file/check.js";
import {
  type Environments,
  environmentFile,
  environmentNames,
  privateEnvironmentFile,
  readEnvironments,
  type Values,
  valuesOf,
} from "../../formats/http-file/environments.js";
import {
  type FileRequest,
  type HttpFile,
  type LineAndColumn,
  linesIn,
  titleOf,
} from "../../formats/http-file/http-file.js";
import { parseHttpFile } from "../../formats/http-file/parse-http-file.js";
import { fromBytes, latin1, utf8 } from "../../protocol/byte-string.js";
import { isSecretName } from "../../protocol/secret-name.js";
import { invalidUtf8 } from "../../protocol/utf8-validity.js";
import type { Workspace } from "../../workspace/workspace.js";
import type { LastRuns } from "./last-runs.js";
import { savedMessage } from "./messages.js";

export interface RequestFile {
  readonly path: string;
  readonly text: string;
  readonly parsed: HttpFile;
  readonly placeOf: (offset: number) => LineAndColumn;
  /** A piece of the text as the file's bytes; and any bytes as text. */
  readonly encode: (text: string) => ByteString;
  readonly decode: (bytes: ByteString) => string;
}

export interface Environment {
  readonly name: string | null;
  readonly values: Values;
  /** For what is shown of the file's requests, and of what their responses gave. */
  readonly maskFor: (file: RequestFile, captured?: Iterable<Captured>) => Mask;
}
/** A variable that took its value from a response. */
export type Captured = readonly [name: string, value: string];
/** Replaces secret values. */
export type Mask = (text: string) => string;

export const isRequestFile = (path: string): boolean => /\.http$/i.test(path);

/** Sorted by their paths. One that cannot be read has no requests, and this one mistake. @throws ProblemError */
export async function requestFiles(workspace: Workspace): Promise<RequestFile[]> {
  const { entries } = await workspace.list();
  const paths = entries.filter(({ path, kind }) => kind === "file" && isRequestFile(path)).map(({ path }) => path);
  const files: RequestFile[] = [];
  for (const path of paths.toSorted()) {
    const file = await requestFile(workspace, path).catch((error: unknown) => {
      const mistake = { from: 0, to: 0, why: whyOf(error) };
      return { ...requestFileOf(path, ""), parsed: { variables: [], requests: [], mistakes: [mistake] } };
    });
    if (file !== null) files.push(file); // else it was removed meanwhile
  }
  return files;
}

/** Null: it does not exist. @throws ProblemError */
export async function requestFile(workspace: Workspace, path: string): Promise<RequestFile | null> {
  const read = await workspace.readBytes(path);
  if (read === null) return null;
  if (invalidUtf8(read.bytes, 1).length > 0) {
    // A character for each byte; a character that is no byte comes from an escape in an assertion.
    const encode = (text: string): ByteString => latin1(text.replace(/[^\0-\xff]+/g, utf8));
    return { ...requestFileOf(path, fromBytes(read.bytes)), encode, decode: decodeAny };
  }
  return requestFileOf(path, Buffer.from(read.bytes).toString("utf8"));
}

/** Each byte as a character, but what is UTF-8 among them as that: a secret would not be found in its bytes. */
const decodeAny = (bytes: ByteString): string =>
  bytes.replace(/[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g, (character) =>
    textOf(latin1(character)),
  );

/**
 * The file at `path`, with `text` in place of its text on disk if it is given; null: all files of the folder.
 * @throws ProblemError if there is no such file, or one has a mistake
 */
export async function filesToRun(
  workspace: Workspace,
  path: string | null,
  text: string | null = null,
): Promise<readonly RequestFile[]> {
  if (path !== null && !isRequestFile(path)) throw new ProblemError(savedMessage("not-a-request-file", { path }));
  const one = path && (text === null ? await requestFile(workspace, path) : requestFileOf(path, text));
  if (path && !one) throw new ProblemError(savedMessage("no-such-request", { path, line: null }));
  const files = one ? [one] : await requestFiles(workspace);
  for (const file of files) {
    const [first] = mistakesOf(file);
    if (!first) continue;
    const { line, why } = first;
    throw new ProblemError(savedMessage("requests-invalid", { path: file.path, line, mistake: wordsOf(why.text) }));
  }
  return files;
}

/** As an editor has it. */
export const requestFileOf = (path: string, text: string): RequestFile => ({
  path,
  text,
  parsed: parseHttpFile(text),
  placeOf: linesIn(text),
  encode: utf8,
  decode: textOf,
});

/** Why a file cannot be read. @throws the error, if it is a bug */
export function whyOf(error: unknown): Message {
  if (!(error instanceof ProblemError)) throw error;
  const { code, data, message } = error.problem;
  return { code, data, text: message };
}

export const mistakesOf = ({ placeOf, parsed }: RequestFile): SavedMistake[] =>
  parsed.mistakes.map(({ from, why }) => ({ ...placeOf(from), why }));

/** As a result has it. */
export const shownTitle = (request: FileRequest, mask: Mask): string => mask(titleOf(request));

interface Titled {
  readonly request: FileRequest;
  readonly name: string;
  /** Among those of the file that are shown with the same name. */
  readonly nth: number;
}

/** The requests as they are named to the window: their lines change with each edit. */
export function titled({ parsed }: RequestFile, mask: Mask): readonly Titled[] {
  const seen = new Map<string, number>();
  return parsed.requests.map((request) => {
    const name = shownTitle(request, mask);
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return { request, name, nth };
  });
}

/** The names of the environments, or why they cannot be read. @throws ProblemError */
export async function listEnvironments(
  workspace: Workspace,
): Promise<{ names: string[]; mistake: SavedRequests["environmentMistake"] }> {
  return listed(await readBoth(workspace));
}

const listed = (read: BothRead) =>
  "mistake" in read
    ? { names: [], mistake: read.mistake }
    : { names: [...environmentNames(read.open, read.hidden)], mistake: null };

/** What the window lists. @throws ProblemError */
export async function listSaved(workspace: Workspace, runs: LastRuns): Promise<SavedRequests> {
  const read = await readBoth(workspace);
  const maskFor = masksOf(read);
  const files = (await requestFiles(workspace)).map((file) => {
    const mask = maskFor(file);
    return {
      path: file.path,
      requests: titled(file, mask).map(({ request, name, nth }) => ({
        name,
        nth,
        line: file.placeOf(request.method.from).line,
        method: request.method.text,
        target: mask(request.target.text),
        assertions: request.assertions.length,
      })),
      mistakes: mistakesOf(file),
    };
  });
  const { names, mistake } = listed(read);
  return { files, environments: names, environmentMistake: mistake, ran: await runs.of(workspace.root, files) };
}

/** `name` null: none, apart from the values that every one has. @throws ProblemError */
export async function environmentOf(workspace: Workspace, name: string | null): Promise<Environment> {
  const read = await readBoth(workspace);
  if ("mistake" in read)
    throw new ProblemError(savedMessage("environments-invalid", { mistake: wordsOf(read.mistake.text) }));
  const names = environmentNames(read.open, read.hidden);
  if (name !== null && !names.includes(name)) throw new ProblemError(savedMessage("no-environment", { name, names }));
  const open = valuesOf(read.open, name);
  const hidden = valuesOf(read.hidden, name);
  return { name, values: new Map([...open, ...hidden]), maskFor: masksOf(read) };
}

/** For the secrets of all environments, and of the file: a response may repeat any of them. */
function masksOf(read: BothRead): Environment["maskFor"] {
  if ("mistake" in read) return () => (text) => text; // no request runs then
  const { open, hidden } = read;
  const names = [null, ...environmentNames(open, hidden)];
  const secrets = names.flatMap((name) => secretValues(valuesOf(open, name), valuesOf(hidden, name)));
  return (file, captured = []) => masking([...new Set([...secrets, ...secretsIn(file), ...secretsAmong(captured)])]);
}

/** A shorter value, as in `@session = 1`, is in too many other texts: names of requests, statuses. */
const minSecretLength = 4;

const secretsAmong = (variables: Iterable<Captured>): readonly string[] =>
  [...variables].flatMap(([name, value]) => (isSecretName(name) && value.length >= minSecretLength ? [value] : []));

/** Of its own variables. A value made of others is none: where they are secret, they are masked in it. */
const secretsIn = ({ parsed, encode, decode }: RequestFile): readonly string[] =>
  secretsAmong(
    parsed.variables.flatMap(({ name, value: { text } }) => (text.includes("{{") ? [] : [[name.text, text] as const])),
  ).map((text) => decode(encode(text)));

type BothRead = Awaited<ReturnType<typeof readBoth>>;

async function readBoth(workspace: Workspace) {
  const open = await readOne(workspace, environmentFile);
  if ("mistake" in open) return open;
  const hidden = await readOne(workspace, privateEnvironmentFile);
  return "mistake" in hidden ? hidden : { open: open.environments, hidden: hidden.environments };
}

async function readOne(workspace: Workspace, path: string): Promise<ReturnType<typeof readEnvironments>> {
  const read = await workspace.readBytes(path).catch(whyOf);
  if (read !== null && "code" in read) return { mistake: read };
  const none: Environments = new Map();
  return read === null ? { environments: none } : readEnvironments(path, Buffer.from(read.bytes).toString("utf8"));
}
