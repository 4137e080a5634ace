// What the composer does by itself beyond the one request, as browsers do: both can
// be turned off, and both say what they did.
import { create } from "zustand";
import { isRecord, recall, remember } from "../../platform/storage.js";

interface ClientOptions {
  /** Cookies are kept, and sent where they belong. */
  readonly cookies: boolean;
  readonly followRedirects: boolean;
}

export const useClientOptions = create<ClientOptions>()(
  () => recall("clientOptions", accept) ?? { cookies: true, followRedirects: false },
);

export function setClientOptions(change: Partial<ClientOptions>): void {
  useClientOptions.setState(change);
  remember("clientOptions", useClientOptions.getState());
}

function accept(value: unknown): ClientOptions | null {
  if (!isRecord(value)) return null;
  return { cookies: value["cookies"] !== false, followRedirects: value["followRedirects"] === true };
}
