// Whether something of ours lies above a rectangle of the page. A native view is above all HTML: it must give way to
// menus, dialogs, hints and notices, or they would open behind it.

/** What opens above the page: the parts of renderer/ui that do, notices, and whatever marks itself. */
const above = ".ui-popup, .ui-dialog, .ui-backdrop, .ui-tooltip, .app-notice, [data-above]";

export function isCovered(box: DOMRect): boolean {
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
export function watchCover(element: Element, onChange: (isVisible: boolean) => void): () => void {
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
