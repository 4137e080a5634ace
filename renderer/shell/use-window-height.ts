// The window's height in pixels of the page, which projector mode makes larger, live.
import { useSyncExternalStore } from "react";

const page = (): HTMLElement => document.getElementById("root") ?? document.body;

export const windowHeight = (): number => page().offsetHeight;

const subscribe = (onChange: () => void): (() => void) => {
  const observer = new ResizeObserver(onChange);
  observer.observe(page());
  return () => observer.disconnect();
};

export const useWindowHeight = (): number => useSyncExternalStore(subscribe, windowHeight);
