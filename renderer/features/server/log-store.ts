// The window's copy of the workbench's log, pulled while something shows it; another server process starts a new one.
import { create } from "zustand";
import { liveFeed } from "../../rpc/live-feed.js";
import { type LogLines, mergeLog, noLines } from "./merge-log.js";

const useLog = create<LogLines>()(() => noLines);

const useFeed = liveFeed("The log", (client) => async (signal) => {
  const { generation, next } = useLog.getState();
  const batch = await client.log.next({ since: generation === null ? 0 : next, generation }, { signal });
  if (!signal.aborted) useLog.setState(mergeLog(useLog.getState(), batch), true);
});

/** The log, live while the component is mounted. */
export function useLogLines(): LogLines {
  useFeed();
  return useLog();
}
