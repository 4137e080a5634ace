// The script's file as it is after a failure: permission bits, source, interpreter, and the folders above it.
import { accessSync, closeSync, constants, openSync, type PathLike, readSync, type Stats, statSync } from "node:fs";
import { toDisplayText } from "../../base/decode-text.js";
import { diskPath, unlessRefusedSync } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, fromBytes, utf8 } from "../../protocol/byte-string.js";
import { parseShebang, type ShebangLine } from "../../routing/shebang.js";
import { foldersAbove } from "../../servers/permissions.js";
import { findProgram } from "../../workspace/interpreters/interpreters.js";

interface Shebang {
  /** The first line after "#!", without its line feed. */
  readonly line: ByteString;
  /** The program, without a carriage return. */
  readonly program: string;
  /** For `env`: the program that it searches for. */
  readonly searchedFor: string | null;
  /** What Linux has `env` search for instead, see `envArgument`. */
  readonly envArgument: string | null;
  readonly carriageReturn: boolean;
  /** The path of the program (for `env`: of the one that it searches for); null if it is missing or not executable. */
  readonly found: string | null;
  /** What exists at `program`, as far as the server's user may see. */
  readonly state: "missing" | "not-executable" | "executable";
  /** The first folder on the way to `program` that the server's user may not search. */
  readonly closedFolder: Folder | null;
}

export interface Folder {
  readonly path: string;
  /** Permission bits; null if it does not exist or cannot be read. */
  readonly mode: number | null;
  /** The server's user has search permission. */
  readonly searchable: boolean;
}

export interface ScriptFile {
  readonly path: string;
  readonly exists: boolean;
  /** Permission bits; null if it does not exist or cannot be read. */
  readonly mode: number | null;
  readonly uid: number | null;
  readonly sizeBytes: number;
  /** The first 256 KiB; empty if it cannot be read. */
  readonly source: ByteString;
  /** The format of a compiled program, with the machine of an ELF file; null for anything else. */
  readonly program: { readonly format: "elf" | "mach-o" | "pe"; readonly machine: number | null } | null;
  readonly shebang: Shebang | null;
  /** From the root down. */
  readonly folders: readonly Folder[];
}

const sourceBytes = 256 << 10;
const permissionBits = 0o7777;

/** `path`: the PATH of the script, which `env` searches. */
export function readScriptFile(file: ByteString, path: string): ScriptFile {
  const stats = statsOf(diskPath(file));
  const source = stats?.isFile() ? readStart(file) : byteString("");
  return {
    path: toDisplayText(file),
    exists: stats !== null,
    mode: modeOf(stats),
    uid: stats?.uid ?? null,
    sizeBytes: stats?.size ?? 0,
    source,
    program: programFormat(source),
    shebang: shebangOf(source, path),
    folders: foldersOf(file),
  };
}

/** Every folder from the root to the one that contains `file`. */
const foldersOf = (file: ByteString): Folder[] =>
  foldersAbove(file).map((folder) => ({
    path: toDisplayText(folder),
    mode: modeOf(statsOf(diskPath(folder))),
    searchable: canExecute(folder),
  }));

const statsOf = (path: PathLike) =>
  unlessRefusedSync(() => statSync(path, { throwIfNoEntry: false }), undefined) ?? null;
const modeOf = (stats: Stats | null): number | null => (stats === null ? null : stats.mode & permissionBits);

/** The first folder above a file that exists and that the server's user may not search. */
export const closedFolderAbove = (file: string): Folder | null =>
  foldersOf(utf8(file)).find(({ searchable, mode }) => !searchable && mode !== null) ?? null;

function shebangOf(source: ByteString, path: string): Shebang | null {
  const shebang = parseShebang(source);
  if (shebang === null) return null;
  const { line, program, searchedFor, carriageReturn } = shebang;
  const stats = statsOf(program);
  const state =
    stats === null ? "missing" : stats.isFile() && canExecute(byteString(program)) ? "executable" : "not-executable";
  const argument = process.platform === "linux" ? envArgument(shebang) : null;
  const found =
    state !== "executable" || argument !== null
      ? null
      : searchedFor === null
        ? program
        : findProgram(searchedFor, path);
  const closedFolder = state === "missing" ? closedFolderAbove(program) : null;
  return { line, program, searchedFor, envArgument: argument, carriageReturn, state, found, closedFolder };
}

/** Linux passes all that follows `env` on as one word, "perl -w"; null if that is a program's name, or an option. */
export function envArgument({ line, searchedFor, argument }: ShebangLine): string | null {
  const word = `${searchedFor} ${argument}`;
  return searchedFor !== null && argument !== "" && /^[ \t]*\S+[ \t]+[^\s=-][^\s=]*[ \t]/.test(line) ? word : null;
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
  const descriptor = unlessRefusedSync(() => openSync(diskPath(file), "r"), null);
  if (descriptor === null) return byteString("");
  try {
    const bytes = Buffer.allocUnsafe(sourceBytes);
    return fromBytes(
      bytes,
      0,
      unlessRefusedSync(() => readSync(descriptor, bytes, 0, sourceBytes, 0), 0),
    );
  } finally {
    closeSync(descriptor);
  }
}

const canExecute = (path: ByteString): boolean =>
  unlessRefusedSync(() => {
    accessSync(diskPath(path), constants.X_OK);
    return true;
  }, false);
