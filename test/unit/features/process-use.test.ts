// What processes take: a child that computes and keeps memory is seen, also after it has ended.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { memoryOf, peakDuring, processorMs, requestCpuMs } from "../../../server/features/bench/process-use.js";

const source = `const kept = Buffer.alloc(64 << 20, 1);
const until = process.cpuUsage().user + 300_000;
while (process.cpuUsage().user < until);
process.stdout.write("done");
process.stdin.once("data", () => process.exit(kept.length > 0 ? 0 : 1));`;

describe.skipIf(!existsSync("/proc/self/smaps_rollup"))("on Linux", () => {
  test("processor time and memory of a process, and of one that is over", async () => {
    const before = processorMs([]) ?? Number.NaN;
    const start = async () => {
      const started = spawn(process.execPath, ["-e", source], { stdio: ["pipe", "pipe", "inherit"] });
      await once(started.stdout, "data");
      return started;
    };
    const { result: child, peak } = await peakDuring(start, {
      isStarted: () => true,
      pidIn: ({ pid }) => pid ?? null,
    });
    const pids = [child.pid ?? 0];
    expect(memoryOf(pids)).toBeGreaterThan(64 << 20);
    expect((processorMs(pids) ?? 0) - before).toBeGreaterThanOrEqual(250);
    child.stdin.write("end");
    await once(child, "close");
    expect((processorMs([]) ?? 0) - before).toBeGreaterThanOrEqual(250);
    expect(memoryOf(pids)).toBeNull();
    expect(peak).toBeGreaterThan(32 << 20);
  });
});

test("processor time of a request: what ends in one of the rounds is not a part of it", () => {
  const round = (cpuMs: number | null, requests = 100) => ({ cpuMs, requests });
  const quiet = [round(200), round(210), round(190), round(200), round(200)];
  expect(requestCpuMs(quiet)).toBe(2);
  expect(requestCpuMs([...quiet.slice(1), round(2200)])).toBeCloseTo(2, 1);
  expect(requestCpuMs([round(500, 0), ...quiet])).toBe(2);
  const coarse = [10, 10, 20, 20, 20].map((cpuMs) => round(cpuMs));
  expect(requestCpuMs(coarse)).toBeCloseTo(50 / 300);
  expect(requestCpuMs([round(0), ...coarse.slice(0, 2), round(30), round(400)])).toBe(50 / 300);
  expect(requestCpuMs([round(10), round(10)])).toBeNull();
  expect(requestCpuMs([round(null), round(null)])).toBeNull();
});
