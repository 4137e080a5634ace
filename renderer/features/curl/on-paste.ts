// A cURL command pasted into a field of the request becomes the request; anything else is pasted as usual.
import type { ClipboardEvent } from "react";
import { notifyFailure } from "../../platform/notices.js";

/** As it is copied by browsers, by people from a terminal, and by this window with a body piped into it. */
const isCurl = (text: string): boolean =>
  /^\s*(?:[$#>%]\s+)?(?:curl(?:\.exe)?\s|(?:printf|echo) [^\n]* \| curl\s)/.test(text) ||
  (/^\s*printf (?:'%s' )?'/.test(text) && /' \| curl\s/.test(text)); // the body may have several lines

export function onPasteCurl(event: ClipboardEvent): void {
  const text = event.clipboardData.getData("text");
  if (!isCurl(text)) return;
  event.preventDefault();
  import("./paste.js").then(
    ({ takePastedCurl }) => takePastedCurl(text),
    (error: unknown) => notifyFailure("The cURL command could not be read", error),
  );
}
