// Which requests are held from now on.
import { useState } from "react";
import type { HoldMoment } from "../../../server/contract/hold-contract.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { Choice } from "../../ui/choice.js";
import { FormDialog } from "../../ui/dialog.js";
import { Check } from "./held-part.js";
import { holdRequests } from "./hold-rules.js";
import "./hold.css";

const close = (): void => closeDialog("hold");

export const HoldDialog = () => (useDialogOpen("hold") ? <Asking /> : null);

function Asking() {
  const [query, setQuery] = useState("");
  const [moment, setMoment] = useState<HoldMoment>("start");
  const [isOnce, setOnce] = useState(false);
  return (
    <FormDialog
      title="Hold requests"
      description="Each waits until you let it go on. Closing this window ends it."
      action="Hold"
      onClose={close}
      onSubmit={() => {
        close();
        holdRequests({ query: query.trim(), moment, isOnce });
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
        label="When"
        value={moment}
        choices={[
          { value: "start", title: "Before the script starts" },
          { value: "headers", title: "After its headers" },
        ]}
        onChange={setMoment}
      />
      <Check isOn={isOnce} onChange={setOnce}>
        Only the next one
      </Check>
    </FormDialog>
  );
}
