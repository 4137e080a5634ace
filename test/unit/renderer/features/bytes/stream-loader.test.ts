import { describe, expect, it } from "vitest";
import { rangeBytes } from "../../../../../renderer/features/bytes/byte-buffer.js";
import { StreamLoader } from "../../../../../renderer/features/bytes/stream-loader.js";

const { signal } = new AbortController();

describe("loading a stream", () => {
  it("asks for ranges of 256 KiB, one after the other, and for no byte that is not there", async () => {
    const asked: [number, number][] = [];
    const loader = new StreamLoader(rangeBytes * 2 + 5, async (from, length) => {
      asked.push([from, length]);
      return new Uint8Array(length).fill(asked.length);
    });
    loader.open();
    await loader.whole(signal);
    expect(asked).toEqual([
      [0, rangeBytes],
      [rangeBytes, rangeBytes],
      [rangeBytes * 2, 5],
    ]);
  });

  it("says why when the bytes cannot be had, and goes on when asked again", async () => {
    let isGone = true;
    const loader = new StreamLoader(8, async (_from, length) => {
      if (isGone) throw new Error("no connection");
      return new Uint8Array(length);
    });
    loader.open();
    await expect(loader.whole(signal)).rejects.toThrow("no connection");
    isGone = false;
    loader.open();
    await expect.poll(() => loader.buffer.loaded).toBe(8);
    await loader.whole(signal);
    expect(loader.state().error).toBeNull();
  });

  it("takes a shorter answer for what it is: the server no longer holds the stream", async () => {
    const loader = new StreamLoader(8, async () => new Uint8Array(3));
    loader.open();
    await expect(loader.whole(signal)).rejects.toThrow("no longer");
  });

  it("waits for what was captured by then, not for what comes later, and until it is left", async () => {
    const held: (() => void)[] = [];
    const loader = new StreamLoader(8, async (_from, length) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return new Uint8Array(length);
    });
    loader.open();
    const stop = new AbortController();
    const [first, left] = [loader.whole(signal), loader.whole(stop.signal)];
    stop.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    loader.grow(16);
    held.shift()?.();
    await first;
    expect(loader.buffer.prefix).toBe(8);
  });
});
