// Where the shown page is: it starts as a recorded response, and its links, forms and scripts take it elsewhere. Going
// back shows what was recorded there, so nothing is requested for it.
import { useCallback, useEffect, useRef, useState } from "react";
import type { PreviewStep } from "../../../server/contract/preview-contract.js";
import { notifyFailure } from "../../platform/notices.js";
import { useClient } from "../../rpc/store.js";

/** What brought the page somewhere: its requests, the last one answered with the page. None: no request was seen. */
type JourneyPlace = readonly PreviewStep[];

export interface Journey {
  /** The trace whose response the page began with. */
  readonly traceId: string;
  /** Where the page went after that, in order. */
  readonly places: readonly JourneyPlace[];
  /** Which of them it is at, counted from 1; 0: where it began. */
  readonly at: number;
}

const beginJourney = (traceId: string): Journey => ({ traceId, places: [], at: 0 });

/** The page went on: what lay ahead before is dropped, as in a browser. */
const wentTo = (journey: Journey, place: JourneyPlace): Journey => ({
  ...journey,
  places: [...journey.places.slice(0, journey.at), place],
  at: journey.at + 1,
});

/** The trace whose recording shows the place; null where there was no request. */
export const recordingAt = ({ traceId, places }: Journey, at: number): string | null =>
  at === 0 ? traceId : (places[at - 1]?.[0]?.id ?? null);

interface JourneyControl {
  readonly journey: Journey;
  /** The trace whose recorded response is to be shown. */
  readonly recording: string;
  /** Grows with each turn back or forward. */
  readonly turns: number;
  /** Shows what was recorded at another place. */
  readonly go: (at: number) => void;
  /** The frame of this address has loaded a page. */
  readonly onMoved: (url: string) => void;
}

/** `again` grows with each request to see the trace's own page again. */
export function useJourney(traceId: string, again: number): JourneyControl {
  const client = useClient();
  const [turns, setTurns] = useState(0);
  const [kept, setJourney] = useState<Journey>(() => beginJourney(traceId));
  const [shown, setShown] = useState(traceId);
  const journey = kept.traceId === traceId ? kept : beginJourney(traceId);
  const recording = kept.traceId === traceId ? shown : traceId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` says that the page begins once more
  useEffect(() => {
    setJourney((before) => (before.traceId === traceId ? { ...before, at: 0 } : beginJourney(traceId)));
    setShown(traceId);
  }, [traceId, again]);

  /** The address that has loaded its page, and the newest navigation that was known then. */
  const loaded = useRef<{ readonly url: string; readonly after: Promise<number> } | null>(null);
  const onMoved = useCallback(
    (url: string) => {
      if (client === null) return;
      const before = loaded.current;
      const isFirst = before?.url !== url;
      const ask = async (): Promise<number> => {
        const after = isFirst ? 0 : ((await before?.after) ?? 0);
        try {
          const { steps, seen } = await client.preview.moved({ after, byUser: isFirst });
          // A page that was left before all of it had come loads once only: the next one.
          if ((!isFirst || steps.length > 0) && loaded.current?.url === url)
            setJourney((now) => (now.traceId === traceId ? wentTo(now, steps) : now));
          return seen;
        } catch (error) {
          notifyFailure("Follow the page", error);
          return after;
        }
      };
      loaded.current = { url, after: ask() };
    },
    [client, traceId],
  );

  const go = useCallback(
    (at: number) => {
      const id = recordingAt(journey, at);
      if (id === null) return;
      setJourney({ ...journey, at });
      setShown(id);
      setTurns((before) => before + 1);
    },
    [journey],
  );
  return { journey, recording, turns, go, onMoved };
}
