// Method, target and Send; or, for a raw request, what there is to say about its bytes, and Send.
import { chooseMethod, compose, isSafe, useComposer } from "../../model/request/composer-store.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { anchor } from "../../platform/anchors.js";
import { hintOf, runCommand, shortcutOf } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { useWaiting } from "../../platform/use-waiting.js";
import { Autocomplete } from "../../ui/autocomplete.js";
import { Button, IconButton } from "../../ui/button.js";
import { CloseIcon, StopIcon } from "../../ui/icon.js";
import { onPasteCurl } from "../curl/index.js";
import { RawFacts } from "./raw-facts.js";

const methods = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"];

export function RequestLine() {
  const method = useComposer((composer) => composer.method);
  const target = useComposer((composer) => composer.target);
  const isRaw = useComposer((composer) => composer.raw.isOn);
  const isMethodBad = !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method);
  return (
    <form
      className="composer-line"
      onSubmit={(event) => {
        event.preventDefault();
        runCommand("request.send");
      }}
    >
      {isRaw && <RawFacts />}
      {!isRaw && (
        <Autocomplete
          label="Method"
          value={method}
          onChange={(next) => chooseMethod(next.trim())}
          suggestions={methods}
          className={`composer-method ui-mono ${isSafe(method) ? "ui-ok" : "ui-warn"}`}
          invalid={isMethodBad}
        />
      )}
      {!isRaw && (
        <input
          ref={anchor("composer.request")}
          className="ui-field ui-mono composer-target"
          aria-label="Request target"
          aria-invalid={target === ""}
          data-pane-focus
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          value={target}
          onChange={(event) => compose({ target: event.target.value })}
          onPaste={onPasteCurl}
        />
      )}
      <Origin />
      <SendButton isReady={isRaw || (!isMethodBad && target !== "")} />
    </form>
  );
}

/** The trace that what is sent now is linked to. */
function Origin() {
  const parent = useComposer((composer) => composer.parent);
  const seq = useTraceStore(({ rows }) => (parent === null ? undefined : rows.find(({ id }) => id === parent.id)?.seq));
  if (parent === null) return null;
  const name = seq === undefined ? "a trace" : `#${seq}`;
  return (
    <span className="composer-origin">
      <Button
        size="small"
        look="quiet"
        hint={`What you send is linked to ${name}, from which it came`}
        onClick={() => useSelection.getState().select(parent.id)}
      >
        from {name}
      </Button>
      <IconButton size="small" label={`Not from ${name} any more`} onClick={() => compose({ parent: null })}>
        <CloseIcon className="ui-icon" aria-hidden="true" />
      </IconButton>
    </span>
  );
}

function SendButton({ isReady }: { readonly isReady: boolean }) {
  const isRunning = useComposer((composer) => composer.isRunning);
  const waiting = useWaiting(isRunning); // what is quick only flickers
  if (waiting !== null) {
    return (
      <Button
        size="large"
        look="danger"
        className="composer-send"
        aria-label="Stop request"
        hint={hintOf("request.stop")}
        onClick={() => runCommand("request.stop")}
      >
        <StopIcon className="ui-icon" aria-hidden="true" />
        Stop
        {waiting > 0 && <span className="composer-waiting">{waiting} s</span>}
      </Button>
    );
  }
  return (
    <Button
      type="submit"
      size="large"
      look="primary"
      className="composer-send"
      disabled={!isReady}
      aria-busy={isRunning || undefined}
    >
      Send
      <span className="ui-kbd" aria-hidden="true">
        {shortcutOf("request.send")}
      </span>
    </Button>
  );
}
