// Large type zooms the page as a whole (app/projector.ts). Pointer positions and getBoundingClientRect are in pixels of
// the window; scroll positions, client sizes and styles are in pixels of the page: this converts between the two.

/** Pixels of the window in one pixel of the element's own. */
export function zoomOf(element: Element | null): number {
  return element !== null && "currentCSSZoom" in element && typeof element.currentCSSZoom === "number"
    ? element.currentCSSZoom
    : 1;
}
