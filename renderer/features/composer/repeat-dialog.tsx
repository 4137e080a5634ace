// How many times to send the composed request, one after the other.
import { useState } from "react";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { isRecord, recall, remember } from "../../platform/storage.js";
import { FormDialog } from "../../ui/dialog.js";
import { maxRepeats } from "./repeated.js";
import { sendRepeatedly } from "./send.js";

const key = "repeat-request";
const accept = (value: unknown): number | null =>
  isRecord(value) && typeof value["times"] === "number" && isPossible(value["times"]) ? value["times"] : null;
const isPossible = (times: number): boolean => Number.isInteger(times) && times >= 2 && times <= maxRepeats;
const close = (): void => closeDialog("repeat");

export const RepeatDialog = () => (useDialogOpen("repeat") ? <Asking /> : null);

function Asking() {
  const [typed, setTyped] = useState(String(recall(key, accept) ?? 20));
  const times = Number(typed);
  return (
    <FormDialog
      title="Repeat this request"
      description={`Sends it 2 to ${maxRepeats} times, one after the other. Stop ends it.`}
      action="Start"
      isPossible={isPossible(times)}
      onClose={close}
      onSubmit={() => {
        remember(key, { times });
        close();
        void sendRepeatedly(times); // reports its own failures
      }}
    >
      <label className="composer-repeat-times">
        Times
        <input
          className="ui-field"
          type="number"
          min={2}
          max={maxRepeats}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
    </FormDialog>
  );
}
