// Static files over HTTP: type, validators, conditions and one range (RFC 9110 §8, 13 and 14). Threat: another program
// swaps the file for a link to one outside of the folder, between the routing's look and this one. Control: the opened
// file is judged, not its path; and what is opened for the body must be the same file.
import { isUtf8 } from "node:buffer";
import { closeSync, constants, existsSync, fstatSync, openSync, readlinkSync, type Stats, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { lookup } from "mrmime";
import { diskPath, errorCode, NotRegularFile } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { browserCharset, encodingOf } from "../../formats/encodings/browser-charset.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import { realPath } from "../../routing/containment.js";
import type { StaticRoute } from "../../routing/route.js";
import { extensionOf } from "../../routing/url-path.js";
import { entityTag, preconditions, type Validators } from "../response/preconditions.js";
import { folderPage } from "./folder-list.js";
import { type ByteRange, requestedRange } from "./ranges.js";
import type { StaticBody, StaticFiles, StaticResponse } from "./static-response.js";

/** So much of a file is looked at to tell what it is. */
const sniffedBytes = 16_384;
/** Files whose type is remembered. */
const maxTypes = 1024;
const readBytes = 65_536;

/** Serves what lies on disk, links followed, as far as the route permits where they lead. */
export class StaticFileServer implements StaticFiles {
  /** By path, with the entity tag of the content it was found in. */
  readonly #types = new Map<ByteString, { readonly tag: string; readonly type: string }>();

  async serve({ file, scriptName: path, lists, permits }: StaticRoute, request: RequestHead): Promise<StaticResponse> {
    try {
      const stats = statsOfPermitted(file, permits);
      if (stats === null) return refusal(404);
      if (stats.isDirectory() && lists !== undefined) return await folderResponse(file, path, lists, permits);
      if (!stats.isFile()) return refusal(403);
      const tag = entityTag(stats);
      // RFC 9110 §8.8.2.1: never later than the response.
      const time = new Date(Math.min(stats.mtimeMs, Date.now()));
      // Damaged archives leave times that no HTTP date, or no Date, can hold.
      const modified = time.getUTCFullYear() >= 0 ? time : null;
      const validators: Validators = { tag, modified };
      const common = [
        pair("ETag", tag),
        ...(modified === null ? [] : [pair("Last-Modified", modified.toUTCString())]),
        pair("Cache-Control", "no-cache"),
      ];
      // After a local redirect: a method that changes something has done so already.
      const isRead = request.method === "GET" || request.method === "HEAD";
      const condition = isRead ? preconditions(request, validators) : null;
      if (condition === 304) return { status: 304, headers: common, body: null };
      if (condition === 412) return refusal(412);

      const range = request.method === "GET" ? requestedRange(request, validators, stats.size) : null;
      if (range === "unsatisfiable")
        return { status: 416, headers: [pair("Content-Range", `bytes */${stats.size}`), ...common], body: null };
      const headers = [
        pair("Content-Type", await this.#type(file, tag, stats)),
        pair("Accept-Ranges", "bytes"),
        ...common,
      ];
      if (range === null) return { status: 200, headers, body: bodyOf(file, stats, { from: 0, to: stats.size }) };
      const contentRange = pair("Content-Range", `bytes ${range.from}-${range.to - 1}/${stats.size}`);
      return { status: 206, headers: [...headers, contentRange], body: bodyOf(file, stats, range) };
    } catch (error) {
      return refusal(statusOf(error));
    }
  }

  /**
   * The extension's type. A text's charset is said only when its beginning proves to be
   * UTF-8: for others the file's own word counts.
   */
  async #type(file: ByteString, tag: string, stats: Stats): Promise<string> {
    const known = this.#types.get(file);
    if (known?.tag === tag) return known.type;
    const extension = extensionOf(byteString(file.slice(file.lastIndexOf("/") + 1)));
    const byName = extension === ".ico" ? "image/vnd.microsoft.icon" : (lookup(extension) ?? null);
    let type = byName ?? "application/octet-stream";
    if (byName === null || byName.startsWith("text/")) {
      const isText = await beginsAsText(file, stats.size, byName ?? "text/plain");
      if (isText) type = `${byName ?? "text/plain"}; charset=utf-8`;
    }
    if (this.#types.size >= maxTypes) this.#types.clear(); // simple, and they are soon known again
    this.#types.set(file, { tag, type });
    return type;
  }
}

async function folderResponse(
  folder: ByteString,
  path: ByteString,
  lists: NonNullable<StaticRoute["lists"]>,
  permits: StaticRoute["permits"],
): Promise<StaticResponse> {
  const opened = await openFile(folder);
  try {
    const real = permits === null ? null : openedPath(opened.fd, folder, await opened.stat());
    if (permits !== null && (real === null || !permits(real))) return refusal(404);
    // by the opened folder, where the system can: its path may lead elsewhere by now
    const page = await folderPage(hasOpenedPaths ? byteString(`/proc/self/fd/${opened.fd}/`) : folder, path, lists);
    return {
      status: 200,
      headers: [pair("Content-Type", "text/html; charset=utf-8"), pair("Cache-Control", "no-cache")],
      body: { size: page.length, open: () => Readable.from([page], { objectMode: false }) },
    };
  } finally {
    await opened.close();
  }
}

const pair = (name: string, value: string): HeaderPair => [byteString(name), byteString(value)];
const refusal = (status: number): StaticResponse => ({ status, headers: [], body: null });

// ENXIO: a UNIX socket.
const forbidden: ReadonlySet<string> = new Set(["EACCES", "EPERM", "ENXIO"]);

function statusOf(error: unknown): number {
  const code = errorCode(error);
  if (error instanceof NotRegularFile || forbidden.has(code)) return 403;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP" || code === "ENAMETOOLONG") return 404;
  if (code === "") throw error;
  return 500;
}

/** Opens without waiting for a pipe's writer. */
const openFlags = constants.O_RDONLY | constants.O_NONBLOCK;
const openFile = (file: ByteString): Promise<FileHandle> => open(diskPath(file), openFlags);

/** The stats of what the path leads to now; null if the route does not permit that. */
function statsOfPermitted(file: ByteString, permits: StaticRoute["permits"]): Stats | null {
  const opened = openSync(diskPath(file), openFlags);
  try {
    const stats = fstatSync(opened);
    if (permits === null) return stats;
    const real = openedPath(opened, file, stats);
    return real !== null && permits(real) ? stats : null;
  } finally {
    closeSync(opened);
  }
}

/** Linux gives the paths of opened files. */
const hasOpenedPaths = existsSync("/proc/self/fd");

/** The real path of an opened file; null if it cannot be known, since the path led elsewhere meanwhile. */
function openedPath(opened: number, file: ByteString, { dev, ino }: Stats): ByteString | null {
  if (hasOpenedPaths) return fromBytes(readlinkSync(`/proc/self/fd/${opened}`, { encoding: "buffer" }));
  const real = realPath(file);
  const now = real === null ? null : statSync(diskPath(real), { throwIfNoEntry: false });
  return now?.ino === ino && now.dev === dev ? real : null;
}

async function beginsAsText(file: ByteString, size: number, type: string): Promise<boolean> {
  if (size === 0) return true;
  const handle = await openFile(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.min(size, sniffedBytes)), 0, undefined, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes.includes(0)) return false;
    // A character cut by the end of what was read is no mistake: without its up to 3 last bytes the rest must be right.
    const cuts = bytesRead < size ? [0, 1, 2, 3] : [0];
    return cuts.some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut))) && !saysOtherwise(bytes, type);
  } finally {
    await handle.close();
  }
}

function bodyOf(file: ByteString, stats: Stats, { from, to }: ByteRange): StaticBody {
  return {
    size: to - from,
    open: () => Readable.from(readRange(file, stats, from, to), { objectMode: false, highWaterMark: readBytes }),
  };
}

/** The bytes `[from, to)` of the file as it was described; a file that grew is read up to there. */
async function* readRange(file: ByteString, described: Stats, from: number, to: number): AsyncGenerator<Buffer> {
  const handle = await openFile(file);
  try {
    const now = await handle.stat();
    if (now.ino !== described.ino || now.dev !== described.dev || now.size < to)
      throw new Error("the file was replaced while it was being sent");
    for (let at = from; at < to; ) {
      const { bytesRead, buffer } = await handle.read(
        Buffer.allocUnsafeSlow(Math.min(readBytes, to - at)),
        0,
        undefined,
        at,
      );
      if (bytesRead === 0) throw new Error("the file became shorter while it was being sent");
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

/**
 * Of text that is ASCII so far: it names another charset, or it has the escape sequences of ISO 2022, which are ASCII
 * to the end.
 */
function saysOtherwise(bytes: Buffer, type: string): boolean {
  const text = fromBytes(bytes);
  if (/[\x80-\xff]/.test(text)) return false;
  const named = browserCharset(type, text).inPage?.encoding ?? encodingOf(/^@charset "([^"]*)";/.exec(text)?.[1] ?? "");
  return text.includes("\x1b") || (named !== null && named !== "utf-8");
}
