// The desktop app's preview: main shows a native view above this box. Main gets the position of the box whenever it
// changes, whatever moved it (a splitter, the window, zoom), and hides the view while something of ours lies above. A
// picture of the page stays in its place meanwhile.
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { PreviewPlace, WorkbenchBridge } from "../../../server/contract/bridge.js";
import { Button } from "../../ui/button.js";
import { zoomOf } from "../../ui/zoom.js";
import { showPreviewAgain, usePreviewStore } from "./preview-store.js";

/** What opens above the page: the parts of renderer/ui that do, notices, and whatever marks itself. */
const above = ".ui-popup, .ui-dialog, .ui-backdrop, .ui-tooltip, .app-notice, [data-above]";

function isCovered(box: DOMRect): boolean {
  for (const element of document.querySelectorAll(above)) {
    const other = element.getBoundingClientRect();
    if (
      other.width > 0 &&
      other.height > 0 &&
      other.left < box.right &&
      other.right > box.left &&
      other.top < box.bottom &&
      other.bottom > box.top
    )
      return true;
  }
  return false;
}

/**
 * Tells whether anything else covers the element: the browser's own judgement, a moment later (100 ms is the least it
 * allows). The returned function ends that.
 */
function watchCover(element: Element, onChange: (isVisible: boolean) => void): () => void {
  // `trackVisibility` is not in the DOM's types yet.
  const options: IntersectionObserverInit & { readonly trackVisibility: boolean; readonly delay: number } = {
    trackVisibility: true,
    delay: 100,
    threshold: [0, 1],
  };
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1);
    if (last && "isVisible" in last) onChange(last.isVisible === true);
  }, options);
  observer.observe(element);
  return () => observer.disconnect();
}

/** What opens above the page waits no longer for the picture. */
const longestCaptureMs = 150;

interface NativePageProps {
  readonly desktop: WorkbenchBridge;
  readonly url: string;
  /** The view has gone to a page: first to the one at the address. */
  readonly onMoved: (url: string) => void;
}

export function NativePage(props: NativePageProps) {
  const { desktop, url } = props;
  const [gone, setGone] = useState<string | null>(null);
  useEffect(() => desktop.onPreviewGone(setGone), [desktop]);
  if (gone !== url) return <NativeView {...props} />;
  return (
    <div className="ui-empty preview-instead" role="alert">
      <strong>The page’s process ended</strong>
      <p>It crashed, or another program ended it. The recorded response is unchanged.</p>
      <Button onClick={showPreviewAgain}>Show it again</Button>
    </div>
  );
}

function NativeView({ desktop, url, onMoved }: NativePageProps) {
  const box = useRef<HTMLDivElement>(null);
  const entered = usePreviewStore((store) => store.entered);
  const before = useRef(entered);
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    setPicture(null);
    const timer = setTimeout(() => desktop.showPreview(url)); // the address works once, and an effect may be run twice
    return () => clearTimeout(timer);
  }, [desktop, url]);
  useEffect(() => desktop.onPreviewMoved((moved) => moved === url && onMoved(moved)), [desktop, url, onMoved]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    let frame = 0;
    let last = "";
    let isVisible = true;
    /** Grows when the box is covered, and when it is free again. */
    let turn = 0;
    let isCovering = false;
    /** The picture is in its place, or there is none: the view may go. */
    let isReady = false;
    const cover = async (): Promise<void> => {
      const mine = ++turn;
      const before = setTimeout(() => mine === turn && ready(), longestCaptureMs);
      const taken = await desktop.pictureOfPreview();
      clearTimeout(before);
      if (mine !== turn) return;
      setPicture(taken);
      requestAnimationFrame(() => mine === turn && ready()); // drawn by then
    };
    const ready = (): void => {
      isReady = true;
    };
    const unwatch = watchCover(element, (visible) => {
      isVisible = visible;
    });
    const tell = (): void => {
      const rectangle = element.getBoundingClientRect();
      const isUnder = !isVisible || isCovered(rectangle);
      if (isUnder !== isCovering) {
        isCovering = isUnder;
        isReady = false;
        if (isUnder) void cover();
        else turn++;
      }
      const place = isUnder && isReady ? null : boundsOf(rectangle, zoomOf(element));
      // The zoom belongs to the place: the same pixels of the page are others of the window.
      const now = JSON.stringify([place, window.devicePixelRatio]);
      if (now !== last) desktop.placePreview(place);
      last = now;
      frame = requestAnimationFrame(tell);
    };
    tell();
    return () => {
      cancelAnimationFrame(frame);
      unwatch();
      turn++;
      desktop.showPreview(null);
    };
  }, [desktop]);
  useEffect(() => {
    if (entered !== before.current) desktop.focusPreview();
    before.current = entered;
  }, [desktop, entered]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") desktop.focusPreview();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={box}
      role="group"
      aria-label="Preview"
      aria-description="Enter moves the focus into the page, F6 moves it back."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard's way into the page
      tabIndex={0}
      className="preview-page"
      data-preview={url}
      onKeyDown={onKeyDown}
    >
      {picture !== null && <img className="preview-picture" src={picture} alt="" />}
    </div>
  );
}

const boundsOf = ({ x, y, width, height }: DOMRect, zoom: number): PreviewPlace | null =>
  width < 1 || height < 1 ? null : { x, y, width, height, zoom };
