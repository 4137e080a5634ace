// What can be done with the server that runs the scripts.
import { copyText, notify, orNotify } from "../../platform/notices.js";
import { bridge } from "../../rpc/bridge.js";
import { connected, useServer } from "../../rpc/store.js";

/** Starts it at a port; null: the configured one, else 8080 or the next free one. */
export const startServer = (port: number | null): Promise<void> =>
  orNotify("The server did not start", () => connected().server.start({ port }));

export const stopServer = (): Promise<void> => orNotify("The server did not stop", () => connected().server.stop());

/** Its address, or null while it is stopped. */
export const address = (): string | null => useServer.getState().state?.server.url ?? null;

export async function copyAddress(): Promise<void> {
  const url = address();
  if (url !== null) await copyText(url, url);
}

/** An address that opens another window of this server, once within a minute. Only where a browser shows the window. */
export const copyWindowLink = (): Promise<void> =>
  orNotify("The link could not be copied", async () => {
    const { url } = await connected().window.link();
    if (url === null) return;
    await navigator.clipboard.writeText(url);
    notify("info", "Copied a link. It opens one window and expires in a minute.");
  });

export function openAddress(): void {
  const url = address();
  if (url === null) return;
  if (bridge) bridge.openExternal(url);
  else window.open(url, "_blank", "noopener");
}
