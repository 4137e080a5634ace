// The encoding, in the doctor's tab: the path of a character through this trace, or through
// a lab in which each step can be changed.
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
    <section className="ui-stack encoding" aria-label="Encoding">
      <div className="ui-row">
        <Choice label="Follow a character of" value={mode} choices={modes} onChange={chooseMode} />
      </div>
      {mode === "trace" ? <TracePathView key={trace.id} trace={trace} /> : <LabView />}
    </section>
  );
}
