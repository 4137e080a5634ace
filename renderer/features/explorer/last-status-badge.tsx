// The status of the last request to a script or an application, with the sign that the list of traces has for it.
import { endText, signOf, statusText, statusTone } from "../../format/trace-labels.js";
import { useLastStatus } from "../../model/traces/last-status.js";
import { ErrorIcon, WarningIcon } from "../../ui/icon.js";

/** `subject`: a file's path in the workspace, or an application's path without the slash at its end. */
export function LastStatusBadge({ subject }: { readonly subject: string }) {
  const last = useLastStatus(({ byFile }) => byFile.get(subject));
  if (!last) return null;
  const status = statusText(last);
  const sign = signOf(last);
  return (
    <span
      className={`ui-figures file-status ui-${last.isEarlier ? "dim" : statusTone(last)}`}
      role="img"
      aria-label={`last ${status}${sign && sign.words !== status ? `, ${sign.words}` : ""}`}
      title={`Last request, #${last.seq}${last.isEarlier ? ", of an earlier session" : ""}: ${status}, ${endText(last)}`}
      data-part="last-status"
      data-sign={sign?.tone}
    >
      {sign && (sign.tone === "bad" ? <ErrorIcon className="ui-bad" /> : <WarningIcon className="ui-warn" />)}
      {status}
    </span>
  );
}
