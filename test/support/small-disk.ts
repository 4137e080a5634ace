// Disks of a few megabytes, where the tests may mount some.
import { spawnSync } from "node:child_process";
import { program, tempFolder } from "./temp-workspace.js";

const mount = (folder: string, options: string): boolean =>
  spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]).status === 0;

/** Mounts a disk of this size, such as `4m`, on a folder. */
export function mountDisk(folder: string, size: string): Disposable & { resize(to: string): void } {
  const check = (isDone: boolean): void => {
    if (!isDone) throw new Error(`no disk of ${size} can be mounted`);
  };
  check(mount(folder, `size=${size},mode=700`));
  return {
    resize: (to) => check(mount(folder, `remount,size=${to}`)),
    [Symbol.dispose]: () => void spawnSync("umount", ["-l", folder]),
  };
}

export function canMount(): boolean {
  if (process.getuid?.() !== 0 || program("mount") === null) return false;
  using place = tempFolder();
  if (!mount(place.path, "size=1m")) return false;
  spawnSync("umount", [place.path]);
  return true;
}
