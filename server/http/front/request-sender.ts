// Who probably sent a request, and which fields came too late to become variables.
import type { RequestOverride } from "../../client/request-overrides.js";
import type { Origin } from "../../contract/trace.js";
import type { HeaderPair, NameAndWhy, RequestHead } from "../../protocol/request.js";
import { notExportedMessage } from "../../protocol/request-messages.js";

/** Fields after a chunked body: what they mean is not known before it, so none becomes a variable (RFC 9110 §6.5.1). */
export function trailerFields(trailers: readonly HeaderPair[]): NameAndWhy[] {
  return trailers.map(([name]) => [name, notExportedMessage("trailer-field")]);
}

/** A claim knows; otherwise only browsers send Sec-Fetch fields or call themselves Mozilla. */
export function sender({ headers }: RequestHead, override: RequestOverride | null): Origin {
  if (override) return override.from;
  const isBrowser = headers.some(
    ([name, value]) =>
      (name.length === 14 && name.toLowerCase() === "sec-fetch-mode") ||
      (name.length === 10 && value.startsWith("Mozilla/") && name.toLowerCase() === "user-agent"),
  );
  return isBrowser ? "browser" : "other";
}
