// Measures a row of tabs: first all of them are laid out, then, before anything is
// painted, those without room go into a menu.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Arrangement, fitTabs, keepTabs } from "./fit-tabs.js";

interface FittingTabs {
  /** For the element whose width the row and the menu's button share. */
  readonly place: RefObject<HTMLDivElement | null>;
  /** For the row. */
  readonly row: RefObject<HTMLDivElement | null>;
  /** For the menu's button; laid out while measuring. */
  readonly menu: RefObject<HTMLButtonElement | null>;
  /** Indexes of the tabs to show; null while all are laid out for measuring. */
  readonly shown: readonly number[] | null;
  /** Whether there is room for the menu's sign alone, not for its word. */
  readonly isTight: boolean;
}

interface TabsRequest {
  /** Changes with whatever changes a tab's width. */
  readonly signature: string;
  readonly names: readonly string[];
  readonly ranks: readonly number[];
  /** The index of the chosen one. */
  readonly chosen: number;
  /**
   * As long as it is the same, and the bar's width is, no tab moves because
   * another grew or came; null: whatever fits best.
   */
  readonly stillFor: string | null;
}

interface Fit {
  readonly pass: object;
  readonly bar: object;
  readonly request: string;
  readonly stillFor: string | null;
  readonly shown: readonly number[];
  readonly arrangement: Arrangement;
  readonly isTight: boolean;
}

/** The menu's button with its sign alone, px. */
const tightMenuPx = 24;

export function useFittingTabs(wanted: TabsRequest): FittingTabs {
  const place = useRef<HTMLDivElement>(null);
  const row = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLButtonElement>(null);
  /** Measured once more for each new object: `pass` when a title has changed its width, `bar` when the bar has. */
  const [pass, setPass] = useState({});
  const [bar, setBar] = useState({});
  const request = JSON.stringify(wanted);
  const [fit, setFit] = useState<Fit | null>(null);
  const isCurrent = fit !== null && fit.pass === pass && fit.bar === bar && fit.request === request;

  useLayoutEffect(() => {
    if (isCurrent || !place.current || !row.current) return;
    const { names, ranks, chosen, stillFor } = wanted;
    const boxes = [...row.current.children]
      .filter((child) => child.getAttribute("role") === "tab")
      .map((tab) => tab.getBoundingClientRect());
    const widths = boxes.map(({ width }) => width);
    const tabs = widths.map((width, index) => ({ width, rank: ranks[index] ?? 0, name: names[index] ?? "" }));
    const { left, width: whole } = place.current.getBoundingClientRect();
    const indent = (boxes[0]?.left ?? left) - left; // of the row, before its first tab
    const room = whole - indent + 0.5;
    const menuWidth = menu.current?.getBoundingClientRect().width ?? 0;
    const before = fit !== null && stillFor !== null && fit.stillFor === stillFor && fit.bar === bar ? fit : null;
    const still = before ? keepTabs(tabs, before.arrangement, room, menuWidth, chosen) : null;
    const tight = before && still === null ? keepTabs(tabs, before.arrangement, room, tightMenuPx, chosen) : null;
    const usual = fitTabs(tabs, room, menuWidth, chosen);
    // A sign alone behind the row, when that leaves room for all but one.
    const narrow = usual.length < tabs.length - 1 ? fitTabs(tabs, room, tightMenuPx, chosen) : usual;
    const isNarrow = narrow.length === tabs.length - 1 && narrow.length > usual.length;
    const shown = still ?? tight ?? (isNarrow ? narrow : usual);
    const arrangement = new Map(tabs.map(({ name }, index) => [name, shown.includes(index)]));
    setFit({
      pass,
      bar,
      request,
      stillFor,
      shown,
      arrangement,
      isTight: still === null && (tight !== null || isNarrow),
    });
  }, [isCurrent, wanted, request, pass, bar, fit]);

  useEffect(() => {
    const whole = place.current?.parentElement;
    const sizes = new ResizeObserver((entries) =>
      entries.some(({ target }) => target === whole) ? setBar({}) : setPass({}),
    );
    for (const element of [whole, row.current]) if (element) sizes.observe(element); // the bar, and the titles
    return () => sizes.disconnect();
  }, []);
  return { place, row, menu, shown: isCurrent ? fit.shown : null, isTight: isCurrent && fit.isTight };
}
