// The window's height in pixels of the page, live.
import { useSyncExternalStore } from "react";

const subscribe = (onChange: () => void): (() => void) => {
  const observer = new ResizeObserver(onChange);
  observer.observe(document.body);
  return () => observer.disconnect();
};

export const useWindowHeight = (): number => useSyncExternalStore(subscribe, () => document.body.offsetHeight);
