// What concerns the whole window: the lost connection as a line under the header, and notices as cards that
// cover nothing for long and move nothing.
import { useEffect, useState } from "react";
import { keepsFocus } from "../platform/focus-pane.js";
import { dismissNotice, useNotices } from "../platform/notices.js";
import { RunningWork } from "../platform/running-work.js";
import { isDesktop } from "../rpc/bridge.js";
import { useServer } from "../rpc/store.js";
import { Button, IconButton } from "../ui/button.js";
import { CloseIcon, InfoIcon, WarningIcon } from "../ui/icon.js";

/** A server that is restarted is usually back within this time, ms. */
const restartMs = 5000;

export function ConnectionBanner() {
  const connection = useServer((knowledge) => knowledge.connection);
  const why = useServer((knowledge) => knowledge.lostWhy);
  const isLost = connection === "lost";
  const isSilent = useLasts(isLost, restartMs) && !isDesktop;
  if (!isLost && connection !== "refused") return null;
  return (
    <div className={isLost ? "app-banner app-banner-warn" : "app-banner app-banner-bad"} role="alert">
      <WarningIcon className={isLost ? "ui-warn" : "ui-bad"} />
      <span>
        {why}
        {isLost && " Reconnecting."}
        {isSilent && " If the server has ended, run “npm start” again, and open the address that it prints."}
        {isLost && " The window stays as it is, and your edits are kept."}
      </span>
    </div>
  );
}

/** Whether this has been so for that long, ms. */
function useLasts(isSo: boolean, forMs: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isSo) return setLasts(false);
    const timer = setTimeout(() => setLasts(true), forMs);
    return () => clearTimeout(timer);
  }, [isSo, forMs]);
  return lasts;
}

export function Notices() {
  const notices = useNotices((store) => store.notices);
  return (
    // Live itself: else a modal dialog hides the notices from screen readers.
    <section className="app-notices" aria-label="Notices" aria-live="polite">
      <RunningWork />
      {notices.map(({ id, tone, text, action }) => (
        <div key={id} ref={keepsFocus} className="app-notice" role={tone === "bad" ? "alert" : "status"}>
          {tone === "bad" ? <WarningIcon className="ui-bad" /> : <InfoIcon className="ui-dim" />}
          <span className="ui-wrap app-notice-text">{text}</span>
          {action !== null && (
            <Button
              size="small"
              onClick={() => {
                dismissNotice(id);
                action.run();
              }}
            >
              {action.title}
            </Button>
          )}
          <IconButton label="Dismiss" onClick={() => dismissNotice(id)} icon={CloseIcon} />
        </div>
      ))}
    </section>
  );
}
