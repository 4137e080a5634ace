// The list of processes cannot be read: no descriptors are left. A script is ended all the same.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { expect, test, vi } from "vitest";
import { createStarter } from "../../../server/spawn/create-starter.js";
import { processTable } from "../../../server/spawn/sessions/process-table.js";
import { waitFor } from "../../support/wait-for.js";
import { run, shell } from "./run-child.js";

/** Until `restore` is called. */
function withoutDescriptors(call: "readdirSync" | "readFileSync" = "readdirSync"): { restore(): void } {
  const spy = vi.spyOn(fs, call).mockImplementation(() => {
    throw Object.assign(new Error("too many open files"), { code: "EMFILE" });
  });
  syncBuiltinESMExports(); // the named imports, too
  return {
    restore: () => {
      spy.mockRestore();
      syncBuiltinESMExports();
    },
  };
}

test.runIf(process.platform === "linux").each(["native", "portable"] as const)(
  "%s: TERM and KILL reach the leader's group at once, and other groups as soon as they can be found",
  async (start) => {
    const { starter } = await createStarter(start);
    const { child, result, said } = await run(
      starter,
      shell(`trap '' TERM; set -m; bash -c 'trap "" TERM; sleep 61; :' & set +m; echo up; sleep 62; sleep 63`),
    );
    await waitFor("it runs", () => said() === "up\n");
    const inGroup = (): string[] => child.survivors().filter((each) => each.endsWith(" sleep"));
    await waitFor("its children", () => inGroup().length === 2);
    const descriptors = withoutDescriptors();
    try {
      await waitFor("the list read before is too old to be used", () => child.survivors().length === 0);
      child.end(50);
      await waitFor("the leader is gone", () => !isThere(child.pid));
    } finally {
      descriptors.restore();
    }
    expect((await result).exit.signal).toBe("SIGKILL");
    await waitFor("the other group is gone", () => inGroup().length === 0);
    await starter.dispose();
  },
);

test.runIf(process.platform === "linux")("disposing ends what runs, and does not take it for gone", async () => {
  const { starter } = await createStarter("auto");
  const { result, said } = await run(starter, shell("trap '' TERM; echo up; sleep 61; sleep 62"));
  await waitFor("it runs", () => said() === "up\n");
  const descriptors = withoutDescriptors();
  try {
    await starter.dispose();
    expect((await result).exit.signal).toBe("SIGKILL");
  } finally {
    descriptors.restore();
  }
});

test.runIf(process.platform === "linux")("a process that cannot be looked at makes no shorter list", () => {
  const descriptors = withoutDescriptors("readFileSync");
  try {
    expect(processTable()).toBeNull();
  } finally {
    descriptors.restore();
  }
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
