/** A page that sends the browser on; null if none can be written. */
export function writeForwardingPage(
  address: string,
  snaps?: string,
): { readonly file: string; readonly renew: (address: string) => void; readonly remove: () => void } | null;
