// Whether the folder's traces are stored on disk, how much and how long; and their deletion.

import { useEffect, useId, useState } from "react";
import { maxStoreAgeDays, maxStoreBytes, minStoreBytes } from "../../../server/contract/limits.js";
import { wordsOf } from "../../../server/contract/message.js";
import type { StoreSettings, StoreState } from "../../../server/contract/traces-contract.js";
import { dateOf } from "../../format/clock.js";
import { formatBytes, formatCount } from "../../format/size.js";
import { lookAtStore, useStoredRows } from "../../model/traces/stored-rows.js";
import { notify } from "../../platform/notices.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useWhy } from "../../platform/use-why.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { FormDialog } from "../../ui/dialog.js";
import { Check, Part } from "./parts.js";

const mebi = 1 << 20;

export function StoredTraces() {
  const store = useStoredRows((stored) => stored.store);
  const [why, setWhy] = useWhy();
  const [isAsking, setAsking] = useState(false);
  useEffect(() => void lookAtStore(), []);
  if (store === null) return null;
  const change = async (part: Partial<StoreSettings>): Promise<void> => {
    setWhy(null);
    const settings = { ...store.settings, ...part };
    useStoredRows.setState({ store: { ...store, settings } }); // at once; the server has the last word
    try {
      const now = await connected().traces.setStore(settings);
      useStoredRows.setState(({ turn }) => ({ store: now, turn: turn + 1 }));
    } catch (error) {
      useStoredRows.setState({ store });
      setWhy(problemText(problemOf(error)));
    }
  };
  const { settings, isSettable } = store;
  return (
    <Part title="Stored traces of this folder">
      <Check
        label="Store traces on disk"
        isOn={settings.isOn}
        isDisabled={!isSettable}
        onChange={(isOn) => void change({ isOn })}
      >
        {isSettable
          ? "Traces stay after the window is closed, and every part of them can be searched. They are in a file that only you can read."
          : "The command line decides whether traces are stored."}
      </Check>
      <Bound
        label="At most (MiB)"
        value={Math.round(settings.maxBytes / mebi)}
        least={minStoreBytes / mebi}
        most={maxStoreBytes / mebi}
        onChange={(size) => void change({ maxBytes: size * mebi })}
      />
      <Bound
        label="For at most (days)"
        value={settings.maxAgeDays}
        least={1}
        most={maxStoreAgeDays}
        onChange={(maxAgeDays) => void change({ maxAgeDays })}
      />
      <p className="ui-dim settings-words">The oldest traces that are not pinned are deleted first.</p>
      <div className="ui-row settings-row">
        <span>{factsOf(store)}</span>
        <Button onClick={() => setAsking(true)}>Forget everything…</Button>
      </div>
      <Alert className="settings-words">{why}</Alert>
      {isAsking && <ForgetDialog store={store} onClose={() => setAsking(false)} />}
    </Part>
  );
}

function factsOf({ traces, bytes, oldestAt, isStoring, settings, problem }: StoreState): string {
  if (problem) return problemText(problem);
  const failed = settings.isOn && !isStoring ? " Storing has stopped: the log says why." : "";
  if (bytes === null || oldestAt === null) return `Nothing is stored.${failed}`;
  const words = `${formatCount(traces)} ${traces === 1 ? "trace" : "traces"} since ${dateOf(oldestAt)}, ${formatBytes(bytes)}.`;
  return words + failed;
}

interface BoundProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

/** Applied when the field is left, or with Enter: half a number would delete traces. */
function Bound({ label, value, least, most, onChange }: BoundProps) {
  const id = useId();
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const typed = Number(text);
  const isGood = Number.isInteger(typed) && typed >= least && typed <= most;
  const apply = (): void => {
    if (isGood && typed !== value) onChange(typed);
  };
  return (
    <div>
      <label className="ui-row settings-row">
        <span>{label}</span>
        <input
          type="number"
          className="ui-field settings-number"
          min={least}
          max={most}
          aria-invalid={!isGood}
          aria-describedby={isGood ? undefined : id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={apply}
          onKeyDown={(event) => {
            if (event.key === "Enter") apply();
          }}
        />
      </label>
      {!isGood && (
        <p id={id} className="ui-bad settings-words">
          Enter a whole number from {least} to {most}. The limit stays at {value}.
        </p>
      )}
    </div>
  );
}

function ForgetDialog({ store, onClose }: { readonly store: StoreState; readonly onClose: () => void }) {
  const facts = store.problem ? wordsOf(store.problem.message) : factsOf(store); // without the fix: it would keep the file
  const { why, isBusy, attempt } = useAttempt(async () => {
    await connected().traces.forget();
    useStoredRows.setState(({ turn }) => ({ turn: turn + 1 }));
    await lookAtStore();
    onClose();
    notify("info", "The stored traces of this folder were deleted.");
  });
  return (
    <FormDialog
      onClose={onClose}
      title="Forget all traces of this folder?"
      description={`${facts} All traces, pinned ones too, are deleted from the disk and from the list, and with them the last results of requests and the last measurements. This cannot be undone.`}
      action="Forget everything"
      isDangerous
      isBusy={isBusy}
      problem={why}
      onSubmit={attempt}
    />
  );
}
