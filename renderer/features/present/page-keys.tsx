// The page is a frame of another origin, in the desktop app a view of its own: while it has the focus, keys go to it
// and the presentation cannot see them. The presentation says so, and takes the focus back with a click (from the
// view, F6 does too).
import { useEffect, useState } from "react";
import { focusAnchor } from "../../platform/anchors.js";
import { bridge } from "../../rpc/bridge.js";
import { Button } from "../../ui/button.js";

export function PageKeys() {
  const isFramed = useFrameFocus();
  const isViewed = useViewFocus();
  if (!isFramed && !isViewed) return null;
  return (
    <span className="present-keys-gone" role="status">
      <span className="ui-dim">Keys go to the page.</span>
      <Button size="small" onClick={() => focusAnchor("presentation")}>
        Back to the presentation
      </Button>
    </span>
  );
}

/**
 * Whether a frame has the focus. The window loses it when a frame gets it, and has it again when the frame loses it.
 */
function useFrameFocus(): boolean {
  const [isFramed, setFramed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const look = (): void => setFramed(document.activeElement instanceof HTMLIFrameElement);
    for (const change of ["focus", "blur"]) window.addEventListener(change, look, { signal: stop.signal });
    document.addEventListener("focusin", look, { signal: stop.signal });
    return () => stop.abort();
  }, []);
  return isFramed;
}

/** Whether the desktop app's view has it. */
function useViewFocus(): boolean {
  const [isViewed, setViewed] = useState(false);
  useEffect(() => bridge?.onPreviewFocused(setViewed), []);
  return isViewed;
}
