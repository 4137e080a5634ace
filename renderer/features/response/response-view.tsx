// The response in three ways: as a browser draws it, as bytes, and its head explained.
import { useState } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import {
  chooseResponseMode,
  type ResponseMode,
  responseModes,
  useResponseMode,
} from "../../model/traces/response-mode.js";
import { Choice } from "../../ui/choice.js";
import { Preview, PreviewButtons } from "../preview/index.js";
import { HeadersView } from "./headers-view.js";
import { SourceView } from "./source-view.js";
import "./response.css";

const titles: Record<ResponseMode, string> = { rendered: "Rendered", source: "Source", headers: "Headers" };

export function ResponseView({
  trace,
  reveal,
}: {
  readonly trace: TraceView;
  readonly reveal: { readonly at: number } | null;
}) {
  const requested = useResponseMode((state) => state.mode);
  const [seen, setSeen] = useState<typeof reveal>(null);
  const { response } = trace;
  if (!response)
    return (
      <p className="ui-empty">
        {trace.outcome === null ? "Nothing was sent to the client yet." : "Nothing was sent to the client."}
      </p>
    );
  const mode = reveal === null || reveal === seen ? requested : "source"; // an offset to show is one of the bytes
  const choose = (value: ResponseMode): void => {
    setSeen(reveal);
    chooseResponseMode(value);
  };
  return (
    <div className="ui-pane">
      <div className="ui-row response-bar">
        <Choice
          label="Response as"
          value={mode}
          choices={responseModes.map((value) => ({ value, title: titles[value] }))}
          onChange={choose}
        />
        <span className="ui-spacer" />
        {mode === "rendered" && <PreviewButtons trace={trace} />}
      </div>
      {mode === "rendered" && <Preview trace={trace} />}
      {mode === "source" && <SourceView trace={trace} response={response} reveal={reveal} />}
      {mode === "headers" && <HeadersView trace={trace} response={response} />}
    </div>
  );
}
