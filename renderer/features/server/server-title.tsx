// The words of the bottom tab: "Server", and how many problems the folder has.
import { useServer } from "../../rpc/store.js";
import { distinct } from "./problem-note.js";

export function ServerTitle() {
  const problems = useServer(({ state }) => state?.workspace?.problems);
  const failed = useServer(({ state }) => state?.server.problem ?? null);
  const count = (problems ? distinct(problems).length : 0) + (failed ? 1 : 0);
  return <>Server {count > 0 && <span className="ui-tab-count ui-bad">{count}</span>}</>;
}
