// Tabs with an underline: Base UI's roles and arrow keys, our looks. `count` is the small number beside a title.
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { useScrollStop } from "./use-scroll-stop.js";
import { useTabRow } from "./use-tab-row.js";
import "./tabs.css";

export interface TabItem<V extends string> {
  readonly value: V;
  readonly title: ReactNode;
  /** The accessible name when it is to stay the same whatever the title shows. */
  readonly label?: string;
  readonly count?: number | string | null;
  readonly tone?: "warn" | "bad" | undefined;
}

export interface TabsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly items: readonly TabItem<V>[];
  readonly size?: "normal" | "small";
  /** At the right end of the bar. */
  readonly aside?: ReactNode;
  /** The panel of the chosen tab; the only one that is rendered. */
  readonly children: ReactNode;
  readonly className?: string;
}

export function Tabs<V extends string>({ label, value, onChange, items, size = "normal", aside, children, className }: TabsProps<V>) {
  const choose = (next: unknown): void => {
    const item = items.find((candidate) => candidate.value === next);
    if (item) onChange(item.value);
  };
  const stop = useScrollStop();
  const row = useTabRow(value);
  return (
    <Base.Root value={value} onValueChange={choose} className={`ui-tabs${className ? ` ${className}` : ""}`}>
      <div className={`ui-tabs-bar ui-tabs-${size}`}>
        <Base.List ref={row} className="ui-tabs-list" aria-label={label} activateOnFocus>
          {items.map((item) => (
            <Base.Tab key={item.value} value={item.value} className="ui-tab" aria-label={item.label}>
              {item.title}
              {item.count != null && item.count !== 0 && <span className={item.tone ? `ui-${item.tone} ui-tab-count` : "ui-tab-count"}>{item.count}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {aside}
      </div>
      {/* One panel element that follows the value: only the chosen content exists. */}
      <Base.Panel key={value} value={value} className="ui-tabs-panel" {...stop}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
