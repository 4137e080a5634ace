// posix_spawn: a session of its own, signals as a fresh process has them, a working directory, and exactly the descriptors 0, 1 and 2.
// The child shares our memory until its exec (vfork), so a start costs the same however large the server has grown.
import { closeSync, openSync, readdirSync } from "node:fs";
import type { ByteString } from "../contract/bytes-text.js";
import type { Libc } from "./libc.js";
import { refused, refuseNul } from "./refusal.js";
import { SpawnBlock } from "./spawn-block.js";

/** More than posix_spawnattr_t (336 bytes in glibc) and posix_spawn_file_actions_t (80) take anywhere. */
const attributesBytes = 512;
const actionsBytes = 256;
const noSignals = new Uint8Array(128);

interface SpawnRequest {
  readonly file: ByteString;
  readonly argv: readonly ByteString[];
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
  /** What becomes 0, 1 and 2; null: /dev/null. */
  readonly descriptors: readonly [number | null, number | null, number | null];
}

export class NativeSpawn {
  readonly #libc: Libc;
  readonly #block: SpawnBlock;
  readonly #attributes = Buffer.alloc(attributesBytes);
  readonly #actions = Buffer.alloc(actionsBytes);
  readonly #pid = new Int32Array(1);
  readonly #devNull = openSync("/dev/null", "r+");

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#block = new SpawnBlock(libc);
    libc.attributesInit(this.#attributes);
    libc.attributesSetFlags(this.#attributes, libc.platform.spawnFlags);
    // Node ignores SIGPIPE, and ignored signals survive an exec: a script must not inherit that.
    libc.attributesSetSignalDefaults(this.#attributes, libc.platform.allSignals);
    libc.attributesSetSignalMask(this.#attributes, noSignals);
  }

  /**
   * The pid of the child, which leads a new session.
   * @throws StartError
   */
  spawn(request: SpawnRequest): number {
    const { file, argv, env, cwd, descriptors } = request;
    refuseNul([file, cwd, ...argv, ...env]);
    const packed = this.#block.pack(file, cwd, argv, env);
    this.#libc.actionsInit(this.#actions);
    try {
      // Sources are above 2: Node sees to it that 0, 1 and 2 are open from its start.
      descriptors.forEach((descriptor, at) => void this.#libc.actionsDup2(this.#actions, descriptor ?? this.#devNull, at));
      this.#libc.actionsChdir(this.#actions, packed.cwd);
      this.#closeOthers();
      const number = this.#libc.posixSpawn(this.#pid, packed.file, this.#actions, this.#attributes, packed.argv, packed.envp);
      if (number !== 0) throw refused(number, file);
    } finally {
      this.#libc.actionsDestroy(this.#actions);
    }
    return this.#pid[0] ?? 0;
  }

  dispose(): void {
    closeSync(this.#devNull);
  }

  #closeOthers(): void {
    if (this.#libc.platform.closesByFlag) return;
    if (this.#libc.actionsCloseFrom) {
      this.#libc.actionsCloseFrom(this.#actions, 3);
      return;
    }
    for (const name of readdirSync("/proc/self/fd")) {
      const descriptor = Number(name);
      if (descriptor > 2 && this.#libc.isInherited(descriptor)) this.#libc.actionsClose(this.#actions, descriptor);
    }
  }
}
