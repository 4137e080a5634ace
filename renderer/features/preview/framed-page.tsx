// Browser mode's preview: a frame on the script origin, which is another origin than the window's (another port),
// sandboxed. The page in it cannot reach the window, move it or open others.
import { useCallback, useEffect, useRef, useState } from "react";
import { usePreviewStore } from "./preview-store.js";

/** The page before stays until the next one is there, but no longer than this. */
const longestOverlapMs = 300;

/** A recorded page has begun by then, unless the one before it, which shares its process, computes and computes. */
const longestStartMs = 3000;
/**
 * A browser keeps a frame's process this long for another one; only then does the next frame get a process of its own.
 */
const processLeaveMs = 2500;
const maxFreshStarts = 2;

interface FramedPageProps {
  readonly url: string;
  /** Nothing but recorded bytes is waited for: the page begins at once. */
  readonly isRecorded: boolean;
  /** Asks for another address, to begin afresh: the old one is used up. */
  readonly onAgain: () => void;
  /** The frame has gone to a page: first to the one at the address. */
  readonly onMoved: (url: string) => void;
}

export function FramedPage(props: FramedPageProps) {
  const { url, onAgain } = props;
  /** The address that did not begin; nothing is shown until there is another. */
  const [stuck, setStuck] = useState<string | null>(null);
  const freshStarts = useRef(0);
  const isResting = stuck === url;
  useEffect(() => {
    if (!isResting) return;
    const timer = setTimeout(onAgain, processLeaveMs);
    return () => clearTimeout(timer);
  }, [isResting, onAgain]);
  const onStuck = useCallback((address: string) => {
    freshStarts.current += 1;
    if (freshStarts.current <= maxFreshStarts) setStuck(address);
  }, []);
  return isResting ? <div className="preview-page" aria-busy="true" /> : <Frames {...props} onStuck={onStuck} />;
}

function Frames({
  url,
  isRecorded,
  onMoved,
  onStuck,
}: FramedPageProps & { readonly onStuck: (address: string) => void }) {
  const [shown, setShown] = useState(url);
  const entered = usePreviewStore((store) => store.entered);
  const before = useRef(entered);
  const page = useRef<HTMLIFrameElement>(null);
  const isDragging = useDragging();
  useEffect(() => {
    const timer = setTimeout(() => setShown(url), longestOverlapMs);
    return () => clearTimeout(timer);
  }, [url]);
  useEffect(() => {
    if (!isRecorded) return;
    const timer = setTimeout(() => {
      // Until the page begins the frame holds an empty document of ours; the page itself is
      // another origin's and cannot be looked into.
      if (page.current?.contentDocument) onStuck(url);
    }, longestStartMs);
    return () => clearTimeout(timer);
  }, [url, isRecorded, onStuck]);
  useEffect(() => {
    if (entered !== before.current) page.current?.focus();
    before.current = entered;
  }, [entered]);
  // A frame of its own for each address: setting another one would add to the window's
  // history, and Back would go through them.
  return (
    <div className="preview-page" data-dragging={isDragging || undefined}>
      {[...new Set([shown, url])].map((address) => (
        <iframe
          key={address}
          ref={address === url ? page : undefined}
          title="Preview"
          className="preview-frame"
          src={address}
          sandbox="allow-scripts allow-forms allow-same-origin"
          referrerPolicy="no-referrer"
          hidden={address !== shown}
          onLoad={() => {
            setShown(url);
            if (address === url) onMoved(address);
          }}
        />
      ))}
    </div>
  );
}

/**
 * True while a pointer is down outside of the frame: the frame would swallow its moves, and a separator would stick.
 */
function useDragging(): boolean {
  const [isDragging, setDragging] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const options = { capture: true, signal: stop.signal };
    window.addEventListener("pointerdown", () => setDragging(true), options);
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => setDragging(false), options);
    return () => stop.abort();
  }, []);
  return isDragging;
}
