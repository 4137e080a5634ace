// What the request became: the environment's variables in the request's colours,
// and what a script would look for in vain.
import { wordsOf } from "../../../server/contract/message.js";
import { traitsOf } from "../../../server/contract/modes.js";
import type { TraceView, Variable } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { plural } from "../../format/plural.js";
import { formatCount } from "../../format/size.js";
import { useInspectorState } from "../../model/traces/inspector-state.js";
import { useShownVariable } from "../../model/traces/use-shown-variable.js";
import { anchor } from "../../platform/anchors.js";
import { ByteValue } from "../bytes/index.js";
import { Card } from "./card.js";
import { isLookedFor } from "./colours.js";
import type { EnvironmentLines } from "./environment-lines.js";
import { environmentOwner, sourceLabel } from "./environment-lines.js";
import { Fold } from "./fold.js";
import { VariableTag } from "./highlight.js";
import { notPassedOn } from "./not-passed-on.js";
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
  const requested = useInspectorState(({ variable }) => variable);
  const count = trace.env?.length ?? 0;
  const isFirst = (variable: Variable): boolean => isLookedFor(readable(variable.name));
  const more = lines.shown.filter((variable) => !isFirst(variable));
  const rest = lines.others.reduce((sum, others) => sum + others.count, 0);
  const owner = environmentOwner(trace);
  const row = (variable: Variable) => <VariableRow key={readable(variable.name)} variable={variable} asked={asked} />;
  const isAskedFor = [...more.map(({ name }) => readable(name)), ...lines.absent.map(({ name }) => name)].includes(
    asked.name ?? "",
  );
  const others = lines.others.filter(({ source }) => source !== "headers");
  const headers = more.length + rest - others.reduce((sum, { count: many }) => sum + many, 0);
  const kinds = [
    ...(headers > 0 ? [`headers ${headers}`] : []),
    ...(lines.absent.length > 0 ? [`not set ${lines.absent.length}`] : []),
    ...others.map(({ source, count: many }) => `${source} ${many}`),
  ];
  return (
    <Card
      label="Environment"
      title={
        <>
          {owner.isScript ? "Environment" : "Parameters"}{" "}
          <span className="ui-dim xray-of">
            of{" "}
            <span className="ui-mono xray-command" title={trace.argv?.map(readable).join(" ")}>
              {owner.name === "" ? (trace.fastcgi?.worker ?? "the script") : owner.name}
            </span>
            {traitsOf(trace.route.mode)?.isExternal && ", external application"}
            {trace.process?.pid != null && ` (pid ${trace.process.pid})`}
          </span>
        </>
      }
      aside={
        <button type="button" className="ui-link" onClick={onShowAll}>
          {plural(count, "variable")}
        </button>
      }
    >
      <div ref={anchor("xray.environment")}>
        <dl className="ui-mono xray-env">{lines.shown.filter(isFirst).map(row)}</dl>
        {more.length + lines.absent.length + rest > 0 && (
          <Fold
            title={`${formatCount(more.length + rest)} more`}
            names={kinds.join(", ")}
            asked={isAskedFor ? requested : null}
          >
            <dl className="ui-mono xray-env">
              {more.map(row)}
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
                and {formatCount(rest)} from other sources
              </button>
            )}
          </Fold>
        )}
      </div>
      <NotPassedOn trace={trace} />
    </Card>
  );
}

function VariableRow({
  variable,
  asked,
}: {
  readonly variable: Variable;
  readonly asked: ReturnType<typeof useShownVariable>;
}) {
  const name = readable(variable.name);
  return (
    <div className="xray-env-row">
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
}

/** What of the request and of the configured variables the script does not get, each with the reason. */
function NotPassedOn({ trace }: { readonly trace: TraceView }) {
  return notPassedOn(trace.notExported).map(({ what, title, entries }) => (
    <details key={what} className="ui-small ui-dim xray-fold xray-hidden" data-what={what}>
      <summary>{title}</summary>
      <dl aria-label="Not passed on">
        {entries.map(([name, why], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list never changes
          <div key={index}>
            <dt className="ui-mono">
              <ByteValue value={name} />
            </dt>
            <dd className="ui-dim">{wordsOf(why)}</dd>
          </div>
        ))}
      </dl>
    </details>
  ));
}
