// The pipes of one start: the server's ends, and the child's, which become its descriptors 0, 1 and 2. Real pipes, not
// sockets: a script may open /dev/stderr.

import { startMessage } from "../messages.js";
import { StartError, type StartOptions } from "../start.js";
import { errnoName } from "./errno.js";
import type { Libc } from "./libc.js";

interface PipeEnds {
  readonly ours: number;
  readonly theirs: number;
}

const ends = new Int32Array(2);

function openPipe(libc: Libc, weRead: boolean): PipeEnds {
  if (libc.pipe(ends) !== 0) {
    const code = errnoName(libc.errno());
    throw new StartError(code, startMessage("no-pipe", { errno: code }));
  }
  const [reading = -1, writing = -1] = ends;
  const pipe = weRead ? { ours: reading, theirs: writing } : { ours: writing, theirs: reading };
  // Non-blocking is a property of the open end, not of the descriptor: only the server's ends, because scripts expect
  // to block. A pipe that signals gets both properties in one call, when it is read.
  if (!weRead || libc.platform.signalling === null) libc.setNonBlocking(pipe.ours);
  return pipe;
}

export class ChildDescriptors {
  /** Null: the child has no such pipe. */
  readonly stdin: PipeEnds | null;
  readonly stdout: PipeEnds;
  readonly stderr: PipeEnds;
  readonly #libc: Libc;

  /** @throws StartError (EMFILE, ENFILE); nothing stays open then */
  constructor(libc: Libc, stdin: StartOptions["stdin"]) {
    this.#libc = libc;
    const open: PipeEnds[] = [];
    const pipe = (weRead: boolean): PipeEnds => {
      const made = openPipe(libc, weRead);
      open.push(made);
      return made;
    };
    try {
      this.stdin = stdin === "pipe" ? pipe(false) : null;
      this.stdout = pipe(true);
      this.stderr = pipe(true);
    } catch (error) {
      for (const { ours, theirs } of open) {
        libc.close(ours);
        libc.close(theirs);
      }
      throw error;
    }
  }

  /** After the start: an end that stays open here would hide the end of file. */
  closeTheirs(): void {
    for (const pipe of this.#pipes()) this.#libc.close(pipe.theirs);
  }

  /** After a refused start, as long as no socket owns them. */
  closeOurs(): void {
    for (const pipe of this.#pipes()) this.#libc.close(pipe.ours);
  }

  #pipes(): readonly PipeEnds[] {
    return this.stdin ? [this.stdin, this.stdout, this.stderr] : [this.stdout, this.stderr];
  }
}
