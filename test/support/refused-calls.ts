// Linux refuses system calls of this process with an error number, as a file system or a full disk would, by a filter
// (seccomp). A filter stays until the process ends, and a test file has a process of its own; of several for a call the
// last one answers.
import { constants } from "node:os";
import koffi from "koffi";

/** The numbers of the calls: what links files, and what copies bytes from one to another. */
const calls = {
  x64: { seccomp: 317, link: [86, 265], copy: [326, 40] },
  arm64: { seccomp: 277, link: [37], copy: [285, 71] },
};
const own = Object.entries(calls).find(([name]) => process.platform === "linux" && name === process.arch)?.[1];

export const canRefuseCalls = own !== undefined;

/** @throws Error where the system has no filters */
export function refuseCalls(name: "link" | "copy", code: keyof typeof constants.errno): void {
  if (!own) throw new Error(`no filter is known for ${process.platform} on ${process.arch}`);
  const { prctl, syscall } = functions();
  // Load the call's number; for each refused one: unless it is this one skip one step; return the error. Else allow.
  const refuse = [0x06, 0, 0, 0x00050000 + constants.errno[code]] as const;
  const steps = [
    [0x20, 0, 0, 0],
    ...own[name].flatMap((number) => [[0x15, 0, 1, number] as const, refuse]),
    [0x06, 0, 0, 0x7fff0000],
  ] as const;
  const program = Buffer.allocUnsafeSlow(4096);
  for (const [index, [operation, onEqual, onOther, value]] of steps.entries()) {
    program.writeUInt16LE(operation, 8 * index);
    program.writeUInt8(onEqual, 8 * index + 2);
    program.writeUInt8(onOther, 8 * index + 3);
    program.writeUInt32LE(value, 8 * index + 4);
  }
  const place = Buffer.allocUnsafeSlow(4096);
  place.writeUInt16LE(steps.length, 0);
  place.writeBigUInt64LE(BigInt(koffi.address(program)), 8);
  const noNewPrivileges = 38;
  const setFilter = 1;
  const inAllThreads = 1;
  if (prctl(noNewPrivileges, 1, 0, 0, 0) !== 0 || syscall(own.seccomp, setFilter, inAllThreads, place) !== 0)
    throw new Error("the system takes no filter");
}

function functions() {
  const libc = koffi.load(null);
  return {
    prctl: libc.func("int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)"),
    syscall: libc.func("long syscall(long, unsigned long, unsigned long, const void *)"),
  };
}
