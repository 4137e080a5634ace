// One window owns a workspace, others join it. The lock is a file outside the workspace, named after it, with the
// holder's process number and start time: a holder that has ended, even by SIGKILL, has no lock. A hard link creates it
// complete.
import { createHash, randomUUID } from "node:crypto";
import { link, readdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { errorCode } from "../../base/disk.js";
import { errorText } from "../../base/error-text.js";
import { runtimeFolder } from "../../base/runtime-folder.js";
import { toProblem } from "../../contract/problem.js";
import type { Problem } from "../../contract/workspace.js";
import { lockMessage } from "./messages.js";
import { processStart } from "./process-identity.js";

const holder = z.object({ pid: z.int().positive(), start: z.string(), token: z.string(), root: z.string() });
type Holder = z.infer<typeof holder>;

/** A lock, or a draft of one. */
const lockName = /^[0-9a-f]{32}\.lock(\.[0-9a-f-]{36})?$/;
/** How often to retry if a lock disappears or changes while it is read. */
const maxAttempts = 100;
const retryMs = 5;

export interface WorkspaceLock {
  /** False: another window owns the workspace. */
  readonly owned: boolean;
  /** Gives the lock to a further holder: it is free when each has released it. */
  share(): WorkspaceLock;
  /** Idempotent. */
  release(): Promise<void>;
}

/** `root`: the workspace's real path. `folder`: the folder of locks. */
export async function lockWorkspace(root: string, folder?: string): Promise<WorkspaceLock> {
  const kept = folder ?? (await runtimeFolder());
  const file = join(kept, `${createHash("sha256").update(root).digest("hex").slice(0, 32)}.lock`);
  const own = await holderOf(root);
  const draft = `${file}.${own.token}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600, flag: "wx" });
  try {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      if (await succeeds(link(draft, file), "EEXIST")) return held(() => release(file, own));
      const other = await read(file);
      if (other !== null && (await isAlive(other))) return joined;
      await removeStale(file, draft);
    }
    return joined; // so many changes mean that other processes are alive
  } finally {
    await unlink(draft);
  }
}

/** Removes the locks and drafts that killed processes left in the folder of locks, of any workspace. */
async function removeDeadLocks(folder: string): Promise<void> {
  const own: Holder = await holderOf("");
  const draft = join(folder, `${"0".repeat(32)}.lock.${own.token}`);
  await writeFile(draft, JSON.stringify(own), { mode: 0o600, flag: "wx" });
  try {
    for (const name of (await readdir(folder)).filter((each) => lockName.test(each))) {
      const file = join(folder, name);
      const other = await read(file);
      if (other === null || (await isAlive(other))) continue;
      if (name.endsWith(".lock")) await removeStale(file, draft);
      else await succeeds(unlink(file), "ENOENT"); // a draft, which nobody else uses
    }
  } finally {
    await unlink(draft);
  }
}

const holderOf = async (root: string): Promise<Holder> => ({
  pid: process.pid,
  start: (await processStart(process.pid)) ?? "unknown",
  token: randomUUID(),
  root,
});

const joined: WorkspaceLock = { owned: false, share: () => joined, release: () => Promise.resolve() };

function held(onFree: () => Promise<void>): WorkspaceLock {
  let holders = 0;
  const share = (): WorkspaceLock => {
    holders++;
    let isReleased = false;
    const release = async (): Promise<void> => {
      if (isReleased) return;
      isReleased = true;
      if (--holders === 0) await onFree();
    };
    return { owned: true, share, release };
  };
  return share();
}

async function release(file: string, own: Holder): Promise<void> {
  if ((await read(file))?.token === own.token) await succeeds(unlink(file), "ENOENT");
}

/** Null if it no longer exists or is not one of ours. */
async function read(file: string): Promise<Holder | null> {
  try {
    return holder.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError || errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

async function isAlive({ pid, start }: Holder): Promise<boolean> {
  const now = await processStart(pid);
  return now !== null && (now === start || now === "unknown" || start === "unknown");
}

/** Removes the lock of a dead process. One process at a time, or the second would remove the new lock of the first. */
async function removeStale(file: string, draft: string): Promise<void> {
  const turn = `${file}.turn`;
  if (!(await succeeds(link(draft, turn), "EEXIST"))) {
    const before = await read(turn);
    if (before !== null && (await isAlive(before))) await delay(retryMs);
    else await succeeds(unlink(turn), "ENOENT"); // it died in the middle of this
    return;
  }
  try {
    const other = await read(file);
    if (other === null || !(await isAlive(other))) await succeeds(unlink(file), "ENOENT");
  } finally {
    await unlink(turn);
  }
}

/** False if it failed with this code; any other error is thrown. */
async function succeeds(action: Promise<unknown>, code: string): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    if (errorCode(error) === code) return false;
    throw error;
  }
}

/** A folder that cannot be locked opens all the same: saves compare hashes anyway. */
export async function lockOrProblem(
  root: string,
  folder: string | undefined,
): Promise<{ lock: WorkspaceLock; problem: Problem | null }> {
  try {
    const locks = folder ?? (await runtimeFolder());
    await removeDeadLocks(locks);
    return { lock: await lockWorkspace(root, locks), problem: null };
  } catch (error) {
    const systemText = errorText(error);
    return {
      lock: held(() => Promise.resolve()),
      problem: toProblem(lockMessage("lock", { systemText })),
    };
  }
}
