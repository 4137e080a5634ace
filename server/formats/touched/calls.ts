// What one system call did, as far as a path or a program is concerned.
import type { ByteString } from "../../contract/bytes-text.js";
import type { Touch } from "../../contract/touched.js";
import { latin1 } from "../../protocol/byte-string.js";
import { descriptorName, type SystemCall, stringsIn } from "./strace-line.js";

export interface PathCall {
  readonly did: Touch["did"];
  /** As the script gave it. */
  readonly given: ByteString;
  /** The folder that a relative path begins in; null: the current one. */
  readonly base: ByteString | null;
  readonly args?: readonly ByteString[];
}

/** The first argument is the path, or a folder's descriptor if the call's name ends so. */
const actions: Readonly<Record<string, Touch["did"]>> = {
  ...of("looked", "stat stat64 lstat lstat64 newfstatat fstatat64 statx access faccessat faccessat2"),
  ...of("created", "mkdir mkdirat mknod mknodat symlink symlinkat link linkat"),
  ...of("removed", "unlink unlinkat rmdir"),
  ...of("renamed", "rename renameat renameat2"),
  ...of("wrote", "creat truncate chmod fchmodat chown lchown fchownat utimensat"),
  ...of("read", "open openat openat2"),
  ...of("entered", "chdir"),
  ...of("started", "execve execveat"),
};

function of(did: Touch["did"], names: string): Record<string, Touch["did"]> {
  return Object.fromEntries(names.split(" ").map((name) => [name, did]));
}

/** Of a link the new path counts. */
const isLink = (name: string): boolean => /^(?:sym)?link(?:at)?$/.test(name);
const hasFolder = (name: string): boolean => /at[2\d]*$|statx/.test(name) && !/^(?:l?stat(?:64)?|creat)$/.test(name);

/** Null: it is about no path. */
export function pathCall({ name, args }: SystemCall): PathCall | null {
  if (name === "fchdir") return atDescriptor("entered", args[0]);
  const isLock = name === "flock" || (name === "fcntl" && /^F_(?:OFD_)?SETLKW?$/.test(args[1] ?? ""));
  if (isLock) return atDescriptor("locked", args[0]);
  const did = actions[name];
  if (did === undefined) return null;
  const paths = args.filter((argument) => argument.startsWith('"'));
  const [first] = paths;
  const path = isLink(name) ? paths.at(-1) : first;
  const [given] = path === undefined ? [] : stringsIn(path);
  if (given === undefined || given === "") return null; // a descriptor alone
  const base = hasFolder(name) ? descriptorName(args[0] ?? "") : null;
  const vector = did === "started" ? args.find((argument) => argument.startsWith("[")) : undefined;
  return {
    did: did === "read" ? openedFor(args) : did,
    given,
    base,
    ...(vector !== undefined && { args: stringsIn(vector) }),
    ...(did === "renamed" && paths[1] !== undefined && { args: stringsIn(paths[1]) }),
  };
}

function atDescriptor(did: Touch["did"], argument = ""): PathCall | null {
  const given = descriptorName(argument);
  return given?.startsWith("/") ? { did, given, base: null } : null;
}

function openedFor(args: readonly string[]): Touch["did"] {
  const flags = args.find((argument) => /^(?:\{flags=)?O_/.test(argument)) ?? "";
  if (/O_(?:WRONLY|RDWR|CREAT|TRUNC)/.test(flags)) return "wrote";
  return flags.includes("O_DIRECTORY") ? "listed" : "read";
}

/** Without "." and ".." and doubled slashes. */
export function absolute(path: string, base: string): ByteString {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return latin1(`/${parts.join("/")}`);
}
