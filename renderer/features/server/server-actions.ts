// What can be done with the server that runs the scripts.
import { notify, notifyFailure } from "../../platform/notices.js";
import { bridge } from "../../rpc/bridge.js";
import { connected, useServer } from "../../rpc/store.js";

/** Starts it at a port; null: the configured one, else 8080 or the next free one. */
export async function startServer(port: number | null): Promise<void> {
  try {
    await connected().server.start({ port });
  } catch (error) {
    notifyFailure("The server did not start", error);
  }
}

export async function stopServer(): Promise<void> {
  try {
    await connected().server.stop();
  } catch (error) {
    notifyFailure("The server did not stop", error);
  }
}

/** Its address, or null while it is stopped. */
export const address = (): string | null => useServer.getState().state?.server.url ?? null;

export async function copyAddress(): Promise<void> {
  const url = address();
  if (url === null) return;
  try {
    await navigator.clipboard.writeText(url);
    notify("info", `Copied ${url}`);
  } catch (error) {
    notifyFailure("The address could not be copied", error);
  }
}

/** An address that opens another window of this server, once within a minute. Only where a browser shows the window. */
export async function copyWindowLink(): Promise<void> {
  try {
    const { url } = await connected().window.link();
    if (url === null) return;
    await navigator.clipboard.writeText(url);
    notify("info", "Copied a link. It opens one window and expires in a minute.");
  } catch (error) {
    notifyFailure("The link could not be copied", error);
  }
}

export function openAddress(): void {
  const url = address();
  if (url === null) return;
  if (bridge) bridge.openExternal(url);
  else window.open(url, "_blank", "noopener");
}
