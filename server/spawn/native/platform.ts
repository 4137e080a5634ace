// The differences between the supported C libraries: flags, sizes of C structures, how descriptors are kept from the
// child. Linux with glibc is tested. macOS follows its headers and is UNTESTED; musl should work like Linux, also
// untested.

export interface Platform {
  /** O_CLOEXEC for `pipe2`; null: there is no `pipe2`, set FD_CLOEXEC afterwards. */
  readonly pipeCloseOnExec: number | null;
  readonly nonBlocking: number;
  /** O_ASYNC where a pipe sends SIGIO for every write into it and for its end; null: sockets read the pipes. */
  readonly signalling: number | null;
  /** POSIX_SPAWN_SETSID, _SETSIGDEF, _SETSIGMASK, and on macOS _CLOEXEC_DEFAULT. */
  readonly spawnFlags: number;
  /** True if a spawn flag closes every other descriptor in the child. */
  readonly closesByFlag: boolean;
  /** Bytes of a sigset_t, and the set of all signals that can be reset. */
  readonly allSignals: Uint8Array;
  /** Bytes of `tv_usec` in a struct timeval. */
  readonly microsecondBytes: 4 | 8;
  /** `ru_maxrss` counts in units of so many bytes. */
  readonly maxRssUnitBytes: number;
  /** PIPE_BUF: a write of at most this many bytes goes in whole or not at all. */
  readonly atomicWriteBytes: number;
  /** A struct sockaddr_un begins with one byte for its length and one for the family, instead of two for the family. */
  readonly addressHasLength: boolean;
  /** Longest path of a socket, bytes, without its final NUL. */
  readonly maxSocketPathBytes: number;
}

const linux: Platform = {
  pipeCloseOnExec: 0o2000000,
  nonBlocking: 0o4000,
  signalling: 0o20000,
  spawnFlags: 0x80 | 0x04 | 0x08,
  closesByFlag: false,
  allSignals: new Uint8Array(128).fill(0xff),
  microsecondBytes: 8,
  maxRssUnitBytes: 1024,
  atomicWriteBytes: 4096,
  addressHasLength: false,
  maxSocketPathBytes: 107,
};

const darwin: Platform = {
  pipeCloseOnExec: null,
  nonBlocking: 0x4,
  signalling: null,
  spawnFlags: 0x0400 | 0x04 | 0x08 | 0x4000,
  closesByFlag: true,
  allSignals: Uint8Array.of(0xff, 0xfe, 0xfe, 0xff), // all but SIGKILL (9) and SIGSTOP (17)
  microsecondBytes: 4,
  maxRssUnitBytes: 1,
  atomicWriteBytes: 512,
  addressHasLength: true,
  maxSocketPathBytes: 103,
};

/** Null where only the portable start works. 64-bit only: the sizes and alignments below assume it. */
export function nativePlatform(system: NodeJS.Platform, architecture: NodeJS.Architecture): Platform | null {
  if (architecture !== "x64" && architecture !== "arm64") return null;
  if (system === "linux") return linux;
  return system === "darwin" ? darwin : null;
}
