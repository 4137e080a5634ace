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
/** So many file actions are kept, beside those in use. */
const maxKept = 64;

export interface SpawnRequest {
  readonly file: ByteString;
  readonly argv: readonly ByteString[];
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
  /** The descriptors that become 0, 1 and 2; null: /dev/null. */
  readonly descriptors: readonly [number | null, number | null, number | null];
}

/** What the child does before its exec. posix_spawn only reads them, so several starts may use them at once. */
class FileActions {
  readonly memory = Buffer.alloc(actionsBytes);
  readonly key: string;
  /** Starts under way. */
  users = 0;

  constructor(key: string) {
    this.key = key;
  }
}

/** The structures that one call to posix_spawn needs; reused for many starts, one at a time. */
class CallFrame {
  readonly block: SpawnBlock;
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
  /**
   * The actions by descriptors and folder, which are mostly those of an earlier start. To make them takes seven
   * calls into the C library, and glibc asks the system for the limit of descriptors in each: together 2
   * % of the server's time for a short script.
   */
  readonly #known = new Map<string, FileActions>();
  /** The actions depend on nothing else. */
  readonly #mayKeep: boolean;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#mayKeep = libc.platform.closesByFlag || libc.actionsCloseFrom !== null;
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
    const actions = this.#actionsFor(request, frame.block.cwd);
    const { file, argv, envp } = frame.block;
    const number = this.#libc.posixSpawn(frame.pid, file, actions.memory, this.#attributes, argv, envp);
    return this.#finish(request, frame, actions, number);
  }

  /**
   * Starts it without blocking the event loop. The child's exit may arrive before its pid is known. Rejects with a
   * StartError.
   */
  async spawnOnThread(request: SpawnRequest): Promise<number> {
    const frame = this.#prepare(request);
    const actions = this.#actionsFor(request, frame.block.cwd);
    const { file, argv, envp } = frame.block;
    const number = await this.#libc.posixSpawnOnThread(frame.pid, file, actions.memory, this.#attributes, argv, envp);
    return this.#finish(request, frame, actions, number);
  }

  dispose(): void {
    for (const { memory } of this.#known.values()) this.#libc.actionsDestroy(memory);
    this.#known.clear();
    closeSync(this.#devNull);
  }

  #prepare({ file, argv, env, cwd }: SpawnRequest): CallFrame {
    refuseNul([file, cwd, ...argv, ...env]);
    const frame = this.#frames.pop() ?? new CallFrame(this.#libc);
    frame.block.pack(file, cwd, argv, env);
    return frame;
  }

  /** `folder`: the address of `cwd`. */
  #actionsFor({ cwd, descriptors }: SpawnRequest, folder: bigint): FileActions {
    const key = `${descriptors.join(" ")} ${cwd}`;
    let actions = this.#known.get(key);
    if (!actions) {
      actions = new FileActions(key);
      this.#fill(actions.memory, descriptors, folder);
      if (this.#mayKeep) this.#keep(actions);
    }
    actions.users++;
    return actions;
  }

  #fill(memory: Buffer, descriptors: SpawnRequest["descriptors"], folder: bigint): void {
    this.#libc.actionsInit(memory);
    // The sources are above 2: Node makes sure that 0, 1 and 2 are open from its start.
    descriptors.forEach((descriptor, at) => void this.#libc.actionsDup2(memory, descriptor ?? this.#devNull, at));
    this.#libc.actionsChdir(memory, folder);
    this.#closeOthers(memory);
  }

  #keep(actions: FileActions): void {
    if (this.#known.size >= maxKept) {
      for (const oldest of this.#known.values()) {
        if (oldest.users > 0) continue;
        this.#known.delete(oldest.key);
        this.#libc.actionsDestroy(oldest.memory);
        break;
      }
    }
    this.#known.set(actions.key, actions);
  }

  #finish({ file }: SpawnRequest, frame: CallFrame, actions: FileActions, number: number): number {
    actions.users--;
    if (!this.#mayKeep) this.#libc.actionsDestroy(actions.memory);
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
