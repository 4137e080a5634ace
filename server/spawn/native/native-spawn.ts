// posix_spawn: a session of its own, default signals, a working directory, and exactly the descriptors 0, 1 and 2.
// The child shares the server's memory until its exec (vfork), so a start costs the same in a large server. The calling
// thread waits for the exec: 0.1 to 0.2 ms, during which the event loop need not wait if it has other work.
import { closeSync, openSync, readdirSync } from "node:fs";
import type { ByteString } from "../../contract/bytes-text.js";
import { refused, refuseNul } from "../refusal.js";
import type { Libc } from "./libc.js";
import { SpawnBlock } from "./spawn-block.js";

/** More than posix_spawnattr_t (336 bytes in glibc) and posix_spawn_file_actions_t (80) need on any platform. */
const attributesBytes = 512;
const actionsBytes = 256;
const noSignals = new Uint8Array(128);

export interface SpawnRequest {
  readonly file: ByteString;
  readonly argv: readonly ByteString[];
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
  /** The descriptors that become 0, 1 and 2; null: /dev/null. */
  readonly descriptors: readonly [number | null, number | null, number | null];
}

/** The structures that one call to posix_spawn needs; reused for many starts, one at a time. */
class CallFrame {
  readonly block: SpawnBlock;
  readonly actions = Buffer.alloc(actionsBytes);
  readonly pid = new Int32Array(1);

  constructor(libc: Libc) {
    this.block = new SpawnBlock(libc);
  }
}

export class NativeSpawn {
  readonly #libc: Libc;
  readonly #attributes = Buffer.alloc(attributesBytes);
  readonly #devNull = openSync("/dev/null", "r+");
  readonly #frames: CallFrame[] = [];

  constructor(libc: Libc) {
    this.#libc = libc;
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
    const frame = this.#prepare(request);
    const { file, argv, envp } = frame.block;
    return this.#finish(
      request,
      frame,
      this.#libc.posixSpawn(frame.pid, file, frame.actions, this.#attributes, argv, envp),
    );
  }

  /**
   * The same without blocking the event loop. The child's exit may arrive before its pid is known. Rejects with a
   * StartError.
   */
  async spawnOnThread(request: SpawnRequest): Promise<number> {
    const frame = this.#prepare(request);
    const { file, argv, envp } = frame.block;
    return this.#finish(
      request,
      frame,
      await this.#libc.posixSpawnOnThread(frame.pid, file, frame.actions, this.#attributes, argv, envp),
    );
  }

  dispose(): void {
    closeSync(this.#devNull);
  }

  #prepare({ file, argv, env, cwd, descriptors }: SpawnRequest): CallFrame {
    refuseNul([file, cwd, ...argv, ...env]);
    const frame = this.#frames.pop() ?? new CallFrame(this.#libc);
    frame.block.pack(file, cwd, argv, env);
    this.#libc.actionsInit(frame.actions);
    // The sources are above 2: Node makes sure that 0, 1 and 2 are open from its start.
    descriptors.forEach(
      (descriptor, at) => void this.#libc.actionsDup2(frame.actions, descriptor ?? this.#devNull, at),
    );
    this.#libc.actionsChdir(frame.actions, frame.block.cwd);
    this.#closeOthers(frame.actions);
    return frame;
  }

  #finish({ file }: SpawnRequest, frame: CallFrame, number: number): number {
    this.#libc.actionsDestroy(frame.actions);
    this.#frames.push(frame);
    if (number !== 0) throw refused(number, file);
    return frame.pid[0] ?? 0;
  }

  #closeOthers(actions: Buffer): void {
    if (this.#libc.platform.closesByFlag) return;
    if (this.#libc.actionsCloseFrom) {
      this.#libc.actionsCloseFrom(actions, 3);
      return;
    }
    for (const name of readdirSync("/proc/self/fd")) {
      const descriptor = Number(name);
      if (descriptor > 2 && this.#libc.isInherited(descriptor)) this.#libc.actionsClose(actions, descriptor);
    }
  }
}
