// Component tests have no canvas: what is drawn on one is drawn nowhere.
import { afterAll, beforeAll, vi } from "vitest";

/** Call it at the top of a test file whose parts draw. */
export function blankCanvas(): void {
  beforeAll(() => {
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(nothing);
    vi.stubGlobal("Path2D", function Path() {
      return nothing;
    });
  });
  afterAll(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
}

/** Takes all calls and has all settings of a context and of a path. */
const nothing = new Proxy(Object.create(null), { get: () => () => undefined, set: () => true });
