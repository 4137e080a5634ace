// What a spec may know of the shell it runs in. Everything else it does through the window.
import type { ConsoleMessage, Page } from "@playwright/test";
import type { WorkbenchWindow } from "./workbench-window.js";

export type ShellKind = "browser" | "electron";

export interface RunningShell {
  readonly kind: ShellKind;
  readonly page: Page;
  /** Errors the page reported. */
  readonly complaints: string[];
  /** The server's process. */
  serverPid(): number;
  /**
   * Answers the next question for a folder: the system's dialog in Electron;
   * nothing to do in a browser, which has its own.
   */
  answerFolderDialog(path: string): Promise<void>;
  /** Opens a folder without the dialog, where that cannot be answered. */
  handFolderOver?(path: string): Promise<void>;
  /** What is on the clipboard. */
  clipboardText(): Promise<string>;
  /** Another tab of the same browser on the same server. Absent in Electron, where a window has a server of its own. */
  anotherTab?(): Promise<WorkbenchWindow>;
  close(): Promise<void>;
}

/** A lost connection is reported by the browser itself; it is what some tests are about. */
const expected =
  /WebSocket connection to .* failed|net::ERR_(CONNECTION_(REFUSED|RESET)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/;

/** Adds what the page reports to the list, which it answers with. */
export function collectComplaints(page: Page, complaints: string[] = []): string[] {
  const add = (text: string): void => {
    if (!expected.test(text)) complaints.push(text);
  };
  page.on("console", (message: ConsoleMessage) => {
    if (message.type() === "error") add(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => add(`exception: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) add(`${response.status()} for ${response.url()}`);
  });
  return complaints;
}
