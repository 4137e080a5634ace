// Where held requests show: in the place of the selected trace, which is one of their tabs then, and in the status bar,
// with what this window holds.
import type { ReactNode } from "react";
import { commandTitle } from "../../../server/contract/commands.js";
import { runCommand } from "../../platform/command-registry.js";
import { useLayout } from "../../platform/layout-store.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useHeld, useHeldFeed } from "./held-store.js";

const HeldTabs = lazyPart(async () => (await import("./held-tabs.js")).HeldTabs);

export function HeldPlace({ children }: { readonly children: ReactNode }) {
  useHeldFeed();
  const isHolding = useHeld(({ held }) => held.length > 0);
  return isHolding ? <HeldTabs>{children}</HeldTabs> : children;
}

export function HoldStatus() {
  useHeldFeed();
  const { held, rules } = useHeld();
  const [rule, ...more] = rules;
  const which =
    more.length > 0
      ? `by ${more.length + 1} rules`
      : rule?.query === ""
        ? "of any kind"
        : `that ${rule?.isOnce ? "matches" : "match"} ${rule?.query}`;
  const button = (title: string, text: string, onClick: () => void) => (
    <button type="button" className="status-button ui-warn ui-cut" title={title} onClick={onClick}>
      {text}
    </button>
  );
  return (
    <>
      {held.length > 0 &&
        button("Show held requests", `${held.length} held`, () => useLayout.setState({ inspector: true }))}
      {rule &&
        button(
          commandTitle("hold.stop"),
          `${rule.pace ? "Slowing" : "Holding"} ${rule.isOnce ? "the next request" : "requests"} ${which}`,
          () => runCommand("hold.stop"),
        )}
    </>
  );
}
