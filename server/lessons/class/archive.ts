// The ZIP of a lesson or of a work: made of plain files, and read so that nothing outside of its folder can change.
// What a ZIP says of itself is held against what a work may be before anything is unpacked.
import { inflateSync, type Zippable, zipSync } from "fflate";
import { ProblemError } from "../../base/problem.js";
import { workspacePath } from "../../contract/workspace.js";
import { maxEntries, maxMiB, type TreeFile, usualMode } from "../format/file-tree.js";
import { type ArchiveFault, lessonProblem } from "../messages.js";

type Modes = Readonly<Record<string, string>>;

/** The files in one folder, `top`. Everything in cgi-bin can be run, unless `modes` says otherwise. */
export function zipped(top: string, files: readonly TreeFile[], modes: Modes): Uint8Array {
  const all: Zippable = {};
  for (const { path, bytes } of files) {
    const mode = Number.parseInt(modes[path] ?? usualMode(path), 8);
    all[`${top}/${path}`] = [bytes, { os: 3, attrs: ((regularFile | mode) << 16) >>> 0, mtime: "1980-01-02" }];
  }
  return zipSync(all);
}

const regularFile = 0o100000;
const folderType = 0o040000;

interface Unpacked {
  readonly files: readonly TreeFile[];
  readonly modes: Modes;
}

/** `path`: of the ZIP, for the problem. @throws ProblemError "archive-refused" */
export function unzipped(path: string, zip: Uint8Array): Unpacked {
  const refuse = (why: ArchiveFault, entry = ""): ProblemError =>
    new ProblemError(lessonProblem("archive-refused", { path, entry, why }));
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0 || end + 22 + u16(bytes, end + 20) !== bytes.length) throw refuse("not-a-zip");
  const count = u16(bytes, end + 10);
  if (count > 2 * maxEntries) throw refuse("too-large");
  const files: TreeFile[] = [];
  const modes: Record<string, string> = {};
  const seen = new Set<string>();
  const folders = new Set<string>();
  let left = maxMiB << 20;
  let at = u32(bytes, end + 16);
  for (let n = 0; n < count; n++) {
    if (u32(bytes, at) !== 0x02014b50) throw refuse("not-a-zip");
    const about = { flags: u16(bytes, at + 8), method: u16(bytes, at + 10), packed: u32(bytes, at + 20) };
    const size = u32(bytes, at + 24);
    const attributes = u32(bytes, at + 38);
    const local = u32(bytes, at + 42);
    const nameEnd = at + 46 + u16(bytes, at + 28);
    // Old programs on Windows write \ between folders.
    const name = bytes.toString("utf8", at + 46, nameEnd).replaceAll("\\", "/");
    const mode = u16(bytes, at + 4) >> 8 === 3 ? attributes >>> 16 : 0;
    at = nameEnd + u16(bytes, at + 30) + u16(bytes, at + 32);
    if (nameEnd > end || at > end) throw refuse("not-a-zip");
    const isFolder = name.endsWith("/");
    const plain = isFolder ? name.slice(0, -1) : name;
    if (!workspacePath.safeParse(plain).success || /^[A-Za-z]:|\ufffd/.test(plain)) throw refuse("climbs", name);
    if (![0, isFolder ? folderType : regularFile].includes(mode & 0o170000)) throw refuse("link", name);
    if ((about.flags & 1) !== 0) throw refuse("encrypted", name);
    if (isFolder || /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(name)) continue;
    // Some systems hold names for the same that differ in case alone.
    const same = name.normalize("NFC").toLowerCase();
    const above = same
      .split("/")
      .slice(0, -1)
      .map((_, depth, parts) => parts.slice(0, depth + 1).join("/"));
    if (seen.has(same) || folders.has(same) || above.some((one) => seen.has(one))) throw refuse("twice", name);
    seen.add(same);
    for (const one of above) folders.add(one);
    left -= size;
    if (left < 0 || seen.size > maxEntries) throw refuse("too-large");
    const content = contentAt(bytes, local, { ...about, size });
    if (content === null) throw refuse("damaged", name);
    files.push({ path: name, bytes: content });
    modes[name] = mode === 0 ? usualMode(name) : ((mode & 0o777) | 0o600).toString(8);
  }
  return { files, modes };
}

/** Null: it is not what the archive says of it. */
function contentAt(
  bytes: Buffer,
  local: number,
  { method, packed, size }: { readonly method: number; readonly packed: number; readonly size: number },
): Uint8Array | null {
  if (u32(bytes, local) !== 0x04034b50) return null;
  const from = local + 30 + u16(bytes, local + 26) + u16(bytes, local + 28);
  const content = bytes.subarray(from, from + packed);
  if (content.length !== packed) return null;
  if (method === 0) return packed === size ? content : null;
  if (method !== 8) return null;
  try {
    const out = inflateSync(content, { out: new Uint8Array(size + 1) }); // a longer one does not grow
    return out.length === size ? out : null;
  } catch {
    return null;
  }
}

/** Beyond the end there are zeros, which no signature begins with. */
const u16 = (bytes: Buffer, at: number): number => (at + 2 > bytes.length ? 0 : bytes.readUInt16LE(at));
const u32 = (bytes: Buffer, at: number): number => (at + 4 > bytes.length ? 0 : bytes.readUInt32LE(at));
