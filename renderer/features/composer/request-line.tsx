// Method, target and Send; or, for a raw request, what there is to say about its bytes, and Send.
import type { MouseEvent } from "react";
import { useFiles } from "../../model/folder/file-store.js";
import { chooseMethod, compose, isSafe, useComposer } from "../../model/request/composer-store.js";
import { environmentFiles } from "../../model/request/environments.js";
import { useOpensSocket } from "../../model/request/open-socket.js";
import { anchor } from "../../platform/anchors.js";
import { hintOf, runCommand, shortcutOf } from "../../platform/command-registry.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useWaiting } from "../../platform/use-waiting.js";
import { Autocomplete } from "../../ui/autocomplete.js";
import { Button } from "../../ui/button.js";
import { ChevronDownIcon, StopIcon } from "../../ui/icon.js";
import { IconMenu } from "../../ui/icon-menu.js";
import { onPasteCurl } from "../curl/index.js";

const Origin = lazyPart(async () => (await import("./origin.js")).Origin);
const EnvironmentMenu = lazyPart(async () => (await import("../environments/index.js")).EnvironmentMenu);
const SendItems = lazyPart(async () => (await import("./send-items.js")).SendItems);
const RawFacts = lazyPart(async () => (await import("./raw-facts.js")).RawFacts);

const methods = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"];

export function RequestLine() {
  const method = useComposer((composer) => composer.method);
  const target = useComposer((composer) => composer.target);
  const isRaw = useComposer((composer) => composer.raw.isOn);
  const parent = useComposer((composer) => composer.parent);
  const hasEnvironments = useFiles(({ byPath }) => environmentFiles.some((path) => byPath.has(path)));
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
      {parent !== null && <Origin id={parent.id} />}
      {!isRaw && hasEnvironments && <EnvironmentMenu />}
      <SendButton isReady={isRaw || (!isMethodBad && target !== "")} />
      <IconMenu label="More ways to send" icon={ChevronDownIcon}>
        <SendItems />
      </IconMenu>
    </form>
  );
}

function SendButton({ isReady }: { readonly isReady: boolean }) {
  const isRunning = useComposer((composer) => composer.isRunning);
  const isSocket = useOpensSocket();
  const waiting = useWaiting(isRunning); // what is quick only flickers
  const isStop = waiting !== null;
  const stop = (event: MouseEvent): void => {
    event.preventDefault(); // it may send again before the click has ended, and would then submit the form
    runCommand("request.stop");
  };
  // One element for both, with a hint in both cases: another would not have the focus.
  return (
    <Button
      type={isStop ? "button" : "submit"}
      size="large"
      look={isStop ? "danger" : "primary"}
      className="composer-send"
      hint={hintOf(isStop ? "request.stop" : "request.send")}
      disabled={!isStop && !isReady}
      aria-busy={(!isStop && isRunning) || undefined}
      onClick={isStop ? stop : undefined}
      onKeyDown={(event) => event.repeat && event.preventDefault()} // a key that is held would stop what it sent
    >
      {isStop ? (
        <>
          <StopIcon />
          <span>
            Stop<span className="ui-hidden"> request</span>
          </span>
          {waiting > 0 && (
            <span className="ui-dim ui-figures composer-waiting" aria-hidden="true">
              {waiting} s
            </span>
          )}
        </>
      ) : (
        <>
          {isSocket ? "Connect" : "Send"}
          <span className="ui-kbd" aria-hidden="true">
            {shortcutOf("request.send")}
          </span>
        </>
      )}
    </Button>
  );
}
