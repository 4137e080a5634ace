// A file that is slow to come: whoever opens it waits until it is released, as on
// a disk or a share that does not respond.
import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, renameSync, writeSync } from "node:fs";

export interface HeldFile extends Disposable {
  /** Whoever waits gets the content; later readers find the file as it was. */
  release(): void;
}

/** At most 64 KiB: a pipe is in the file's place, and holds no more. */
export function holdFile(path: string): HeldFile {
  const aside = `${path}.aside`;
  renameSync(path, aside);
  execFileSync("mkfifo", [path]);
  let isHeld = true;
  const release = (): void => {
    if (!isHeld) return;
    isHeld = false;
    const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK); // does not wait for a reader
    renameSync(aside, path);
    writeSync(pipe, readFileSync(path));
    closeSync(pipe);
  };
  return { release, [Symbol.dispose]: release };
}
