// A part of the window that scrolls by itself. The keyboard has to reach it, and its label says what it holds.
import type { ComponentProps } from "react";

export const ScrollRegion = (props: ComponentProps<"section">) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
  <section tabIndex={0} {...props} />
);
