// What the gallery is made of: a scene is one run of the app with something in it, a view is one
// thing to be seen there. Views of a scene follow each other in the same window; each is drawn in
// both themes and both sizes (screenshots.ts).
import type { Page } from "@playwright/test";
import type { TempFolder } from "../../support/temp-workspace.js";
import type { RunningShell, ShellKind } from "../running-shell.js";
import type { WorkbenchWindow } from "../workbench-window.js";

export interface Stage {
  readonly app: RunningShell;
  readonly window: WorkbenchWindow;
  readonly page: Page;
  /** An empty folder whose name looks like somebody's. */
  readonly folder: TempFolder;
}

export interface View {
  /** The picture's name. */
  readonly name: string;
  /** Brings the view about, from whatever the one before it left. */
  readonly show: (stage: Stage) => Promise<void>;
  /** Whether the pointer is to stay where it is: what it points at is the view. */
  readonly isPointing?: boolean;
  /** Whether menus and dialogs are to stay open for the next view. */
  readonly staysOpen?: boolean;
}

export interface Scene {
  readonly name: string;
  readonly shell: ShellKind;
  /** False: the folder is one that nobody has trusted yet. */
  readonly trusts?: false;
  /** Before the first view. */
  readonly prepare: (stage: Stage) => Promise<void>;
  readonly views: readonly View[];
}
