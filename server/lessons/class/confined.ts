// What holds the process that checks the works of other people: on Linux it has no network but its own loopback, and
// can write into the copies of the works alone; its scripts have limits. The report says which part is not to be had.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

export const holds = ["network", "files", "limits"] as const;
export type Hold = (typeof holds)[number];
/** What each of them means, for people. */
export const holdWords: Readonly<Record<Hold, string>> = {
  network: "the works had no network",
  files: "they could write nowhere but into their copies",
  limits: "each process had limits of memory, bytes, time of a processor and processes",
};

interface Confined {
  /** The words before the command. */
  readonly command: readonly string[];
  readonly held: readonly Hold[];
}

/** In MiB, processes and seconds of a processor; for each process. */
const limits = ["prlimit", "--data=4294967296", "--fsize=67108864", "--nproc=2000", "--cpu=300", "--core=0"];

/** The first argument is the folder that stays writable. Capabilities are given up, so that nothing is undone. */
const setUp = `ip link set lo up && mount --bind "$1" "$1" || exit 1
while read -r _ _ _ _ at _; do
  case "$at" in "$1") ;; *) mount -o remount,bind,ro "$(printf %b "$at")" || exit 1 ;; esac
done < /proc/self/mountinfo
shift
exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"`;

/** `folder`: absolute; the only one that can be written. */
export async function confined(folder: string): Promise<Confined> {
  const alone = ["unshare", "-r", "-n", "-m", "sh", "-c", setUp, "sh", folder];
  const runs = async (command: readonly string[]): Promise<boolean> => {
    const [program = "", ...args] = command;
    return promisify(execFile)(program, [...args, "true"]).then(
      () => true,
      () => false,
    );
  };
  const [isAlone, isLimited] = await Promise.all([runs(alone), runs(limits)]);
  return {
    command: [...(isLimited ? limits : []), ...(isAlone ? alone : [])],
    held: holds.filter((one) => (one === "limits" ? isLimited : isAlone)),
  };
}
