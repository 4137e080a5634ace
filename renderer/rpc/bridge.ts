// Where the desktop app's bridge is found in the page.
import type { WorkbenchBridge } from "../../server/contract/bridge.js";

declare global {
  interface Window {
    /** Absent in a browser. */
    readonly workbench?: WorkbenchBridge;
  }
}

/** The bridge; null in a browser. */
export const bridge: WorkbenchBridge | null = window.workbench ?? null;
/** In the desktop app, not in a browser. */
export const isDesktop = bridge !== null;
