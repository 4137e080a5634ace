// What to measure: the target of a GET, for how long, over how many connections.
import { type ComponentProps, useId } from "react";
import { maxMeasureConnections, maxMeasureRate, maxMeasureSeconds } from "../../../server/contract/limits.js";
import { type Measurement, measureAsked } from "../../../server/contract/measure-contract.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { useComposer } from "../../model/request/composer-store.js";
import { useClient, useServer } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { RepeatIcon } from "../../ui/icon.js";
import { TextField } from "../../ui/text-field.js";
import { measure, useMeasure } from "./measure-store.js";

/** The text of each field. `target` null: the user has not changed it. */
export interface MeasureInput {
  readonly target: string | null;
  readonly seconds: string;
  readonly connections: string;
  /** "": each connection sends its next request after a response. */
  readonly rate: string;
}
interface MeasureFormProps {
  readonly entry: FileEntry;
  readonly measurement: Measurement | null;
  readonly input: MeasureInput;
  readonly onInput: (input: MeasureInput) => void;
}

export function MeasureForm({ entry, measurement, input, onInput }: MeasureFormProps) {
  const client = useClient();
  const ids = useId();
  const isTrusted = useServer(({ state }) => (state?.workspace?.trust.state ?? "trusted") === "trusted");
  const isRunning = useMeasure((store) => store.running !== null);
  const { seconds, connections, rate } = input;
  const change = (changed: Partial<MeasureInput>): void => onInput({ ...input, ...changed });
  const target = input.target ?? measurement?.target ?? usualTarget(entry);
  const asked = measureAsked.safeParse({
    path: entry.path,
    target,
    seconds: Number(seconds),
    connections: Number(connections),
    rate: rate === "" ? null : Number(rate),
  }).data;
  const isPossible = asked !== undefined && target.startsWith("/");
  return (
    <form
      className="ui-row ways-settings"
      onSubmit={(event) => {
        event.preventDefault();
        if (isPossible) void measure(asked); // keeps its own failures, that of trusting the folder too
      }}
    >
      <label htmlFor={`${ids}-target`}>GET</label>
      <TextField
        id={`${ids}-target`}
        className="ways-target"
        aria-label="GET target to measure"
        value={target}
        onChange={(typed) => change({ target: typed })}
      />
      <NumberField
        min={0.1}
        max={maxMeasureSeconds}
        step="any"
        aria-label="Seconds for each mode"
        value={seconds}
        onChange={(seconds) => change({ seconds })}
      />
      <span className="ui-dim">s for each mode</span>
      <NumberField
        min={1}
        max={maxMeasureConnections}
        aria-label="Connections"
        value={connections}
        onChange={(connections) => change({ connections })}
      />
      <span className="ui-dim">{connections === "1" ? "connection" : "connections"}</span>
      <NumberField
        min={1}
        max={maxMeasureRate}
        placeholder="max"
        aria-label="Requests a second that are due"
        title="Empty: each connection sends its next request after a response. With a number, that many requests are due each second, and each is timed from when it was due."
        value={rate}
        onChange={(rate) => change({ rate })}
      />
      <span className="ui-dim">a second</span>
      <Button look="primary" type="submit" disabled={!client || !isPossible || isRunning}>
        <RepeatIcon />
        {!isTrusted ? "Trust and measure" : measurement === null ? "Measure" : "Measure again"}
      </Button>
    </form>
  );
}

interface NumberFieldProps extends Omit<ComponentProps<"input">, "onChange"> {
  readonly onChange: (text: string) => void;
}

const NumberField = ({ onChange, ...input }: NumberFieldProps) => (
  <input {...input} className="ui-field ways-number" type="number" onChange={(event) => onChange(event.target.value)} />
);

/** The composer's, if it is about this script and is a GET. */
function usualTarget(entry: FileEntry): string {
  const { subject, method, target, raw } = useComposer.getState();
  return subject === entry.path && method === "GET" && !raw.isOn ? target : (entry.target ?? "/");
}
