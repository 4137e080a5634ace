// A page for component tests, which run in happy-dom. That has elements, events and focus but lays nothing out, and
// lists draw only what fits: so every element gets one size, and who watches sizes is told of it once.
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";

const size = { width: 800, height: 240 } as const;

/** Call it at the top of a test file; what a test rendered is removed after it. */
export function layOutPage(): void {
  beforeAll(() => {
    for (const [side, names] of [
      [size.width, ["offsetWidth", "clientWidth"]],
      [size.height, ["offsetHeight", "clientHeight"]],
    ] as const)
      for (const name of names)
        Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => side });
    vi.stubGlobal("ResizeObserver", OneSize);
  });
  afterEach(cleanup);
  afterAll(() => vi.unstubAllGlobals());
}

class OneSize implements ResizeObserver {
  readonly #onResize: ResizeObserverCallback;
  constructor(onResize: ResizeObserverCallback) {
    this.#onResize = onResize;
  }
  observe(target: Element): void {
    const box = [{ inlineSize: size.width, blockSize: size.height }];
    const contentRect = new DOMRect(0, 0, size.width, size.height);
    queueMicrotask(() =>
      this.#onResize(
        [{ target, contentRect, borderBoxSize: box, contentBoxSize: box, devicePixelContentBoxSize: box }],
        this,
      ),
    );
  }
  unobserve(): void {}
  disconnect(): void {}
}
