// The line under Send: what came of the script's last request, whoever sent it. Its place is there before, so
// that nothing moves when the answer comes.
import { lazyPart } from "../../platform/lazy-part.js";
import { useLastResult } from "./last-sent.js";

const ResultLine = lazyPart(async () => (await import("./result-line.js")).ResultLine);

export function ResultPlace() {
  const id = useLastResult();
  return (
    <div className="composer-result-place" aria-live="polite">
      {id === null ? <span className="composer-result-none">The response appears here.</span> : <ResultLine id={id} />}
    </div>
  );
}
