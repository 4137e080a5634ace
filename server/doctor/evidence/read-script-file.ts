// Looks at a script's file after a failure, as the system did: permission bits, first bytes, the folders above it, the interpreter.
import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { posix } from "node:path";
import { toDisplayText } from "../../base/decode-text.js";
import { diskPath, errorCode } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { Folder, ScriptFile, Shebang } from "./script-file.js";
import { parseShebang } from "./shebang.js";

const sourceBytes = 256 << 10;
const permissionBits = 0o7777;

/** `path` is the PATH that the script was given: `env` looks along it. */
export function readScriptFile(file: ByteString, path: string): ScriptFile {
  const stats = unlessRefused(() => statSync(diskPath(file), { throwIfNoEntry: false })) ?? null;
  const source = stats?.isFile() ? readStart(file) : byteString("");
  return {
    path: toDisplayText(file),
    exists: stats !== null,
    mode: stats === null ? null : stats.mode & permissionBits,
    uid: stats?.uid ?? null,
    sizeBytes: stats?.size ?? 0,
    source,
    program: programFormat(source),
    shebang: shebangOf(source, path),
    folders: foldersAbove(file),
  };
}

/** Every folder from the root to the one that holds `file`. */
export function foldersAbove(file: ByteString): Folder[] {
  const folders: Folder[] = [];
  for (let slash = file.indexOf("/"); slash >= 0; slash = file.indexOf("/", slash + 1)) {
    const folder = byteString(file.slice(0, slash) || "/");
    const stats = unlessRefused(() => statSync(diskPath(folder), { throwIfNoEntry: false })) ?? null;
    folders.push({
      path: toDisplayText(folder),
      mode: stats === null ? null : stats.mode & permissionBits,
      searchable: mayExecute(folder),
    });
  }
  return folders;
}

function shebangOf(source: ByteString, path: string): Shebang | null {
  const shebang = parseShebang(source);
  if (shebang === null) return null;
  const { line, program, lookedFor, carriageReturn } = shebang;
  const there = unlessRefused(() => statSync(program, { throwIfNoEntry: false })) ?? null;
  const state =
    there === null ? "absent" : there.isFile() && mayExecute(byteString(program)) ? "there" : "not-executable";
  const found = state !== "there" ? null : lookedFor === null ? program : findAlong(lookedFor, path);
  return { line, program, lookedFor, carriageReturn, state, found };
}

function findAlong(name: string, path: string): string | null {
  if (name.includes("/")) return mayExecute(byteString(name)) ? name : null;
  for (const folder of path.split(":")) {
    const candidate = posix.join(folder || ".", name);
    if (
      unlessRefused(() => statSync(candidate, { throwIfNoEntry: false }))?.isFile() &&
      mayExecute(byteString(candidate))
    )
      return candidate;
  }
  return null;
}

function programFormat(source: ByteString): ScriptFile["program"] {
  if (source.startsWith("\x7fELF")) {
    const at = source.charCodeAt(5) === 2 ? [18, 19] : [19, 18]; // big or little endian
    return { format: "elf", machine: (source.charCodeAt(at[0] ?? 0) << 8) | source.charCodeAt(at[1] ?? 0) };
  }
  if (/^(?:[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe)/.test(source)) return { format: "mach-o", machine: null };
  return source.startsWith("MZ") ? { format: "pe", machine: null } : null;
}

function readStart(file: ByteString): ByteString {
  const descriptor = unlessRefused(() => openSync(diskPath(file), "r"));
  if (descriptor === undefined) return byteString("");
  try {
    const bytes = Buffer.allocUnsafe(sourceBytes);
    return fromBytes(bytes, 0, readSync(descriptor, bytes, 0, sourceBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}

function mayExecute(path: ByteString): boolean {
  return (
    unlessRefused(() => {
      accessSync(diskPath(path), constants.X_OK);
      return true;
    }) ?? false
  );
}

/** Undefined where the system refuses: that too is something to know about a file. @throws what did not come from the system */
function unlessRefused<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return undefined;
  }
}
