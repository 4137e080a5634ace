import { expect, test } from "vitest";
import { Admission, type Place } from "../../../server/http/admission.js";
import { Interruption } from "../../../server/http/interruption.js";

const stopped = { outcome: "stopped", detail: "", status: 503 } as const;

function leave(place: Place | "full" | "interrupted"): void {
  if (typeof place === "string") throw new Error(`no place: ${place}`);
  place.leave();
}

test("admits up to the limit, then queues, then is full", async () => {
  const admission = new Admission();
  const limits = { concurrency: 2, queue: 1 };
  const [first, second] = [await admission.enter(limits, new Interruption()), await admission.enter(limits, new Interruption())];
  const third = admission.enter(limits, new Interruption());
  expect(await admission.enter(limits, new Interruption())).toBe("full");
  expect([admission.running, admission.queued]).toEqual([2, 1]);
  leave(first);
  leave(await third);
  leave(second);
  expect([admission.running, admission.queued]).toEqual([0, 0]);
});

test("leaving twice frees one place", async () => {
  const admission = new Admission();
  const limits = { concurrency: 1, queue: 9 };
  const first = await admission.enter(limits, new Interruption());
  const [second] = [admission.enter(limits, new Interruption()), admission.enter(limits, new Interruption())];
  leave(first);
  leave(first);
  await second;
  expect([admission.running, admission.queued]).toEqual([1, 1]);
});

test("an interrupted request leaves the queue, and later ones move up", async () => {
  const admission = new Admission();
  const limits = { concurrency: 1, queue: 9 };
  const first = await admission.enter(limits, new Interruption());
  const interruption = new Interruption();
  const second = admission.enter(limits, interruption);
  const third = admission.enter(limits, new Interruption());
  interruption.interrupt(stopped);
  expect(await second).toBe("interrupted");
  leave(first);
  leave(await third);
  expect([admission.running, admission.queued]).toEqual([0, 0]);
});

test("a raised limit lets the queue in with the next request", async () => {
  const admission = new Admission();
  const low = { concurrency: 1, queue: 9 };
  await admission.enter(low, new Interruption());
  const waiting = admission.enter({ concurrency: 2, queue: 9 }, new Interruption());
  leave(await waiting);
  expect(admission.running).toBe(1);
});
