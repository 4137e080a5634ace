// Measures a row of tabs: first all of them are laid out, then, before anything is painted, those without room go into a menu.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { fitTabs } from "./fit-tabs.js";

export interface FittingTabs {
  /** For the element whose width the row and the menu's button share. */
  readonly place: RefObject<HTMLDivElement | null>;
  /** For the row. */
  readonly row: RefObject<HTMLDivElement | null>;
  /** For the menu's button; laid out while measuring. */
  readonly menu: RefObject<HTMLButtonElement | null>;
  /** Indexes of the tabs to show; null while all are laid out to be measured. */
  readonly shown: readonly number[] | null;
}

/** `signature` changes with whatever changes a tab's width, `ranks` and `chosen` by index. */
export function useFittingTabs(signature: string, ranks: readonly number[], chosen: number): FittingTabs {
  const place = useRef<HTMLDivElement>(null);
  const row = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLButtonElement>(null);
  /** Asked for once more by each new object. */
  const [pass, setPass] = useState({});
  const wish = JSON.stringify([signature, ranks, chosen]);
  const [fit, setFit] = useState<{ readonly pass: object; readonly wish: string; readonly shown: readonly number[] } | null>(null);
  const shown = fit !== null && fit.pass === pass && fit.wish === wish ? fit.shown : null;

  useLayoutEffect(() => {
    if (shown !== null || !place.current || !row.current) return;
    const widths = [...row.current.children].filter((child) => child.getAttribute("role") === "tab").map((tab) => tab.getBoundingClientRect().width);
    const tabs = widths.map((width, index) => ({ width, rank: ranks[index] ?? 0 }));
    const { width: room } = place.current.getBoundingClientRect();
    setFit({ pass, wish, shown: fitTabs(tabs, room + 0.5, menu.current?.getBoundingClientRect().width ?? 0, chosen) });
  }, [shown, pass, wish, ranks, chosen]);

  useEffect(() => {
    const sizes = new ResizeObserver(() => setPass({}));
    for (const element of [place.current?.parentElement, row.current]) if (element) sizes.observe(element); // the bar, and the titles
    return () => sizes.disconnect();
  }, []);
  return { place, row, menu, shown };
}
