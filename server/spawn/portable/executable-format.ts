// Whether the kernel would know a file's format. Only a portable start needs this: libuv passes a file that the kernel
// refuses to /bin/sh (like execvp), where a server reports "Exec format error". The native start gets ENOEXEC itself.
import { closeSync, openSync, readSync } from "node:fs";

/** How many bytes the kernel examines (BINPRM_BUF_SIZE). */
const looksAtBytes = 256;

/**
 * The file's first bytes, at most 256 of them. Text without a usable shebang line is no known format; a NUL byte means
 * a program.
 */
function isExecutableFormat(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  if (!text.startsWith("#!")) return text.includes("\0");
  const whole = head.length < looksAtBytes ? `${text}\0` : text; // the kernel pads its buffer with NUL
  // a path that does not end within the first 256 bytes is truncated
  return /^#![ \t]*([^ \t\n\0]+[ \t\n]|[^ \t\n\0]*\0)/.test(whole);
}

/** True also if the file cannot be read: the start itself reports that. */
export function hasExecutableFormat(path: string): boolean {
  const head = Buffer.alloc(looksAtBytes);
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch {
    return true; // missing, or executable and not readable: see above
  }
  try {
    return isExecutableFormat(head.subarray(0, readSync(descriptor, head, 0, looksAtBytes, 0)));
  } catch {
    return true; // a folder
  } finally {
    closeSync(descriptor);
  }
}
