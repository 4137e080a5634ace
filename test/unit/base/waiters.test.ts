// Waiting for a change: the one primitive of all feeds, and the state's feed on it.
import { describe, expect, test } from "vitest";
import { StateFeed } from "../../../server/base/state-feed.js";
import { Waiters } from "../../../server/base/waiters.js";

describe("waiters", () => {
  test("all of them wake at the next change, and none at the one before", async () => {
    const waiters = new Waiters();
    const { signal } = new AbortController();
    waiters.wake();
    let woken = 0;
    const waiting = [waiters.wait(signal), waiters.wait(signal)].map((one) => one.then(() => woken++));
    expect(woken).toBe(0);
    waiters.wake();
    await Promise.all(waiting);
    expect(woken).toBe(2);
  });

  test("an abort ends the wait with its reason, before or while it lasts", async () => {
    const waiters = new Waiters();
    const stop = new AbortController();
    const waiting = waiters.wait(stop.signal);
    stop.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
    await expect(waiters.wait(stop.signal)).rejects.toThrow("gone");
    waiters.wake(); // nobody is left
  });
});

describe("following a state", () => {
  test("a reader that a change has woken gets the state of the feed's end, not what came after it", async () => {
    let folder: string | null = "/site";
    const feed = new StateFeed((rev) => ({ rev, folder }));
    const never = new AbortController().signal;
    const woken = feed.next(0, never);
    feed.changed();
    feed.end();
    folder = null;
    feed.changed();
    expect(await woken).toEqual({ rev: 1, folder: "/site" });
    expect(await feed.next(-1, never)).toEqual({ rev: 1, folder: "/site" });
  });

  test("begins with the state as it is, tells each later one, and ends with the signal", async () => {
    let value = "first";
    const feed = new StateFeed((rev) => ({ rev, value }));
    const stop = new AbortController();
    const seen: string[] = [];
    const done = feed.follow((state) => {
      seen.push(state.value);
      if (state.value === "last") return stop.abort();
      value = "last";
      feed.changed();
    }, stop.signal);
    await done;
    expect(seen).toEqual(["first", "last"]);
  });
});
