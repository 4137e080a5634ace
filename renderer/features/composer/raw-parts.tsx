// The request as bytes: whatever is typed goes over a plain socket, right or wrong. Begins as what the fields would
// send.
import { type ReactNode, useRef } from "react";
import { maxComposedBodyBytes, maxPauseMs } from "../../../server/contract/limits.js";
import type { Pacing } from "../../../server/formats/probes/probe.js";
import { composeRaw, useComposer } from "../../model/request/composer-store.js";
import { chosenEnvironment, useEnvironments } from "../../model/request/environments.js";
import { anchor } from "../../platform/anchors.js";
import { runCommand } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { Button } from "../../ui/button.js";
import { TextArea } from "../../ui/text-field.js";

/** `aside`: at the right end of the bar. */
export function RawParts({ aside }: { readonly aside: ReactNode }) {
  const text = useComposer((composer) => composer.raw.text);
  const subject = useComposer((composer) => composer.subject);
  return (
    <div className="composer-parts ui-column composer-raw-parts">
      <div className="ui-row composer-raw-bar">
        <Button
          size="small"
          hint="Fill in the bytes that the fields would send; what is typed here is replaced"
          onClick={() => runCommand("request.fillRaw")}
        >
          Fill from form
        </Button>
        <Button
          size="small"
          hint="Select bytes first, and each value is sent in their place"
          onClick={() => runCommand("request.vary")}
        >
          Try values…
        </Button>
        <Button
          size="small"
          hint="Hostile and odd requests to send to this script"
          onClick={() => openDialog("vary", "request=probes")}
        >
          Library…
        </Button>
        <PacingFields key={subject} />
        <span className="ui-spacer" />
        {aside}
      </div>
      <EnvironmentNote />
      <TextArea
        ref={anchor("composer.request")}
        className="ui-field ui-mono composer-raw"
        aria-label="Raw request"
        aria-describedby="composer-raw-help"
        data-pane-focus
        value={text}
        onChange={(typed) => composeRaw({ text: typed, isOwn: true })}
      />
    </div>
  );
}

/** Raw bytes go out as they are, where the fields would have sent the values of the environment. */
function EnvironmentNote() {
  const hasNames = useComposer(({ raw }) => raw.text.includes("{{"));
  const name = useEnvironments(chosenEnvironment);
  if (!hasNames || name === null) return null;
  return (
    <p className="ui-small composer-raw-note" role="status">
      Raw bytes are sent as they are: <code>{"{{name}}"}</code> does not become a value of the environment “{name}”.
    </p>
  );
}

/** How the bytes go out: all at once while the first field is empty. */
function PacingFields() {
  const pacing = useComposer((composer) => composer.raw.pacing);
  // While the size is cleared to type another one.
  const lastPauseMs = useRef(0);
  if (pacing !== null) lastPauseMs.current = pacing.pauseMs;
  const change = (part: Partial<Pacing>): void =>
    composeRaw({ pacing: { pieceBytes: 1, pauseMs: lastPauseMs.current, ...pacing, ...part } });
  return (
    <span className="composer-pacing" title="The bytes go out in pieces of this size, with a pause after each.">
      <label>
        Bytes at once
        <input
          className="ui-field ui-num"
          type="number"
          min={1}
          max={maxComposedBodyBytes}
          placeholder="all"
          value={pacing?.pieceBytes ?? ""}
          onChange={({ target: { value } }) => {
            if (value === "") composeRaw({ pacing: null });
            else change({ pieceBytes: within(Number(value), 1, maxComposedBodyBytes) });
          }}
        />
      </label>
      {pacing !== null && (
        <label>
          every
          <input
            className="ui-field ui-num"
            type="number"
            min={0}
            max={maxPauseMs}
            value={pacing.pauseMs}
            onChange={({ target: { value } }) => change({ pauseMs: within(Number(value), 0, maxPauseMs) })}
          />
          ms
        </label>
      )}
    </span>
  );
}

const within = (value: number, least: number, most: number): number =>
  Math.min(Math.max(Math.round(value), least), most);
