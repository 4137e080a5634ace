// Would the kernel know this file's format? Asked before a portable start only: libuv runs what the kernel refuses through /bin/sh
// (execvp does so), where a real server says "Exec format error". Natively the kernel itself answers ENOEXEC.
import { closeSync, openSync, readSync } from "node:fs";

/** What the kernel looks at (BINPRM_BUF_SIZE). */
const looksAtBytes = 256;

/** The file's first bytes, at most 256 of them. Text without a usable shebang line is no format; anything with a NUL byte is a program. */
function isExecutableFormat(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  if (!text.startsWith("#!")) return text.includes("\0");
  const whole = head.length < looksAtBytes ? `${text}\0` : text; // the kernel's buffer is filled up with NUL
  return /^#![ \t]*([^ \t\n\0]+[ \t\n]|[^ \t\n\0]*\0)/.test(whole); // a path that does not end within the first 256 bytes was cut
}

/** True too when the file cannot be read: then the start itself says why. */
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
