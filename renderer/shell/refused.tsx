// Shown instead of the window when the server refuses this page.
import { useServer } from "../rpc/store.js";

export function Refused() {
  const why = useServer((knowledge) => knowledge.lostWhy);
  return (
    <main className="ui-empty" role="alert">
      <strong>This page is not connected</strong>
      <p>{why}</p>
    </main>
  );
}
