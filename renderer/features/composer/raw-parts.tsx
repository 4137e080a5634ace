// The request as bytes: whatever is typed goes over a plain socket, right or wrong. Begins as what the fields would
// send, or as one of the library's probes.
import { type ReactNode, useRef } from "react";
import { maxComposedBodyBytes, maxPauseMs } from "../../../server/contract/limits.js";
import { probes } from "../../../server/formats/probes/library.js";
import { expectedText, type Pacing, type Probe, probeGroups } from "../../../server/formats/probes/probe.js";
import { toBytes, utf8 } from "../../../server/protocol/byte-string.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import { composeRaw, useComposer } from "../../model/request/composer-store.js";
import { chosenEnvironment, useEnvironments } from "../../model/request/environments.js";
import { bytesToRaw } from "../../model/request/raw-text.js";
import { anchor } from "../../platform/anchors.js";
import { runCommand } from "../../platform/command-registry.js";
import { useServer } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Menu, MenuItem, Submenu } from "../../ui/menu.js";
import { replaceRaw } from "./raw-undo.js";

/** `aside`: at the right end of the bar. */
export function RawParts({ aside }: { readonly aside: ReactNode }) {
  const text = useComposer((composer) => composer.raw.text);
  const subject = useComposer((composer) => composer.subject);
  return (
    <div className="composer-parts composer-raw-parts">
      <div className="composer-raw-bar">
        <Button
          size="small"
          hint="Fill in the bytes that the fields would send; what is typed here is replaced"
          onClick={() => runCommand("request.fillRaw")}
        >
          Fill from form
        </Button>
        <ProbeMenu />
        <PacingFields key={subject} />
        <span className="ui-spacer" />
        {aside}
      </div>
      <ProbeNote />
      <EnvironmentNote />
      <textarea
        ref={anchor("composer.request")}
        className="composer-raw ui-mono"
        aria-label="Raw request"
        aria-describedby="composer-raw-help"
        data-pane-focus
        spellCheck={false}
        value={text}
        onChange={(event) => composeRaw({ text: event.target.value, isOwn: true, probe: null })}
      />
    </div>
  );
}

/** Requests that show how a server and a script take careless and hostile clients. */
function ProbeMenu() {
  return (
    <Menu
      trigger={
        <Button size="small" hint="Hostile and odd requests to send to this script">
          Library
        </Button>
      }
    >
      {Object.entries(probeGroups).map(([group, title]) => (
        <Submenu key={group} title={title}>
          {probes
            .filter((probe) => probe.group === group)
            .map((probe) => (
              <MenuItem key={probe.id} onSelect={() => fillFrom(probe)}>
                {probe.title}
              </MenuItem>
            ))}
        </Submenu>
      ))}
    </Menu>
  );
}

function fillFrom(probe: Probe): void {
  const { target } = useComposer.getState();
  const host = useServer.getState().state?.server.url?.replace(/^http:\/\//, "") ?? "127.0.0.1";
  const text = bytesToRaw(toBytes(probe.bytes({ target: utf8(target), host })));
  replaceRaw({ text, isOwn: true, halfClose: probe.halfClose, pacing: probe.pacing, probe: probe.id });
}

/** What the probe that was filled in tries, and what it must lead to where no setting differs from the default. */
function ProbeNote() {
  const id = useComposer((composer) => composer.raw.probe);
  const probe = probes.find((candidate) => candidate.id === id);
  if (probe === undefined) return null;
  const expected = expectedText(probe, { policy: defaultPolicy, requestBodyBytes: null });
  return (
    <p className="composer-raw-note" role="status">
      <span className="ui-dim">{probe.about}</span> Expected with default settings: {expected}.
    </p>
  );
}

/** Raw bytes go out as they are, where the fields would have sent the values of the environment. */
function EnvironmentNote() {
  const hasNames = useComposer(({ raw }) => raw.text.includes("{{"));
  const name = useEnvironments(chosenEnvironment);
  if (!hasNames || name === null) return null;
  return (
    <p className="composer-raw-note" role="status">
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
        Pieces of
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
        B
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
