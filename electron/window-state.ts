// Where the window was when it was closed. What is read back may be damaged, or from a display that is no longer
// connected: it is checked and fitted before it is used.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Rectangle } from "electron";
import { z } from "zod";

const windowState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  isMaximized: z.boolean(),
});
type WindowState = z.infer<typeof windowState>;

/** In device-independent pixels. */
export const minimumSize = { width: 760, height: 480 } as const;
const usualSize = { width: 1280, height: 800 } as const;
/** So much of the title must be on some display for the window to be within reach. */
const reach = { width: 120, height: 32 } as const;

/** The state that was saved; null when there is none or it is invalid. */
export function readWindowState(file: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null; // absent on the first start; damaged is as good as absent
  }
}

/** Saves the state; synchronous, because the window is closing. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch (error) {
    console.error("The window’s position could not be saved.", error);
  }
}

/**
 * Bounds for the window: as saved when its title is within reach on one of the work areas,
 * else of usual size, placed by the system.
 */
export function fitWindow(
  saved: WindowState | null,
  workAreas: readonly Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  if (saved) {
    for (const area of workAreas) {
      const fitted = { x: saved.x, y: saved.y, ...fitSize(saved, area) };
      if (isWithinReach(fitted, area)) return fitted;
    }
  }
  return fitSize(usualSize, workAreas[0] ?? usualSize);
}

type Size = Pick<Rectangle, "width" | "height">;

/** The minimum wins over a display smaller than it. */
function fitSize(size: Size, area: Size): Size {
  const side = (name: keyof Size): number => Math.max(minimumSize[name], Math.min(size[name], area[name]));
  return { width: side("width"), height: side("height") };
}

/** The title is the window's upper edge: its top must be on the display, and enough of its width. */
function isWithinReach(window: Rectangle, area: Rectangle): boolean {
  const shared = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return shared >= reach.width && window.y >= area.y && window.y + reach.height <= area.y + area.height;
}
