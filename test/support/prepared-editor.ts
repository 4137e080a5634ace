// What the editor needs of a page beside what happy-dom has: workers, the tokens of the style sheet for its colours,
// and a canvas for what is beside its scroll bars.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import { blankCanvas } from "./blank-canvas.js";
import { PageWorker } from "./page-worker.js";
import { repositoryRoot } from "./repository.js";

/** Call it at the top of a test file that opens texts. */
export function prepareEditor(): void {
  blankCanvas();
  beforeAll(() => {
    vi.stubGlobal("Worker", PageWorker);
    document.head.append(tokens());
  });
  afterAll(async () => {
    await vi.dynamicImportSettled(); // what an editor loads after it is shown
    vi.unstubAllGlobals();
  });
}

/** The colours as a browser computes them. */
function tokens(): HTMLStyleElement {
  const style = document.createElement("style");
  const css = readFileSync(join(repositoryRoot, "renderer/ui/tokens.css"), "utf8");
  const part = (hex: string): number => Number.parseInt(hex, 16);
  style.textContent = css.replace(
    /#(..)(..)(..);/g,
    (_, red: string, green: string, blue: string) => `rgb(${part(red)}, ${part(green)}, ${part(blue)});`,
  );
  return style;
}
