// A recorded response as a browser draws it. Nothing runs a second time for it. If the response cannot be shown, the
// view explains why and offers a way around, where there is one.
import { useEffect, useRef, useState } from "react";
import { wordsOf } from "../../../server/contract/message.js";
import type { PreviewStep } from "../../../server/contract/preview-contract.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { framingForbiddenBy } from "../../../server/protocol/framing-permission.js";
import { previewBlocker, type RecordedAnswer } from "../../../server/protocol/preview-eligibility.js";
import { browsableOrigin } from "../../../server/protocol/script-address.js";
import { readable } from "../../format/bytes-text.js";
import { saveBody, whyNoBody } from "../../model/traces/save-body.js";
import { runCommand } from "../../platform/command-registry.js";
import { usePresentation } from "../../platform/presentation.js";
import { useSelection } from "../../platform/selection.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { bridge } from "../../rpc/bridge.js";
import { useServer } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { FramedPage } from "./framed-page.js";
import { Instead } from "./instead.js";
import { JourneyBar } from "./journey-bar.js";
import { NativePage } from "./native-page.js";
import { showPreviewAgain, usePreviewStore } from "./preview-store.js";
import { recordedAnswer } from "./recorded-answer.js";
import { listOf, type Relax, remarksOf } from "./remarks.js";
import { recordingAt, useJourney } from "./use-journey.js";
import "./preview.css";

/** The response in the inspector. There is one page at a time: that of the presentation when it is on. */
export function Preview({ trace }: { readonly trace: TraceView }) {
  const isPresenting = usePresentation(({ isOn }) => isOn);
  return isPresenting ? null : <RecordedPage trace={trace} presentation={null} />;
}

interface PresentationPageProps {
  readonly trace: TraceView;
  /** The trace whose form fields are filled in. */
  readonly filledBy: string | null;
  /** The page went on to another one, by these requests. */
  readonly onWent: (steps: readonly PreviewStep[]) => void;
}

/** The page alone. */
export function PresentationPage({ trace, filledBy, onWent }: PresentationPageProps) {
  return <RecordedPage trace={trace} presentation={{ filledBy, onWent }} />;
}

type InPresentation = Omit<PresentationPageProps, "trace"> | null;

function RecordedPage({ trace, presentation }: { readonly trace: TraceView; readonly presentation: InPresentation }) {
  const scripts = useServer(({ state }) => state?.server.url ?? null);
  /** The trace to show in spite of an obstacle. */
  const [relaxed, setRelaxed] = useState<string | null>(null);
  if (trace.outcome === null)
    return (
      <Instead title="The response is not complete yet">The preview appears when the response is complete.</Instead>
    );
  if (scripts === null)
    return (
      <Instead
        title="The script server is stopped"
        button={<Button onClick={() => runCommand("server.start")}>Start server</Button>}
      >
        It serves the preview, so that the page’s links and forms work.
      </Instead>
    );
  const origin = browsableOrigin(scripts);
  if (origin === null)
    return (
      <Instead title="The preview needs 127.0.0.1, ::1 or localhost">The server listens only on {scripts}.</Instead>
    );
  const answer = recordedAnswer(trace, origin);
  if (!answer)
    return (
      <Instead title="A browser cannot open this request target">
        The preview needs a target that is the address of a page.
      </Instead>
    );
  const obstacle = previewBlocker(answer, bridge ? null : location.origin);
  const relax = relaxed === trace.id ? (obstacle?.relax ?? null) : null;
  if (obstacle && relax === null)
    return (
      <Instead
        title={wordsOf(obstacle.title.text)}
        button={
          <div className="ui-empty-actions">
            {whyNoBody(trace) === null && <Button onClick={() => void saveBody(trace)}>Save as a file…</Button>}
            {obstacle.relax !== null && (
              <Button onClick={() => setRelaxed(trace.id)}>{relaxTitles[obstacle.relax]}</Button>
            )}
          </div>
        }
      >
        <span className="ui-mono ui-wrap">{wordsOf(obstacle.because.text)}</span>
      </Instead>
    );
  return <Shown trace={trace} answer={answer} relax={relax} origin={origin} presentation={presentation} />;
}

/** Any origin that is none of ours. */
const foreignOrigin = "http://elsewhere.invalid";

/** The user lets a redirect be followed by a request. */
interface Following {
  /** The trace that is shown. */
  readonly id: string;
  /** Asking for the recorded page once more asks for no request. */
  readonly again: number;
  /** The address that showed the question. Another one is needed for the page. */
  readonly before: string;
  readonly nth: number;
}

interface ShownProps {
  readonly trace: TraceView;
  readonly answer: RecordedAnswer;
  readonly relax: Relax;
  readonly origin: string;
  readonly presentation: InPresentation;
}

function Shown({ trace, answer, relax, origin, presentation }: ShownProps) {
  const again = usePreviewStore((store) => store.again);
  // The page's own requests become traces: were the inspector to follow them, the page would be gone.
  useEffect(() => useSelection.getState().hold(), []);
  const { journey, recording, turns, go, onMoved } = useJourney(trace.id, again);
  const place = journey.places[journey.at - 1];
  const onWent = useRef(presentation?.onWent);
  onWent.current = presentation?.onWent;
  useEffect(() => {
    if (place) onWent.current?.(place);
  }, [place]);
  const [following, setFollowing] = useState<Following | null>(null);
  const filledBy = recording === trace.id ? (presentation?.filledBy ?? null) : null;
  const asked = { id: recording, relaxed: relax !== null, filledBy, quiet: presentation !== null };
  const { value, error } = useLoaded(
    "page",
    async (client, signal) => ({ id: recording, opened: await client.preview.open(asked, { signal }) }),
    [...Object.values(asked), origin, again + turns + (following?.nth ?? 0)],
  );
  if (error !== null) return <Instead title="The preview could not be created">{error}</Instead>;
  if (value === null) return <div className="preview-page" aria-busy="true" />;
  const { id, opened } = value;
  const isCurrent = id === recording; // while the next one is on its way the page before stays
  const mayAsk = following?.id === id && following.again === again && following.before !== opened.url;
  if (opened.asksFor !== null && !mayAsk)
    return (
      <RedirectCard
        from={id === trace.id && opened.hops.length === 0 ? trace : null}
        seqs={id === trace.id ? [trace.seq, ...opened.hops.map(({ seq }) => seq)] : []}
        to={opened.asksFor}
        onFollow={() => setFollowing({ id, again, before: opened.url, nth: (following?.nth ?? 0) + 1 })}
      />
    );
  const forbiddenBy = bridge && relax === null ? framingForbiddenBy(answer.headers, foreignOrigin, origin) : null;
  const remarks = isCurrent ? remarksOf({ seq: trace.seq, opened, answer, relax, forbiddenBy }).join(" ") : "…";
  return (
    <section className="ui-column preview" aria-label="Rendered response">
      {!presentation && (
        <JourneyBar
          journey={journey}
          seq={trace.seq}
          isRecorded={recording === recordingAt(journey, journey.at)}
          go={go}
        >
          {remarks}
        </JourneyBar>
      )}
      {bridge ? (
        <NativePage desktop={bridge} url={opened.url} onMoved={onMoved} />
      ) : (
        <FramedPage
          url={opened.url}
          isRecorded={opened.asksFor === null}
          onAgain={showPreviewAgain}
          onMoved={onMoved}
        />
      )}
    </section>
  );
}

const relaxTitles = {
  "without-header": "Show without that header",
  "kept-part": "Show the kept part",
} as const;

// A recorded redirect. Showing it sends no request; a button follows it.
interface RedirectCardProps {
  /** Whose redirect it is; null when recorded redirects led to it. */
  readonly from: TraceView | null;
  /** The numbers of what was recorded. */
  readonly seqs: readonly number[];
  /** The target. */
  readonly to: string;
  readonly onFollow: () => void;
}

function RedirectCard({ from, seqs, to, onFollow }: RedirectCardProps) {
  const status = from?.response ? `${from.response.status} ${readable(from.response.reason)}` : "Redirect";
  const behind = seqs.length === 0 ? "it" : listOf(seqs.map((seq) => `#${seq}`));
  return (
    <Instead title={`${status} → ${to}`} button={<Button onClick={onFollow}>Follow (sends a request)</Button>}>
      No request for this address was recorded after {behind}. The preview has sent none.
    </Instead>
  );
}
