// Below the tabs: which of a tab's views is shown. The X-ray has none, for the
// way into the environment is its own card.
import type { TraceView } from "../../../server/contract/trace.js";
import { plural } from "../../format/plural.js";
import { formatCount } from "../../format/size.js";
import { type MainTab, mainTabOf, showTab, type Tab } from "../../model/traces/inspector-state.js";
import { Choice } from "../../ui/choice.js";
import { ChevronLeftIcon } from "../../ui/icon.js";

const labels: Readonly<Record<MainTab, string>> = {
  xray: "X-ray",
  streams: "Stream",
  response: "Response",
  timing: "Part of the timing",
  doctor: "Part of the doctor",
};

export function ViewStrip({ trace, tab }: { readonly trace: TraceView; readonly tab: Tab }) {
  const main = mainTabOf(tab);
  if (tab === "env")
    return (
      <div className="ui-row inspector-strip">
        <button type="button" className="ui-link inspector-back" onClick={() => showTab("xray")}>
          <ChevronLeftIcon />
          Back to the X-ray
        </button>
        <span className="ui-dim ui-num">{trace.env !== null && plural(trace.env.length, "variable")}</span>
      </div>
    );
  const choices = choicesOf(main, trace);
  if (choices.length === 0) return null;
  return (
    <div className="ui-row inspector-strip">
      <Choice label={labels[main]} value={tab} choices={choices} onChange={(next) => showTab(next)} />
    </div>
  );
}

function choicesOf(main: MainTab, { fastcgi }: TraceView): readonly { readonly value: Tab; readonly title: string }[] {
  switch (main) {
    case "streams":
      return [
        { value: "stdin", title: "Stdin" },
        { value: "stdout", title: "Stdout" },
        { value: "stderr", title: "Stderr" },
      ];
    case "timing": {
      const count = fastcgi === null ? 0 : fastcgi.records.length + fastcgi.omitted;
      return [
        { value: "timing", title: "Phases" },
        { value: "records", title: count === 0 ? "Records" : `Records ${formatCount(count)}` },
      ];
    }
    case "doctor":
      return [
        { value: "doctor", title: "Findings" },
        { value: "encoding", title: "Encoding" },
        { value: "servers", title: "Servers" },
      ];
    case "xray":
    case "response":
      return [];
  }
}
