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

const close = (): void => closeDialog("hold");
const slow: Pace = { latencyMs: 300, upPerSecond: 50_000, downPerSecond: 50_000 };

export const HoldDialog = () => (useDialogOpen("hold") ? <Asking /> : null);

function Asking() {
  const [rule, setRule] = useState<HoldRuleInput>({ query: "", moment: "start", isOnce: false, pace: null });
  const { query, moment, isOnce, pace } = rule;
  const field = (label: string, name: keyof Pace, placeholder = "unlimited", max = 1e9) => (
    <label className="ui-column">
      {label}
      <TextField
        type="number"
        min={1}
        max={max}
        placeholder={placeholder}
        value={`${pace?.[name] ?? ""}`}
        onChange={(typed) =>
          setRule({ ...rule, pace: { ...slow, ...pace, [name]: typed === "" ? null : Math.round(Number(typed)) } })
        }
      />
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
      {pace && field("Latency before the script starts, ms", "latencyMs", "none", maxLatencyMs)}
      {pace && field("Request body, bytes per second", "upPerSecond")}
      {pace && field("Response, bytes per second", "downPerSecond")}
      <Check isOn={isOnce} onChange={(isOnce) => setRule({ ...rule, isOnce })}>
        Only the next one
      </Check>
    </FormDialog>
  );
}
