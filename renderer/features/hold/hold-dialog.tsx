// Which requests are held from now on, or slowed down.
import { useState } from "react";
import type { HoldRuleInput, Pace } from "../../../server/contract/hold-contract.js";
import { maxLatencyMs } from "../../../server/contract/limits.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { Check } from "../../ui/check.js";
import { Choice } from "../../ui/choice.js";
import { FormDialog } from "../../ui/dialog.js";
import { TextField } from "../../ui/text-field.js";
import { holdRequests } from "./held-store.js";
import "./hold.css";

const close = (): void => closeDialog("hold");
const slow: Pace = { latencyMs: 300, upPerSecond: 50_000, downPerSecond: 50_000 };

export const HoldDialog = () => (useDialogOpen("hold") ? <Asking /> : null);

function Asking() {
  const [rule, setRule] = useState<HoldRuleInput>({ query: "", moment: "start", isOnce: false, pace: null });
  const { query, moment, isOnce, pace } = rule;
  const field = (label: string, name: keyof Pace, unit = "bytes per second", max = 1e9, none = "unlimited") => (
    <label className="ui-row held-pace">
      <span>{label}</span>
      <input
        className="ui-field"
        type="number"
        min={1}
        max={max}
        placeholder={none}
        value={pace?.[name] ?? ""}
        onChange={({ target: { value } }) =>
          setRule({ ...rule, pace: { ...slow, ...pace, [name]: value === "" ? null : Math.round(Number(value)) } })
        }
      />
      <span className="ui-dim">{unit}</span>
    </label>
  );
  return (
    <FormDialog
      title="Hold requests, or slow them down"
      description={`${pace ? "Each is sent as over a slow network." : "Each waits until you let it go on."} Closing this window ends it.`}
      action={pace ? "Slow down" : "Hold"}
      onClose={close}
      onSubmit={() => {
        close();
        holdRequests({ ...rule, query: query.trim() });
      }}
    >
      <label className="ui-column">
        Requests that match
        <TextField
          placeholder="all; or method:POST path:/cgi-bin/orders.py"
          value={query}
          onChange={(query) => setRule({ ...rule, query })}
        />
      </label>
      <Choice
        label="What happens to them"
        value={pace ? "slow" : moment}
        choices={[
          { value: "start", title: "Hold at the start" },
          { value: "headers", title: "Hold after headers" },
          { value: "slow", title: "Slow network" },
        ]}
        onChange={(what) => {
          const isSlow = what === "slow";
          setRule({ ...rule, moment: isSlow ? "start" : what, pace: isSlow ? slow : null });
        }}
      />
      {pace && field("Latency", "latencyMs", "ms before the script starts", maxLatencyMs, "none")}
      {pace && field("Request body", "upPerSecond")}
      {pace && field("Response", "downPerSecond")}
      <Check isOn={isOnce} onChange={(isOnce) => setRule({ ...rule, isOnce })}>
        Only the next one
      </Check>
    </FormDialog>
  );
}
