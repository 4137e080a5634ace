// What a page's main thread did, from Chromium's own trace: how much time went into long tasks. By the clock, as a person feels it,
// and by the processor, which does not count the time in which other programs had it.
import type { Browser, Page } from "@playwright/test";

/** Longer is a long task (W3C Long Tasks), ms. */
const longMs = 50;

export interface MainThread {
  /** ms in long tasks, by the clock. */
  readonly longMs: number;
  /** ms in tasks that are long by the processor's time alone. */
  readonly longCpuMs: number;
  /** ms in all tasks, by the processor. */
  readonly cpuMs: number;
}

/** Records until the returned function is called. */
export async function recordMainThread(browser: Browser, page: Page): Promise<() => Promise<MainThread>> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  return async () => summaryOf(JSON.parse((await browser.stopTracing()).toString("utf8")));
}

function summaryOf(trace: unknown): MainThread {
  const events = listOf(property(trace, "traceEvents"));
  const place = (event: unknown): string => `${property(event, "pid")} ${property(event, "tid")}`;
  const mains = new Set(
    events
      .filter(
        (event) =>
          property(event, "name") === "thread_name" && property(property(event, "args"), "name") === "CrRendererMain",
      )
      .map(place),
  );
  const tasks = events.filter(
    (event) => property(event, "name") === "ThreadControllerImpl::RunTask" && mains.has(place(event)),
  );
  if (tasks.length === 0) throw new Error("the trace has no tasks of a page");
  const sum = (key: "dur" | "tdur", leastMs: number): number =>
    tasks
      .map((task) => Number(property(task, key) ?? 0) / 1000)
      .reduce((total, ms) => (ms > leastMs ? total + ms : total), 0);
  return { longMs: sum("dur", longMs), longCpuMs: sum("tdur", longMs), cpuMs: sum("tdur", 0) };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const property = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
