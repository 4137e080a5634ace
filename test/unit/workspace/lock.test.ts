// The lock of a workspace between real processes, one of which is killed.
import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runtimeFolder } from "../../../server/base/runtime-folder.js";
import { lockOrProblem, lockWorkspace } from "../../../server/workspace/lock/lock.js";
import { processStart } from "../../../server/workspace/lock/process-identity.js";
import { withUnreadProcesses } from "../../support/unread-processes.js";
import { site } from "../routing/site.js";

test("the first owns the workspace, others join, and after its release the next one owns it", async () => {
  using locks = site({ "x/": "" });
  const first = await lockWorkspace("/some/where", locks.root);
  const second = await lockWorkspace("/some/where", locks.root);
  const elsewhere = await lockWorkspace("/some/where/else", locks.root);
  expect([first.owned, second.owned, elsewhere.owned]).toEqual([true, false, true]);
  await second.release();
  expect((await lockWorkspace("/some/where", locks.root)).owned).toBe(false);
  await first.release();
  await first.release();
  const third = await lockWorkspace("/some/where", locks.root);
  expect(third.owned).toBe(true);
  await first.release(); // no longer its own
  expect((await lockWorkspace("/some/where", locks.root)).owned).toBe(false);
  await Promise.all([third.release(), elsewhere.release()]);
  expect(readdirSync(locks.root)).toEqual(["x"]);
});

test("of many at once exactly one owns it, also when a dead one's lock is in the way", async () => {
  using locks = site({ "x/": "" });
  for (let round = 0; round < 5; round++) {
    const all = await Promise.all(Array.from({ length: 12 }, () => lockWorkspace("/w", locks.root)));
    expect(all.filter(({ owned }) => owned)).toHaveLength(1);
    const file = readdirSync(locks.root).find((name) => name.endsWith(".lock")) ?? "";
    writeFileSync(
      `${locks.root}/${file}`,
      JSON.stringify({ pid: process.pid, start: "another time", token: "of the dead", root: "/w" }),
    );
  }
});

test("what a killed process held is free; what a running one holds is not", async () => {
  using locks = site({ "x/": "" });
  const mine = await lockWorkspace("/w", locks.root);
  const file = `${locks.root}/${readdirSync(locks.root).find((name) => name.endsWith(".lock"))}`;
  const held = JSON.parse(readFileSync(file, "utf8"));
  const other = spawn("sleep", ["60"], { stdio: "ignore" });
  const pid = other.pid ?? 0;
  const exit = once(other, "exit");
  writeFileSync(file, JSON.stringify({ ...held, pid, start: await processStart(pid), token: "the other's" }));
  expect((await lockWorkspace("/w", locks.root)).owned).toBe(false);
  other.kill("SIGKILL");
  await exit;
  expect(await processStart(pid)).toBeNull();
  const next = await lockWorkspace("/w", locks.root);
  expect(next.owned).toBe(true);
  await mine.release();
  await next.release();
});

test.runIf(process.platform === "linux")(
  "who cannot be asked about counts as running, and keeps the lock",
  async () => {
    using locks = site({ "x/": "" });
    const mine = await lockWorkspace("/w", locks.root);
    await withUnreadProcesses(async () => {
      expect(await processStart(process.pid)).toBe("unknown");
      const { lock } = await lockOrProblem("/w", locks.root);
      expect(lock.owned).toBe(false);
    });
    expect((await lockWorkspace("/w", locks.root)).owned).toBe(false);
    await mine.release();
  },
);

test("a lock that is shared is free when the last one has released it", async () => {
  using locks = site({ "x/": "" });
  const first = await lockWorkspace("/w", locks.root);
  const second = first.share();
  await first.release();
  await first.release();
  expect((await lockWorkspace("/w", locks.root)).owned).toBe(false);
  await second.release();
  expect(readdirSync(locks.root)).toEqual(["x"]);
});

test("a lock file that is no lock is taken over", async () => {
  using locks = site({ "x/": "" });
  const lock = await lockWorkspace("/w", locks.root);
  writeFileSync(`${locks.root}/${readdirSync(locks.root).find((name) => name.endsWith(".lock"))}`, "{");
  const next = await lockWorkspace("/w", locks.root);
  expect(next.owned).toBe(true);
  await lock.release();
  await next.release();
});

test("the runtime folder is private", async () => {
  using base = site({ "elsewhere/": "" });
  const environment = { XDG_RUNTIME_DIR: base.root };
  const folder = await runtimeFolder(environment);
  expect(folder).toBe(`${base.root}/cgi-workbench`);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(await runtimeFolder(environment)).toBe(folder);
});

test.skipIf(process.platform === "win32")(
  "another user who takes its name first keeps nobody from working (B10)",
  async () => {
    using base = site({ "home/": "", "elsewhere/": "" });
    const environment = { TMPDIR: `${base.root}/`, HOME: `${base.root}/home` };
    const expected = `${base.root}/cgi-workbench-${process.getuid?.()}`;
    const isRandom = expect.stringMatching(/\/cgi-workbench-\w{6}$/);
    symlinkSync("elsewhere", expected);
    const [folder, ...others] = await Promise.all([1, 2, 3, 4].map(() => runtimeFolder(environment)));
    expect(folder).toEqual(isRandom);
    expect(others).toEqual([folder, folder, folder]);
    expect(statSync(folder ?? "").mode & 0o777).toBe(0o700);
    expect(readdirSync(base.root).filter((name) => name.startsWith("cgi-workbench-"))).toHaveLength(2);

    chmodSync(folder ?? "", 0o755); // it is private no longer, as if another user had made it after a restart
    const next = await runtimeFolder(environment);
    expect(next).toEqual(isRandom);
    expect(next).not.toBe(folder);
    expect(await runtimeFolder(environment)).toBe(next);

    execFileSync("rm", [expected]);
    mkdirSync(expected, { mode: 0o777 });
    chmodSync(expected, 0o777);
    expect(await runtimeFolder(environment)).toBe(next);
    expect(await runtimeFolder({ ...environment, XDG_RUNTIME_DIR: "/proc/none" })).toBe(next);
  },
);

test("locks and drafts of killed processes go when a folder is opened; those of running ones stay (R17)", async () => {
  using locks = site({ "x/": "" });
  const mine = await lockWorkspace("/mine", locks.root);
  const [running = ""] = readdirSync(locks.root).filter((name) => name.endsWith(".lock"));
  const dead = JSON.stringify({ pid: process.pid, start: "another time", token: "of the dead", root: "/w" });
  const name = "0123456789abcdef0123456789abcdef.lock";
  for (const file of [name, `${name}.${randomUUID()}`]) writeFileSync(`${locks.root}/${file}`, dead);
  writeFileSync(`${locks.root}/fedcba9876543210fedcba9876543210.lock`, "damaged");
  const { lock } = await lockOrProblem("/other", locks.root);
  expect(readdirSync(locks.root).sort()).toEqual(
    [running, "fedcba9876543210fedcba9876543210.lock", lockFileOf(locks.root, "/other"), "x"].sort(),
  );
  await lock.release();
  await mine.release();
});

/** The name of the file that locks a folder. */
function lockFileOf(locks: string, root: string): string {
  const found = readdirSync(locks).find(
    (name) => name.endsWith(".lock") && readFileSync(`${locks}/${name}`, "utf8").includes(JSON.stringify(root)),
  );
  return found ?? "no lock";
}
