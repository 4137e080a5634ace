// Where the window's page comes from, and whether an address is that place.

/** The desktop app's own origin; "workbench" is the host part. */
export const appOrigin = "app://workbench";

/**
 * The page's origin: app://, or a development server's on this machine. `developmentUrl` comes from the environment,
 * so a packaged app ignores it: whoever sets it could otherwise load a page with the app's rights.
 */
export function pageOrigin(developmentUrl: string | undefined, isPackaged: boolean): string {
  if (developmentUrl === undefined || isPackaged || !URL.canParse(developmentUrl)) return appOrigin;
  const { protocol, hostname, origin } = new URL(developmentUrl);
  return protocol === "http:" && (hostname === "127.0.0.1" || hostname === "localhost") ? origin : appOrigin;
}

/**
 * True when the address lies on `origin`. Compares scheme, host and port itself:
 * URL.origin of a custom scheme is "null".
 */
export function isOn(origin: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return `${protocol}//${host}` === origin && username === "" && password === "";
}
