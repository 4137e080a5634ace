// What the request became: the environment's variables in the request's colours, and what a script would look for in vain.
import { traitsOf } from "../../../server/contract/modes.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { formatCount } from "../../format/size.js";
import { useShownVariable } from "../../model/traces/use-shown-variable.js";
import { anchor } from "../../platform/anchors.js";
import { ByteValue } from "../bytes/index.js";
import type { EnvironmentLines } from "./environment-lines.js";
import { sourceLabel } from "./environment-lines.js";
import { VariableTag } from "./highlight.js";
import { standingLabel } from "./standing-label.js";

export function EnvironmentPart({
  trace,
  lines,
  onShowAll,
}: {
  readonly trace: TraceView;
  readonly lines: EnvironmentLines;
  readonly onShowAll: () => void;
}) {
  const asked = useShownVariable(trace.id);
  const rest = lines.others.reduce((sum, { count }) => sum + count, 0);
  const count = trace.env?.length ?? 0;
  const command = trace.argv?.map((word) => baseName(readable(word))).join(" ") ?? "";
  return (
    <section aria-label="Environment">
      <div className="xray-head">
        <h3 className="xray-title">
          {trace.fastcgi ? "Parameters" : "Environment"} of{" "}
          <span className="ui-mono xray-command" title={trace.argv?.map(readable).join(" ")}>
            {command === "" ? (trace.fastcgi?.worker ?? "the script") : command}
          </span>
          {traitsOf(trace.route.mode)?.isExternal && ", not run here"}
          {trace.process?.pid != null && ` (pid ${trace.process.pid})`}
        </h3>
        <button type="button" className="ui-link xray-head-aside" onClick={onShowAll}>
          {count === 1 ? "1 variable" : `${formatCount(count)} variables`}
        </button>
      </div>
      <div ref={anchor("xray.environment")} className="ui-box">
        <dl className="ui-mono xray-env">
          {lines.shown.map((variable) => {
            const name = readable(variable.name);
            return (
              <div key={name} className="xray-env-row">
                <dt>
                  <VariableTag
                    variable={name}
                    shownRef={name === asked.name ? asked.ref : undefined}
                    title={`From ${sourceLabel(variable.source)}; ${standingLabel[variable.standing].why}`}
                    className="xray-env-name"
                  >
                    {name}
                  </VariableTag>
                </dt>
                <dd>
                  <ByteValue value={variable.value} />
                  {(variable.standing === "customary" || variable.standing === "own") && (
                    <span className="xray-standing ui-faint">{standingLabel[variable.standing].short}</span>
                  )}
                </dd>
              </div>
            );
          })}
          {lines.absent.map((absence) => (
            <div
              key={absence.name}
              ref={absence.name === asked.name ? asked.ref : undefined}
              className="xray-env-row ui-faint"
              data-revealed={absence.name === asked.name ? "" : undefined}
            >
              <dt>{absence.name}</dt>
              <dd>
                {absence.state}: {absence.why}
              </dd>
            </div>
          ))}
        </dl>
        {rest > 0 && (
          <button type="button" className="ui-link xray-env-rest" onClick={onShowAll}>
            and {rest} more ({lines.others.map(({ source, count }) => `${source} ${count}`).join(", ")})
          </button>
        )}
      </div>
      <NotPassedOn trace={trace} />
    </section>
  );
}

/** The headers that the script does not get, each with the reason. */
function NotPassedOn({ trace: { notExported } }: { readonly trace: TraceView }) {
  if (notExported.length === 0) return null;
  return (
    <details className="xray-hidden">
      <summary>
        {notExported.length === 1 ? "1 header was not passed on" : `${notExported.length} headers were not passed on`}:{" "}
        {notExported.map(([name]) => readable(name)).join(", ")}
      </summary>
      <dl aria-label="Not passed on">
        {notExported.map(([name, why], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list never changes
          <div key={index}>
            <dt className="ui-mono">
              <ByteValue value={name} />
            </dt>
            <dd className="ui-dim">{why}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function baseName(path: string): string {
  return path.startsWith("/") ? path.slice(path.lastIndexOf("/") + 1) : path;
}
