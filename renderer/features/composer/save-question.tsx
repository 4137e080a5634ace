// Whether a request that may change something is sent at each save.
import { answerUnsafe, methodOf, useComposer } from "../../model/request/composer-store.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { usePresentation } from "../../platform/presentation.js";
import { Button } from "../../ui/button.js";
import { sendAfterSave } from "./send.js";

/** Asked once a folder: GET and HEAD change nothing by definition, other methods may. */
export function SaveQuestion() {
  const composed = useComposer(methodOf);
  const method = useTraceRow(usePresentation(({ scriptOf }) => scriptOf))?.method ?? composed;
  return (
    <div ref={keepsFocus} className="ui-row composer-question" role="alert">
      <span>Saved. Send {method} again at each save? It may change something.</span>
      <Button
        size="small"
        onClick={() => {
          answerUnsafe(true);
          sendAfterSave();
        }}
      >
        Send at each save
      </Button>
      <Button size="small" onClick={() => answerUnsafe(false)}>
        Only GET and HEAD
      </Button>
    </div>
  );
}
