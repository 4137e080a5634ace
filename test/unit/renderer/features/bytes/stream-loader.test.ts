import { describe, expect, it } from "vitest";
import { rangeBytes } from "../../../../../renderer/features/bytes/byte-buffer.js";
import { StreamLoader } from "../../../../../renderer/features/bytes/stream-loader.js";

const whole = (loader: StreamLoader): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (loader.state().error !== null || loader.buffer.loaded === loader.buffer.length) resolve();
    };
    loader.subscribe(look);
    look();
  });

describe("loading a stream", () => {
  it("asks for ranges of 256 KiB, one after the other, and for no byte that is not there", async () => {
    const asked: [number, number][] = [];
    const loader = new StreamLoader(rangeBytes * 2 + 5, async (from, length) => {
      asked.push([from, length]);
      return new Uint8Array(length).fill(asked.length);
    });
    loader.open();
    await whole(loader);
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
    await whole(loader);
    expect(loader.state().error).toBe("no connection");
    isGone = false;
    loader.open();
    await expect.poll(() => loader.buffer.loaded).toBe(8);
    expect(loader.state().error).toBeNull();
  });

  it("takes a shorter answer for what it is: the server no longer holds the stream", async () => {
    const loader = new StreamLoader(8, async () => new Uint8Array(3));
    loader.open();
    await whole(loader);
    expect(loader.state().error).toContain("no longer");
  });
});
