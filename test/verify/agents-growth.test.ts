// Thousands of requests to each agent in each mode: every one is answered, and the processes that stay are as large as
// before, hold as many descriptors, and use no processor once nothing is asked.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AgentProcess } from "../support/agents/agent-process.js";
import { faulty, isMissing, startFaulty } from "../support/agents/faulty.js";
import { amount } from "../support/evidence.js";
import { descendants, isAlive, ofLiving, openDescriptors, residentBytes } from "../support/processes.js";
import { tempFolder } from "../support/temp-workspace.js";
import { settled } from "../support/wait-for.js";

const requests = amount(20_000, 300);
/** Until the interpreter's heap has its size. */
const warm = amount(2000, 200);
const allowedBytes = 6 << 20;
const allowedDescriptors = 8;

async function serve(agent: AgentProcess, count: number): Promise<void> {
  let left = count;
  const connection = async (): Promise<void> => {
    while (left-- > 0) {
      const { status, failure, stdout } = await agent.ask({ QUERY_STRING: "quick" });
      expect([status, failure, stdout.toString().endsWith("quick\n")]).toEqual([0, null, true]);
    }
  };
  await Promise.all([connection(), connection()]);
}

const ticks = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
};

for (const one of faulty)
  describe.skipIf(isMissing(one))(`${one.language}, ${one.mode} (needs ${one.needs})`, { timeout: 900_000 }, () => {
    test(`${requests} requests without growth`, async () => {
      using folder = tempFolder();
      await using agent = await startFaulty(one, folder, "--grow=0", "--workers=2");
      await serve(agent, warm);
      const before = new Map(
        descendants(agent.pid).flatMap(({ pid }) => {
          const size = ofLiving(pid, () => ({ bytes: residentBytes(pid), descriptors: openDescriptors(pid).length }));
          return size === null ? [] : [[pid, size] as const];
        }),
      );
      await serve(agent, requests);
      const stayed = [...before].filter(([pid]) => isAlive(pid));
      expect(stayed.length).toBeGreaterThanOrEqual(2);
      expect(descendants(agent.pid).length).toBeLessThanOrEqual(before.size + 2);
      for (const [pid, { bytes, descriptors }] of stayed) {
        expect(residentBytes(pid) - bytes).toBeLessThan(allowedBytes);
        expect(openDescriptors(pid).length).toBeLessThanOrEqual(descriptors + allowedDescriptors);
        await settled(() => ticks(pid));
      }
      expect(agent.log).toBe("");
    });
  });
