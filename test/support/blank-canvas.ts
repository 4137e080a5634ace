// Component tests have no canvas, and Monaco draws what is beside its scroll bars on one: nothing is drawn here.
import { afterAll, beforeAll, vi } from "vitest";

/** Call it at the top of a test file that shows a real editor. */
export function blankCanvas(): void {
  beforeAll(() => {
    const context = Object.assign(Object.create(null), { clearRect: () => undefined, fillRect: () => undefined });
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(context);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await vi.dynamicImportSettled(); // what an editor loads after it is shown
  });
}
