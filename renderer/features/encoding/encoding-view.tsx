// The Encoding tab: the way of a character of this trace, or in a lab in which each step can be switched.
import type { TraceView } from "../../../server/contract/trace.js";
import { Choice } from "../../ui/choice.js";
import { chooseMode, useLab } from "./lab-store.js";
import { LabView } from "./lab-view.js";
import { TracePathView } from "./trace-path-view.js";
import "./encoding.css";

const modes = [
  { value: "trace", title: "This request" },
  { value: "lab", title: "Lab" },
] as const;

export function EncodingView({ trace }: { readonly trace: TraceView }) {
  const mode = useLab((lab) => lab.mode);
  return (
    <section className="encoding" aria-label="Encoding">
      <div className="encoding-bar">
        <Choice label="Follow a character of" value={mode} choices={modes} onChange={chooseMode} />
      </div>
      {mode === "trace" ? <TracePathView key={trace.id} trace={trace} /> : <LabView />}
    </section>
  );
}
