// Which requests are held from now on, or slowed down.
import { useState } from "react";
import type { HoldMoment, Pace } from "../../../server/contract/hold-contract.js";
import { maxLatencyMs } from "../../../server/contract/limits.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { Choice } from "../../ui/choice.js";
import { FormDialog } from "../../ui/dialog.js";
import { Check } from "./held-part.js";
import { holdRequests } from "./held-store.js";
import "./hold.css";

const close = (): void => closeDialog("hold");

export const HoldDialog = () => (useDialogOpen("hold") ? <Asking /> : null);

function Asking() {
  const [query, setQuery] = useState("");
  const [what, setWhat] = useState<HoldMoment | "slow">("start");
  const [isOnce, setOnce] = useState(false);
  const [pace, setPace] = useState<Pace>({ latencyMs: 300, upPerSecond: 50_000, downPerSecond: 50_000 });
  const isSlow = what === "slow";
  const field = (label: string, unit: string, name: keyof Pace, max: number) => (
    <label className="held-line">
      <span className="held-pace">{label}</span>
      <input
        className="ui-field held-status"
        type="number"
        min={name === "latencyMs" ? 0 : 1}
        max={max}
        placeholder={name === "latencyMs" ? "0" : "unlimited"}
        value={pace[name] ?? ""}
        onChange={({ target: { value } }) =>
          setPace({ ...pace, [name]: value === "" ? (name === "latencyMs" ? 0 : null) : Math.round(Number(value)) })
        }
      />
      <span className="ui-dim">{unit}</span>
    </label>
  );
  return (
    <FormDialog
      title="Hold requests, or slow them down"
      description={`${isSlow ? "Each is sent as over a slow network." : "Each waits until you let it go on."} Closing this window ends it.`}
      action={isSlow ? "Slow down" : "Hold"}
      onClose={close}
      onSubmit={() => {
        close();
        holdRequests({ query: query.trim(), moment: isSlow ? "start" : what, isOnce, pace: isSlow ? pace : null });
      }}
    >
      <label>
        Requests that match
        <input
          className="ui-field ui-mono held-query"
          placeholder="all; or method:POST path:/cgi-bin/orders.py"
          spellCheck={false}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      <Choice
        label="What happens to them"
        value={what}
        choices={[
          { value: "start", title: "Hold at the start" },
          { value: "headers", title: "Hold after headers" },
          { value: "slow", title: "Slow network" },
        ]}
        onChange={setWhat}
      />
      {isSlow && field("Latency", "ms before the script starts", "latencyMs", maxLatencyMs)}
      {isSlow && field("Request body", "bytes per second", "upPerSecond", 1e9)}
      {isSlow && field("Response", "bytes per second", "downPerSecond", 1e9)}
      <Check isOn={isOnce} onChange={setOnce}>
        Only the next one
      </Check>
    </FormDialog>
  );
}
