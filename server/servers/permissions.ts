// What a server's user may not do with the files that a request needs, and why suEXEC would not run the script: by
// what lies on the disk, which is gathered before.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { serverMessage } from "./messages.js";

export interface FileFacts {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly isLink: boolean;
  /** Another path without links; null: this is it. */
  readonly real: ByteString | null;
}
/** A user of the machine; `uid` null: there is none of that name, so what everyone may do counts. */
export interface User {
  readonly name: string;
  readonly uid: number | null;
  readonly groups: readonly number[];
}
/** `files`: of each path that is needed and of the folders around it; what is not there has none. */
export interface DiskFacts {
  readonly files: ReadonlyMap<ByteString, FileFacts>;
  readonly userNames: ReadonlyMap<number, string>;
}
export interface Need {
  readonly path: ByteString;
  readonly to: keyof typeof bits;
}

const bits = { read: 4, write: 2, run: 1, enter: 1 } as const;

/** POSIX: one of the three classes is asked. Root may all but run what nobody may run. */
function may({ uid, groups }: User, to: Need["to"], facts: FileFacts): boolean {
  if (uid === 0) return to !== "run" || (facts.mode & 0o111) !== 0;
  const shift = uid === facts.uid ? 6 : groups.includes(facts.gid) ? 3 : 0;
  return (facts.mode & (bits[to] << shift)) !== 0;
}

/** From the root down, without the path itself. */
export const foldersAbove = (path: ByteString): ByteString[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, Math.max(1, index)) as ByteString);

/** Why the user cannot do what is needed: of each path that stands in the way one sentence. */
export function unusableFiles(needs: readonly Need[], user: User, { files, userNames }: DiskFacts): Message[] {
  const found = new Map<string, Message>();
  for (const { path, to } of needs) {
    const real = files.get(path)?.real ?? path;
    const folders = [...foldersAbove(path), ...foldersAbove(real)].map((folder) => ({
      path: folder,
      to: "enter" as const,
    }));
    for (const step of [...folders, { path, to }]) {
      const facts = files.get(step.path);
      if (facts === undefined) break; // it is missing for every user
      if (may(user, step.to, facts)) continue;
      const owner = userNames.get(facts.uid) ?? String(facts.uid);
      const parts = { user: user.name, path: step.path, to: step.to, mode: modeText(facts), owner };
      found.set(`${step.to} ${step.path}`, serverMessage("file-not-permitted", parts));
      break;
    }
  }
  return [...found.values()];
}

const modeText = ({ mode }: FileFacts): string => (mode & 0o7777).toString(8).padStart(3, "0");

/** What Debian builds suEXEC with. */
const documentRoot = /^(?:\/var\/www|\/home\/[^/]+\/public_html)\//;
const leastId = 100;

/**
 * Why suEXEC would not run the script as its owner, by the checks about files, numbered as in its documentation; the
 * others are about the server's own setup. The target user and group are the script's: check 18 passes with them alone.
 */
export function suexecRefusals(path: ByteString, disk: DiskFacts): Message[] {
  const script = disk.files.get(path);
  const real = script?.real ?? path;
  const folders = foldersAbove(real);
  const folder = disk.files.get(folders.at(-1) ?? real);
  if (script === undefined || folder === undefined) return [];
  const owner = { name: "", uid: script.uid, groups: [script.gid] };
  const refuses: Readonly<Record<number, boolean>> = {
    7: script.uid === 0,
    8: script.uid > 0 && script.uid < leastId,
    9: script.gid === 0,
    10: script.gid > 0 && script.gid < leastId,
    12: folders.some((one) => !may(owner, "enter", disk.files.get(one) ?? folder)),
    13: !documentRoot.test(real),
    14: (folder.mode & 0o022) !== 0,
    15: script.isLink,
    16: (script.mode & 0o022) !== 0,
    17: (script.mode & 0o6000) !== 0,
    18: script.uid !== folder.uid || script.gid !== folder.gid,
    20: (script.mode & 0o100) === 0,
  };
  const checks = Object.entries(refuses).flatMap(([check, isRefused]) => (isRefused ? [Number(check)] : []));
  return checks.map((check) => serverMessage("suexec-refuses", { check }));
}
