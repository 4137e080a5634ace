// Pausing the list: it stays as it is, and the inspector too, while the server goes on recording.
import { useListState } from "./list-state.js";
import { useTraceStore } from "./trace-store.js";

export function togglePause(): void {
  const { frozen } = useListState.getState();
  useListState.setState({ frozen: frozen === null ? useTraceStore.getState().rows : null });
}
