// A cURL command pasted into a field of the request becomes the request; anything else is pasted as usual.
import type { ClipboardEvent } from "react";
import { notifyFailure } from "../../platform/notices.js";

/** As it is copied by browsers, by people from a terminal, and by this window with bytes piped into it. */
const isCurl = /^\s*(?:[$#>%]\s+)?(?:curl(?:\.exe)?\s|(?:printf|echo) [^\n]* \| curl\s)/;

export function onPasteCurl(event: ClipboardEvent): void {
  const text = event.clipboardData.getData("text");
  if (!isCurl.test(text)) return;
  event.preventDefault();
  import("./paste.js").then(
    ({ takePastedCurl }) => takePastedCurl(text),
    (error: unknown) => notifyFailure("The cURL command could not be read", error),
  );
}
