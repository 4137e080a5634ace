// The C library's functions for a native start, through koffi. Loaded on demand: without koffi the portable start
// works. A function that fails with -1 leaves its error number in `errno()`, which must be read at once.
import { openSync } from "node:fs";
import { constants } from "node:os";
import type { Platform } from "./platform.js";

/** A pointer argument: a buffer, or an address. */
type Pointer = Uint8Array | BigUint64Array | Int32Array | bigint;

export interface Libc {
  readonly platform: Platform;
  /** The error number of the last call. */
  errno(): number;
  /**
   * The address of a buffer's memory: valid while the buffer lives. Only for memory outside V8's heap
   * (`Buffer.allocUnsafeSlow`, over 64 bytes).
   */
  address(buffer: Uint8Array | BigUint64Array): bigint;
  /** `ends[0]` reads, `ends[1]` writes; both close on exec. 0 or -1. */
  pipe(ends: Int32Array): number;
  close(descriptor: number): number;
  write(descriptor: number, bytes: Uint8Array, length: number): number;
  /** Bytes read, 0 at the end, or -1. */
  read(descriptor: number, bytes: Uint8Array, length: number): number;
  setNonBlocking(descriptor: number): number;
  /** Bytes that wait in a pipe, asked at either end. Null where its writing end does not tell: on macOS. */
  readonly waiting: ((descriptor: number) => number) | null;
  /**
   * Non-blocking, and SIGIO to this process for every write into the pipe and for its end. Only if
   * `platform.signalling` is not null.
   */
  signalWhenReadable(descriptor: number): void;
  /** False also if the descriptor is not open. */
  isInherited(descriptor: number): boolean;
  /**
   * Linux: whether a number is a process's, a group's or a session's, zombies included: it stays reserved as long as
   * its session has members, in whatever groups. Else a group's alone.
   */
  isInUse(number: number): boolean;
  wait4(pid: number, status: Int32Array, options: number, usage: Uint8Array): number;
  /** A blocking stream socket, closed on exec. Its descriptor, or -1. */
  streamSocket(family: number): number;
  /** A socket that asks Linux about sockets (sock_diag), closed on exec. Its descriptor, or -1. */
  sockDiagSocket(): number;
  /** `address`: a struct sockaddr, see `socketAddress`. 0 or -1. */
  bind(descriptor: number, address: Uint8Array, length: number): number;
  listen(descriptor: number, backlog: number): number;
  /** An anonymous file in memory; null if the system has none. */
  readonly memfdCreate: ((name: string, flags: number) => number) | null;
  /** These RETURN the error number. */
  posixSpawn(
    pid: Int32Array,
    file: Pointer,
    actions: Pointer,
    attributes: Pointer,
    argv: Pointer,
    envp: Pointer,
  ): number;
  /** Calls it on another thread; the memory of the arguments must stay valid until then. */
  posixSpawnOnThread(
    pid: Int32Array,
    file: Pointer,
    actions: Pointer,
    attributes: Pointer,
    argv: Pointer,
    envp: Pointer,
  ): Promise<number>;
  attributesInit(attributes: Pointer): number;
  attributesSetFlags(attributes: Pointer, flags: number): number;
  attributesSetSignalDefaults(attributes: Pointer, signals: Uint8Array): number;
  attributesSetSignalMask(attributes: Pointer, signals: Uint8Array): number;
  actionsInit(actions: Pointer): number;
  actionsDestroy(actions: Pointer): number;
  actionsDup2(actions: Pointer, from: number, to: number): number;
  actionsClose(actions: Pointer, descriptor: number): number;
  actionsChdir(actions: Pointer, path: Pointer): number;
  /** Null before glibc 2.34, on musl and on macOS. */
  readonly actionsCloseFrom: ((actions: Pointer, from: number) => number) | null;
}

const { EPERM, ESRCH } = constants.errno;
const F_GETFD = 1;
const F_SETFD = 2;
const F_SETFL = 4;
const F_SETOWN = 8;
const FD_CLOEXEC = 1;
const FIONREAD = 0x541b; // on Linux
const SOCK_STREAM = 1;
const AF_NETLINK = 16;
const SOCK_RAW = 3;
const NETLINK_SOCK_DIAG = 4;

/** Its owner is set only to learn whether a number is in use. One for all, and for good. */
let ownedDescriptor: number | null = null;

/** Rejects if koffi or a symbol of the C library is missing. */
export async function loadLibc(platform: Platform): Promise<Libc> {
  const koffi = await import("koffi");
  const library = koffi.load(null); // every process of Node and Electron has libc
  const optional = (signature: string) => {
    try {
      return library.func(signature);
    } catch {
      return null; // this C library has no such function: the callers handle null
    }
  };
  // Declared as variadic, as in C: a plain prototype would be wrong on Apple's arm64.
  const fcntl: (descriptor: number, command: number, type: "int", value: number) => number =
    library.func("int fcntl(int, int, ...)");
  /** A plain prototype, which is right on Linux and costs less: see `isInUse`. */
  const setOwner: (descriptor: number, command: number, owner: number) => number =
    library.func("int fcntl(int, int, int)");
  const pipe2: ((ends: Int32Array, flags: number) => number) | null =
    platform.pipeCloseOnExec === null ? null : library.func("int pipe2(void*, int)");
  const pipe: (ends: Int32Array) => number = library.func("int pipe(void*)");
  // koffi has no ssize_t: a long may arrive as a bigint.
  const write: (descriptor: number, bytes: Uint8Array, length: number) => number | bigint = library.func(
    "long write(int, void*, ulong)",
  );

  ownedDescriptor ??= openSync("/dev/null", "r");
  const owned = ownedDescriptor;
  const kill: (pid: number, signal: number) => number = library.func("int kill(int, int)");
  const read: (descriptor: number, bytes: Uint8Array, length: number) => number | bigint =
    library.func("long read(int, void*, ulong)");
  const posixSpawn = library.func("int posix_spawn(void*, void*, void*, void*, void*, void*)");

  const pipeAndMark = (ends: Int32Array): number => {
    const failed = pipe(ends);
    if (failed === 0) for (const end of ends) fcntl(end, F_SETFD, "int", FD_CLOEXEC);
    return failed;
  };
  const closeOnExec = platform.pipeCloseOnExec;
  const socket: (domain: number, type: number, protocol: number) => number = library.func("int socket(int, int, int)");
  const socketAndMark = (family: number): number => {
    const descriptor = socket(family, SOCK_STREAM, 0);
    if (descriptor >= 0) fcntl(descriptor, F_SETFD, "int", FD_CLOEXEC);
    return descriptor;
  };
  return {
    platform,
    errno: () => koffi.errno(),
    address: (buffer) => koffi.address(buffer),
    pipe: pipe2 && closeOnExec !== null ? (ends) => pipe2(ends, closeOnExec) : pipeAndMark,
    close: library.func("int close(int)"),
    write: (descriptor, bytes, length) => Number(write(descriptor, bytes, length)),
    read: (descriptor, bytes, length) => Number(read(descriptor, bytes, length)),
    signalWhenReadable: (descriptor) => {
      fcntl(descriptor, F_SETOWN, "int", process.pid); // before O_ASYNC
      fcntl(descriptor, F_SETFL, "int", platform.nonBlocking | (platform.signalling ?? 0));
    },
    waiting: platform.signalling === null ? null : waitingIn(library.func("int ioctl(int, ulong, void*)")),
    setNonBlocking: (descriptor) => fcntl(descriptor, F_SETFL, "int", platform.nonBlocking),
    isInherited: (descriptor) => (fcntl(descriptor, F_GETFD, "int", 0) & FD_CLOEXEC) === 0, // -1 has the bit set
    isInUse:
      platform.signalling === null
        ? (group) => kill(-group, 0) === 0 || koffi.errno() === EPERM // it exists, without permission to signal it
        : (number) =>
            // gVisor knows a positive number as a process alone.
            setOwner(owned, F_SETOWN, number) === 0 ||
            setOwner(owned, F_SETOWN, -number) === 0 ||
            koffi.errno() !== ESRCH,
    wait4: library.func("int wait4(int, void*, int, void*)"),
    // on Linux SOCK_CLOEXEC is O_CLOEXEC
    streamSocket: closeOnExec === null ? socketAndMark : (family) => socket(family, SOCK_STREAM | closeOnExec, 0),
    sockDiagSocket: () => (closeOnExec === null ? -1 : socket(AF_NETLINK, SOCK_RAW | closeOnExec, NETLINK_SOCK_DIAG)),
    bind: library.func("int bind(int, void*, uint)"),
    listen: library.func("int listen(int, int)"),
    memfdCreate: optional("int memfd_create(const char *, uint)"),
    posixSpawn,
    posixSpawnOnThread: (...args) =>
      new Promise((resolve, reject) => {
        posixSpawn.async(...args, (error: Error | null, number: number) => (error ? reject(error) : resolve(number)));
      }),
    attributesInit: library.func("int posix_spawnattr_init(void*)"),
    attributesSetFlags: library.func("int posix_spawnattr_setflags(void*, short)"),
    attributesSetSignalDefaults: library.func("int posix_spawnattr_setsigdefault(void*, void*)"),
    attributesSetSignalMask: library.func("int posix_spawnattr_setsigmask(void*, void*)"),
    actionsInit: library.func("int posix_spawn_file_actions_init(void*)"),
    actionsDestroy: library.func("int posix_spawn_file_actions_destroy(void*)"),
    actionsDup2: library.func("int posix_spawn_file_actions_adddup2(void*, int, int)"),
    actionsClose: library.func("int posix_spawn_file_actions_addclose(void*, int)"),
    actionsChdir: library.func("int posix_spawn_file_actions_addchdir_np(void*, void*)"),
    actionsCloseFrom: optional("int posix_spawn_file_actions_addclosefrom_np(void*, int)"),
  };
}

/** −1 if the call fails. */
function waitingIn(ioctl: (descriptor: number, request: number, count: Int32Array) => number) {
  const count = new Int32Array(1);
  return (descriptor: number): number => (ioctl(descriptor, FIONREAD, count) === 0 ? (count[0] ?? -1) : -1);
}

/** A struct sockaddr. `rest`: what follows the family. */
export function socketAddress({ platform }: Libc, family: number, rest: Uint8Array): Buffer {
  const length = 2 + rest.length;
  return Buffer.from([...(platform.addressHasLength ? [length, family] : [family, 0]), ...rest]);
}
