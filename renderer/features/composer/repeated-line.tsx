// In the place of one response: how many of several requests were sent, how many failed, and how long they took.
import { Fragment } from "react";
import { formatMs } from "../../format/duration.js";
import { formatCount } from "../../format/size.js";
import { useSelection } from "../../platform/selection.js";
import { ErrorIcon } from "../../ui/icon.js";
import { figuresOf, type Repeated } from "./repeated.js";

export function RepeatedLine({ repeated }: { readonly repeated: Repeated }) {
  const { times, sent, isRunning } = repeated;
  return isRunning ? (
    <div className="composer-repeating">
      <progress aria-label="Requests sent" value={sent} max={times} />
      {/* The bar says so, too: each step spoken would be too much. */}
      <span aria-hidden="true">
        {formatCount(sent)} of {formatCount(times)} sent
      </span>
    </div>
  ) : (
    <Result repeated={repeated} />
  );
}

function Result({ repeated }: { readonly repeated: Repeated }) {
  const { times, sent, failed, firstFailed, lastId } = repeated;
  const figures = figuresOf(repeated);
  const shown = firstFailed ?? lastId;
  const facts: readonly (readonly [part: string, content: string])[] = [
    ["sent", sent < times ? `${formatCount(sent)} of ${formatCount(times)} sent` : `${formatCount(sent)} sent`],
    ["failed", failed === 0 ? "none failed" : `${formatCount(failed)} failed`],
    ...(figures
      ? ([
          ["p50", `p50 ${formatMs(figures.p50)}`],
          ["range", `${formatMs(figures.least)} to ${formatMs(figures.most)}`],
        ] as const)
      : []),
  ];
  return (
    <button
      type="button"
      className="composer-result"
      disabled={shown === null}
      onClick={() => shown !== null && useSelection.getState().bringUp(shown)}
    >
      {failed > 0 && <ErrorIcon className="ui-icon ui-bad" aria-hidden="true" />}
      {facts.map(([part, content], index) => (
        <Fragment key={part}>
          {index > 0 && (
            <span className="composer-result-dot" aria-hidden="true">
              ·
            </span>
          )}
          <span data-part={part} className={part === "failed" && failed > 0 ? "ui-bad" : undefined}>
            {content}
          </span>
        </Fragment>
      ))}
      <span className="composer-result-open composer-repeated-open">
        {firstFailed === null ? "Open the last" : "Open the first that failed"}
      </span>
    </button>
  );
}
