// What can wait until the window is drawn. In a browser the page may know its folder before it draws anything: what the
// window remembers comes from the server first.

let painted: Promise<void> | null = null;

/** Resolves once the page shows something; never in a tab that stays hidden. */
export function afterFirstPaint(): Promise<void> {
  painted ??= new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName("first-contentful-paint").length === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: "paint", buffered: true });
  });
  return painted;
}
