// Keeps a request in a `.http` file: at its end, with its body in a file of its own where the text cannot hold it.
import { lstat } from "node:fs/promises";
import { join, posix } from "node:path";
import type { Workbench } from "../../app/workbench.js";
import { errorCode } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { maxComposedBodyBytes } from "../../contract/limits.js";
import { wordsOf } from "../../contract/message.js";
import type { FileRanges } from "../../contract/requests-contract.js";
import type { RequestToSave } from "../../contract/saved-contract.js";
import { type Assertion, parseAssertion } from "../../formats/http-file/conditions.js";
import type { Values } from "../../formats/http-file/environments.js";
import { lineAndColumn } from "../../formats/http-file/http-file.js";
import { parseHttpFile } from "../../formats/http-file/parse-http-file.js";
import { lookupIn, substitute, targetOf } from "../../formats/http-file/variables.js";
import { oneLine, withRequest, writeRequest } from "../../formats/http-file/write-request.js";
import { fromBytes, latin1, toBytes, utf8 } from "../../protocol/byte-string.js";
import { hostField } from "../../protocol/missing-headers.js";
import type { HeaderPair } from "../../protocol/request.js";
import { isSecretHeader } from "../../protocol/secret-name.js";
import { fileProblem } from "../../workspace/files/file-problem.js";
import { fileMessage } from "../../workspace/files/messages.js";
import { hashOf, maxTextBytes } from "../../workspace/files/text-file.js";
import type { Workspace } from "../../workspace/workspace.js";
import { filledBytes, lookupInBytes } from "./fill-composed.js";
import { savedMessage } from "./messages.js";
import { environmentOf, isRequestFile } from "./request-files.js";

type SaveParts = Pick<Workbench, "folder" | "server">;

export interface KeptRequest {
  readonly method: ByteString;
  readonly target: ByteString;
  readonly headers: readonly HeaderPair[];
  readonly body: ByteString;
  /** Of the variables that it was composed with; null: it has none. */
  readonly values: Values | null;
  /** Of its body. */
  readonly files: FileRanges;
}

/** They describe the connection and the body as it was sent; the next one gets its own. */
export const ofConnection: ReadonlySet<string> = new Set([
  ...["connection", "content-length", "transfer-encoding", "expect", "keep-alive", "te", "trailer", "upgrade"],
]);

/** The line at which it stands then. @throws ProblemError */
export async function saveRequest(
  { folder, server }: SaveParts,
  request: KeptRequest,
  { path, name, assertions, keepsSecrets }: Omit<RequestToSave, "source">,
): Promise<number> {
  if (!isRequestFile(path)) throw new ProblemError(savedMessage("not-a-request-file", { path }));
  const workspace = folder.workspace();
  const address = server.servingAddress();
  const authority = hostField(address.host, address.port);
  const headers = request.headers.filter(([header, value]) => {
    const lower = header.toLowerCase();
    if (lower === "host") return value !== authority;
    return !ofConnection.has(lower) && (keepsSecrets || !isSecretHeader(header, value));
  });
  const before = await workspace.readBytes(path);
  const old = before === null ? latin1("") : fromBytes(before.bytes);
  const origin = await originFor(workspace, old, request.values, `http://${authority}`);
  const bodyPath = await freeBodyPath(workspace, path, name);
  const written = writeRequest(
    { ...request, name, headers, assertions: assertions.map(assertionOf), captures: [] },
    {
      origin: origin.before,
      bodyFile: `./${posix.basename(bodyPath)}`,
      hasValues: keepingVariables(request, old),
    },
  );
  if (written === null) throw new ProblemError(savedMessage("not-writable"));
  const text = latin1(withRequest(old, utf8(written.text), origin.host === null ? null : utf8(origin.host)));
  refuseLarger(path, text, maxTextBytes);
  refuseLarger(bodyPath, request.body, maxComposedBodyBytes);
  if (before === null) await workspace.changes.create(path, { text: "", executable: false });
  if (written.needsBodyFile) await write(workspace, bodyPath, request.body, null);
  await write(workspace, path, text, hashOf(before?.bytes ?? new Uint8Array()));
  const { requests } = parseHttpFile(text);
  return lineAndColumn(text, requests.at(-1)?.method.from ?? 0).line;
}

/** What no run could read again. @throws ProblemError */
function refuseLarger(path: string, bytes: ByteString, maxBytes: number): void {
  if (bytes.length > maxBytes) throw new ProblemError(fileMessage("too-large-to-save", { path, maxBytes }));
}

/** Whether a text's variables stay. Throws a ProblemError if they would, and a run of the file sent something else. */
function keepingVariables(
  { target, body, values, files }: KeptRequest,
  file: ByteString,
): (text: ByteString) => boolean {
  if (values === null) return () => false;
  const atEnd = { method: { text: "", from: file.length, to: file.length } };
  const lookup = lookupIn(parseHttpFile(file), atEnd, () => null, lookupInBytes(values));
  return (text) => {
    const sent = filledBytes(text, values, text === body ? files : []);
    if (sent === text) return false;
    const run = substitute(text, lookup);
    const isSame = text === target ? targetOf(run.text) === targetOf(sent) : run.text === sent;
    if (run.missing.length > 0 || !isSame) throw new ProblemError(savedMessage("not-writable"));
    return true;
  };
}

async function write(workspace: Workspace, path: string, bytes: ByteString, hash: string | null): Promise<void> {
  const saved = await workspace.writeBytes(path, toBytes(bytes), hash);
  if (saved.kind === "conflict") throw new ProblemError(savedMessage("request-file-changed", { path }));
}

/** `{{host}}` where it has a value, or gets one: at the top of a new file. */
async function originFor(
  workspace: Workspace,
  file: ByteString,
  kept: Values | null,
  address: string,
): Promise<{ readonly before: string; readonly host: string | null }> {
  const { variables, requests } = parseHttpFile(file);
  const { values } = await environmentOf(workspace, null);
  if (values.has("host") || variables.some(({ name }) => name.text === "host"))
    return { before: "{{host}}", host: null };
  // A variable of the file would come before that of the environment.
  return requests.length === 0 && file.trim() === "" && !kept?.has("host")
    ? { before: "{{host}}", host: address }
    : { before: address, host: null };
}

/** Beside the file: shop.login.http-body, which is never served. */
async function freeBodyPath(workspace: Workspace, path: string, name: string): Promise<string> {
  const base = path.replace(/\.http$/i, "");
  const word =
    oneLine(name)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 40) || "body";
  for (let nth = 1; ; nth++) {
    const candidate = `${base}.${word}${nth === 1 ? "" : `-${nth}`}.http-body`;
    if (!(await exists(workspace, candidate))) return candidate;
  }
}

/** Anything of that name, however large it is. @throws ProblemError */
async function exists({ root }: Workspace, path: string): Promise<boolean> {
  try {
    await lstat(join(root, path));
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return false;
    throw fileProblem(error, path);
  }
}

/** @throws ProblemError */
function assertionOf(text: string): Assertion {
  const parsed = parseAssertion(text);
  if ("value" in parsed) return parsed.value;
  throw new ProblemError(savedMessage("assertion-invalid", { mistake: wordsOf(parsed.mistake.why.text) }));
}
