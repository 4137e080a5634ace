// The place of the selected trace: held requests take it while there are any, and the trace is one of their tabs.
import type { ReactNode } from "react";
import { lazyPart } from "../../platform/lazy-part.js";
import { useHeld, useHeldFeed } from "./held-store.js";

const HeldTabs = lazyPart(async () => (await import("./held-tabs.js")).HeldTabs);

export function HeldPlace({ children }: { readonly children: ReactNode }) {
  useHeldFeed();
  const isHolding = useHeld(({ held }) => held.length > 0);
  return isHolding ? <HeldTabs>{children}</HeldTabs> : children;
}
