// Component tests have no canvas, and Monaco draws what is beside its scroll bars on one: nothing is drawn here.
import { afterAll, beforeAll, vi } from "vitest";

/** Call it at the top of a test file that shows a real editor. */
export function blankCanvas(): void {
  beforeAll(() => {
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({
      ...{ clearRect: () => undefined, fillRect: () => undefined },
      // With these it has the type of a context: of the one that has the fewest members.
      ...{ canvas: document.createElement("canvas"), transferFromImageBitmap: () => undefined },
    });
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await vi.dynamicImportSettled(); // what an editor loads after it is shown
  });
}
