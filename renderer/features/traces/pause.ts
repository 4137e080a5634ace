// Pausing the list: it stays as it is, and the inspector too, while the server goes on recording.
import { useTraceStore } from "../../model/traces/trace-store.js";
import { useListState } from "./list-state.js";

export function togglePause(): void {
  const { frozen } = useListState.getState();
  useListState.setState({ frozen: frozen === null ? useTraceStore.getState().rows : null });
}
