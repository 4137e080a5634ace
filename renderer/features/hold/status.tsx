// The held requests' part of the status bar: how many there are, and what this window holds.
import { commandTitle } from "../../../server/contract/commands.js";
import { runCommand } from "../../platform/command-registry.js";
import { useLayout } from "../../platform/layout-store.js";
import { useHeld, useHeldFeed } from "./held-store.js";

export function HoldStatus() {
  useHeldFeed();
  const count = useHeld(({ held }) => held.length);
  const [rule, ...more] = useHeld(({ rules }) => rules);
  const which = more.length > 0 ? `by ${more.length + 1} rules` : rule?.query === "" ? "of any kind" : rule?.query;
  return (
    <>
      {count > 0 && (
        <button
          type="button"
          className="status-button ui-warn"
          title="Show held requests"
          onClick={() => useLayout.setState({ inspector: true })}
        >
          {count} held
        </button>
      )}
      {rule && (
        <button
          type="button"
          className="status-button ui-warn ui-cut"
          title={commandTitle("hold.stop")}
          onClick={() => runCommand("hold.stop")}
        >
          {rule.pace ? "Slowing" : "Holding"} {rule.isOnce ? "the next request" : "requests"} {which}
        </button>
      )}
    </>
  );
}
