// What is going on and takes long, each with its Cancel: among the notices, or in the dialog that started it.
import { Button } from "../ui/button.js";
import { useProgress } from "./progress.js";

export function RunningWork() {
  const running = useProgress((store) => store.running);
  return running.map(({ id, text, cancel }) => (
    <div key={id} className="app-notice app-progress" role="status">
      <span className="ui-wrap app-notice-text">{text}…</span>
      <Button size="small" onClick={cancel}>
        Cancel
      </Button>
    </div>
  ));
}
