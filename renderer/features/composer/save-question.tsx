// Whether a request that may change something is sent at each save.
import { answerUnsafe, methodOf, useComposer } from "../../model/request/composer-store.js";
import { runCommand } from "../../platform/command-registry.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { Button } from "../../ui/button.js";

/** Asked once a folder: GET and HEAD change nothing by definition, other methods may. */
export function SaveQuestion() {
  const method = useComposer(methodOf);
  return (
    <div ref={keepsFocus} className="ui-row composer-question" role="alert">
      <span>Saved. Send {method} again at each save? It may change something.</span>
      <Button
        size="small"
        onClick={() => {
          answerUnsafe(true);
          runCommand("request.send");
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
