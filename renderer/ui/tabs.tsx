// Tabs with an underline: Base UI's roles and arrow keys, our looks. `count` is the small number beside a title. Where
// the bar is too narrow for all, some are in a menu at the end of the row; the chosen one is always in the row.
import { Tabs as Base } from "@base-ui/react/tabs";
import { type ReactNode, type RefCallback, useCallback, useRef, useState } from "react";
import { ChevronDownIcon } from "./icon.js";
import { Menu, MenuItem } from "./menu.js";
import { useFittingTabs } from "./use-fitting-tabs.js";
import "./tabs.css";

// A region that scrolls must be reachable by keyboard, or its hidden part is lost to users without a pointer. One with
// something focusable in it is reached through that; another becomes a tab stop itself, for as long as it overflows.
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex]:not([tabindex="-1"])';

/** For the scrolling element: `ref`, and the `tabIndex` it needs just now. */
function useScrollStop(): { readonly ref: RefCallback<HTMLElement>; readonly tabIndex: 0 | -1 } {
  const [isNeeded, setNeeded] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const look = (): void => {
      const overflows =
        element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;
      setNeeded(overflows && element.querySelector(focusable) === null);
    };
    const sizes = new ResizeObserver(look);
    const watch = (): void => {
      sizes.disconnect();
      for (const watched of [element, ...element.children]) sizes.observe(watched);
    };
    const content = new MutationObserver(watch);
    content.observe(element, { childList: true });
    watch();
    return () => {
      sizes.disconnect();
      content.disconnect();
    };
  }, []);
  return { ref, tabIndex: isNeeded ? 0 : -1 };
}

export interface TabItem<V extends string> {
  readonly value: V;
  readonly title: ReactNode;
  /** The accessible name when it is to stay the same whatever the title shows. */
  readonly label?: string;
  readonly count?: number | string | null;
  readonly tone?: "warn" | "bad" | undefined;
  /** Digits that the count has room for, there or not: what follows stays where it is when the count comes. */
  readonly countRoom?: number;
  /** Where there is no room for all, the lowest go into the menu first; 0 without it. Below 0: in it until chosen. */
  readonly rank?: number;
}

interface TabsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly items: readonly TabItem<V>[];
  readonly size?: "normal" | "small";
  /** As long as it is the same, no tab moves into the menu because another one grew or came later. */
  readonly stillFor?: string;
  /** At the right end of the bar. */
  readonly aside?: ReactNode;
  readonly tabRef?: (value: V) => RefCallback<HTMLElement>;
  /** Between the bar and the panel: what chooses among the parts of the chosen tab. */
  readonly strip?: ReactNode;
  /** The panel of the chosen tab; the only one that is rendered. */
  readonly children: ReactNode;
  readonly className?: string;
}

export function Tabs<V extends string>({
  label,
  value,
  onChange,
  items,
  size = "normal",
  stillFor,
  aside,
  strip,
  tabRef,
  children,
  className,
}: TabsProps<V>) {
  const choose = (next: unknown): void => {
    const item = items.find((candidate) => candidate.value === next);
    if (item) onChange(item.value);
  };
  const stop = useScrollStop();
  const { place, row, menu, shown, isTight } = useFittingTabs({
    signature: JSON.stringify(items.map(({ title, count }) => [typeof title === "string" ? title : null, count])),
    names: items.map(({ value: name }) => name),
    ranks: items.map(({ rank }) => rank ?? 0),
    chosen: items.findIndex((item) => item.value === value),
    stillFor: stillFor ?? null,
  });
  /** What was chosen in the menu has the focus then, not the button. */
  const picked = useRef<V | null>(null);
  const focusAfterMenu = (): HTMLElement | true => {
    const tab = picked.current === null ? null : row.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    picked.current = null;
    return tab ?? true;
  };
  const pick = (next: V): void => {
    picked.current = next;
    onChange(next);
  };
  const hidden = shown === null ? [] : items.filter((_, index) => !shown.includes(index));
  return (
    <Base.Root value={value} onValueChange={choose} className={`ui-tabs${className ? ` ${className}` : ""}`}>
      <div className={`ui-tabs-bar ui-tabs-${size}`}>
        <div
          ref={place}
          className="ui-tabs-place"
          data-measuring={shown === null || undefined}
          data-some-hidden={hidden.length > 0 || undefined}
        >
          <Base.List ref={row} className="ui-tabs-list" aria-label={label} activateOnFocus>
            {items.map((item, index) =>
              shown === null || shown.includes(index) ? (
                <Base.Tab
                  key={item.value}
                  ref={tabRef?.(item.value)}
                  value={item.value}
                  className="ui-tab"
                  aria-label={item.label}
                  data-tab={item.value}
                >
                  <Title item={item} />
                </Base.Tab>
              ) : null,
            )}
          </Base.List>
          {(shown === null || hidden.length > 0) && (
            <Menu
              align="end"
              finalFocus={focusAfterMenu}
              trigger={
                <button
                  ref={menu}
                  type="button"
                  className="ui-tab ui-tabs-more"
                  data-tight={isTight || undefined}
                  aria-label={`More: ${hidden.map(nameOf).join(", ")}`}
                  title={isTight ? `More: ${hidden.map(nameOf).join(", ")}` : undefined}
                >
                  {!isTight && "More"}
                  {hidden.some(hasCount) && <span className="ui-tab-count">•</span>}
                  <ChevronDownIcon />
                </button>
              }
            >
              {hidden.map((item) => (
                <MenuItem key={item.value} onSelect={() => pick(item.value)} aside={<Count item={item} />}>
                  {item.title}
                </MenuItem>
              ))}
            </Menu>
          )}
        </div>
        {aside}
      </div>
      {strip}
      {/* One panel element that follows the value: only the chosen content exists. */}
      <Base.Panel key={value} value={value} className="ui-tabs-panel" ref={stop.ref} tabIndex={stop.tabIndex}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}

const nameOf = ({ label, title, value }: TabItem<string>): string =>
  label ?? (typeof title === "string" ? title : value);

const Title = ({ item }: { readonly item: TabItem<string> }) => (
  <>
    {item.title}
    <Count item={item} />
  </>
);

const hasCount = ({ count }: TabItem<string>): boolean => count != null && count !== 0;

const Count = ({ item }: { readonly item: TabItem<string> }) => {
  const { count, countRoom = 0, tone } = item;
  const isCounted = hasCount(item);
  if (!isCounted && countRoom === 0) return null;
  return (
    <span
      className={isCounted && tone ? `ui-${tone} ui-tab-count` : "ui-tab-count"}
      style={countRoom > 0 ? { minWidth: `${countRoom}ch` } : undefined}
    >
      {isCounted && count}
    </span>
  );
};
