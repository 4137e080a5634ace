// What a page's main thread did, from Chromium's own trace: how much time went into long tasks, and how
// long the longest took. By the clock, as a person feels it, and by the processor, which does not count
// the time in which other programs had it. What the test itself asks of the page is not counted.
import type { Page } from "@playwright/test";

/** Longer is a long task (W3C Long Tasks), ms. */
const longMs = 50;

export interface MainThread {
  /** ms in long tasks, by the clock. */
  readonly longMs: number;
  /** ms in tasks that are long by the processor's time alone. */
  readonly longCpuMs: number;
  /** ms in all tasks, by the processor. */
  readonly cpuMs: number;
  /** ms of the longest task, by the clock. */
  readonly longestMs: number;
  /** ms of the task that took most of the processor's time, by that time. */
  readonly longestCpuMs: number;
}

/** Records until the returned function is called. */
export async function recordMainThread(page: Page): Promise<() => Promise<MainThread>> {
  const session = await page.context().newCDPSession(page);
  const events: unknown[] = [];
  session.on("Tracing.dataCollected", ({ value }) => void events.push(...value));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel"] },
  });
  return async () => {
    const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
    await session.send("Tracing.end");
    await complete;
    await session.detach();
    return summaryOf(events);
  };
}

function summaryOf(events: readonly unknown[]): MainThread {
  const place = (event: unknown): string => `${property(event, "pid")} ${property(event, "tid")}`;
  const mains = new Set(
    events
      .filter(
        (event) =>
          property(event, "name") === "thread_name" && property(property(event, "args"), "name") === "CrRendererMain",
      )
      .map(place),
  );
  const ofTest = events.filter(isCommandOfTest);
  const tasks = events.filter(
    (event) =>
      property(event, "name") === "ThreadControllerImpl::RunTask" &&
      mains.has(place(event)) &&
      !ofTest.some((command) => place(command) === place(event) && isWithin(command, event)),
  );
  if (tasks.length === 0) throw new Error("the trace has no tasks of a page");
  const times = (key: "dur" | "tdur"): number[] => tasks.map((task) => Number(property(task, key) ?? 0) / 1000);
  const sum = (ms: readonly number[]): number => ms.reduce((total, one) => total + one, 0);
  const longest = (ms: readonly number[]): number => ms.reduce((most, one) => Math.max(most, one), 0);
  const [byClock, byCpu] = [times("dur"), times("tdur")];
  return {
    longMs: sum(byClock.filter((ms) => ms > longMs)),
    longCpuMs: sum(byCpu.filter((ms) => ms > longMs)),
    cpuMs: sum(byCpu),
    longestMs: longest(byClock),
    longestCpuMs: longest(byCpu),
  };
}

/** A command of the DevTools protocol, in which Playwright looks for elements and reads them. */
const isCommandOfTest = (event: unknown): boolean =>
  property(property(property(event, "args"), "chrome_mojo_event_info"), "mojo_interface_tag") ===
  "blink.mojom.DevToolsSession";

const isWithin = (event: unknown, task: unknown): boolean => {
  const [at, began, took] = [property(event, "ts"), property(task, "ts"), property(task, "dur")].map(Number);
  return at !== undefined && began !== undefined && took !== undefined && at >= began && at <= began + took;
};

const property = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
