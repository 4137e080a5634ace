import { expect, test } from "vitest";
import { Semaphore } from "../../../server/base/semaphore.js";

test("so much runs at once, in order, and a failure frees its place", async () => {
  const semaphore = new Semaphore(2);
  const log: string[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3].map((n) =>
    semaphore.run(async () => {
      log.push(`begin ${n}`);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (n === 0) throw new Error("failed");
    }),
  );
  const failed = expect(all[0]).rejects.toThrow("failed");
  expect(log).toEqual(["begin 0", "begin 1"]);
  ends[0]?.();
  await failed;
  expect(log).toEqual(["begin 0", "begin 1", "begin 2"]);
  ends[2]?.();
  await all[2];
  expect(log).toEqual(["begin 0", "begin 1", "begin 2", "begin 3"]);
  ends[1]?.();
  ends[3]?.();
  await Promise.all(all.slice(1));
});
