// The line under the header for as long as a script is debugged: where it stands, and what can be done.
import { useState } from "react";
import type { CommandId } from "../../../server/contract/commands.js";
import { waitedText } from "../../format/clock.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { hintOf, runCommand, shortcutOf, whyUnavailable } from "../../platform/command-registry.js";
import { copyText, orNotify } from "../../platform/notices.js";
import { useNow } from "../../platform/use-now.js";
import { useWaiting } from "../../platform/use-waiting.js";
import { Button } from "../../ui/button.js";
import {
  ArrowDownIcon,
  ArrowUpIcon,
  BugIcon,
  type Icon,
  PauseIcon,
  PlayIcon,
  StepOverIcon,
  StopIcon,
} from "../../ui/icon.js";
import { shownFrame, useDebug } from "./debug-store.js";
import "./debug.css";

export function DebugBar() {
  const phase = useDebug((state) => state.phase);
  const hasStopped = useDebug((state) => state.stop !== null);
  const value = useDebug((state) => state.cookie);
  const cookie = value && `cgi-workbench-debug=${value}`;
  const isLong = useWaiting(phase === "running") !== null;
  // What is quick only flickers.
  if (phase === null || (phase === "running" && !hasStopped && !isLong)) return null;
  return (
    <section className="app-banner app-banner-warn debug-bar" aria-label="Debugger">
      {phase === "waiting" ? <BugIcon className="ui-warn" /> : <PauseIcon className="ui-warn" />}
      <State isLong={isLong} cookie={cookie} />
      <span className="ui-spacer" />
      {phase === "waiting" && cookie && <CookieButtons cookie={cookie} />}
      {phase === "running" && isLong && <Action command="debug.pause" icon={PauseIcon} title="Pause" />}
      {phase !== "waiting" && (
        <>
          <Action command="debug.continue" icon={PlayIcon} title="Continue" isMain />
          <Action command="debug.over" icon={StepOverIcon} />
          <Action command="debug.in" icon={ArrowDownIcon} />
          <Action command="debug.out" icon={ArrowUpIcon} />
        </>
      )}
      <Action command="debug.stop" icon={StopIcon} title="Stop" />
    </section>
  );
}

function CookieButtons({ cookie }: { readonly cookie: string }) {
  const [isRenewing, setRenewing] = useState(false);
  const renew = async (): Promise<void> => {
    setRenewing(true);
    await orNotify("The cookie has no new value", async () =>
      (await import("./debug-session.js")).debugWithCookie(true),
    );
    setRenewing(false);
  };
  return (
    <>
      <Button size="small" onClick={() => void copyText("the cookie", cookie)}>
        Copy cookie
      </Button>
      <Button size="small" disabled={isRenewing} onClick={() => void renew()}>
        New value
      </Button>
    </>
  );
}

function State({ isLong, cookie }: { readonly isLong: boolean; readonly cookie: string | null }) {
  const phase = useDebug((state) => state.phase);
  const reason = useDebug((state) => state.stop?.reason ?? "");
  const since = useDebug((state) => state.since);
  const frame = useDebug(shownFrame);
  const seq = useTraceRow(useDebug((state) => state.traceId))?.seq;
  const request = seq === undefined ? "The request" : `Request #${seq}`;
  if (phase === "waiting")
    return (
      <span role="status" className="ui-cut">
        <strong>The next request {cookie && "with this cookie "}is debugged</strong>
        {cookie ? (
          <code className="ui-mono"> · {cookie}</code>
        ) : (
          <span className="ui-dim"> · send one from any client</span>
        )}
      </span>
    );
  const isStopped = phase === "stopped" || !isLong;
  return (
    <>
      <span role="status" className="ui-cut">
        <strong>
          {request} {isStopped ? "waits for you" : "runs"}
        </strong>
        {isStopped && frame && (
          <span className="ui-dim">
            {" "}
            · {reasons[reason] ?? "stopped"} at {frame.file}:{frame.line}
          </span>
        )}
      </span>
      {isStopped && <Clock since={since} />}
      <span className="ui-dim ui-cut debug-bar-aside">· limits are paused</span>
    </>
  );
}

const reasons: Readonly<Record<string, string>> = {
  breakpoint: "breakpoint",
  exception: "exception",
  pause: "paused",
  entry: "first line",
  byte: "byte found",
};

const Clock = ({ since }: { readonly since: number }) => (
  <span className="ui-num ui-dim">· {waitedText(useNow() - since)}</span>
);

interface ActionProps {
  readonly command: CommandId;
  readonly icon: Icon;
  /** In place of what the palette says. */
  readonly title?: string;
  readonly isMain?: boolean;
}

const titles: Partial<Record<CommandId, string>> = {
  "debug.over": "Step over",
  "debug.in": "Step in",
  "debug.out": "Step out",
};

function Action({ command, icon: Sign, title = titles[command] ?? "", isMain = false }: ActionProps) {
  const shortcut = shortcutOf(command);
  const isQuick = useWaiting(useDebug(({ phase }) => phase === "running")) === null;
  const isOff = whyUnavailable(command) !== null && !(useDebug.getState().phase === "running" && isQuick);
  return (
    <Button
      size="small"
      look={isMain ? "primary" : command === "debug.stop" ? "danger" : "quiet"}
      hint={hintOf(command)}
      aria-disabled={isOff || undefined}
      onClick={() => runCommand(command)}
    >
      <Sign />
      {title}
      {shortcut !== null && (
        <span className="ui-kbd" aria-hidden="true">
          {shortcut}
        </span>
      )}
    </Button>
  );
}
