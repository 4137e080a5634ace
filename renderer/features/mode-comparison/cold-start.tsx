// Where the time of a cold start goes: a bar of its parts over the modules that were
// imported, and which of them prefork preloads.
import { useState } from "react";
import type { StartupImport, StartupReport } from "../../../server/contract/command-output.js";
import { wordsOf } from "../../../server/contract/message.js";
import { formatMs } from "../../format/duration.js";
import { Button } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { listedImports, proposedPreload, takePreload } from "./preload.js";
import { showFile } from "./script-changes.js";
import "./mode-comparison.css";

interface ColdStartProps {
  readonly report: StartupReport;
  /** Of the script. */
  readonly path: string;
}

export function ColdStart({ report, path }: ColdStartProps) {
  const { totalMs, interpreterMs, importsMs } = report;
  const before = totalMs === 0 ? 0 : Math.round((100 * (interpreterMs + importsMs)) / totalMs);
  return (
    <section className="ways-box" aria-label="Cold start">
      <h3>
        Cold start <span className="ui-dim">{before} % passes before the script’s own work.</span>
      </h3>
      <Flame report={report} />
      {report.remarks.map(({ code, text }) => (
        <p key={code} className="ui-dim">
          {wordsOf(text)}
        </p>
      ))}
      <Preloads report={report} path={path} />
    </section>
  );
}

interface Part {
  readonly name: string;
  readonly is: "whole" | "interpreter" | "imports" | "script";
  readonly from: number;
  readonly ms: number;
}

function Flame({ report }: { readonly report: StartupReport }) {
  const { totalMs, interpreterMs, importsMs, scriptMs, imports } = report;
  const parts: readonly Part[] = [
    { name: "interpreter", is: "interpreter", from: 0, ms: interpreterMs },
    { name: "imports", is: "imports", from: interpreterMs, ms: importsMs },
    { name: "script", is: "script", from: interpreterMs + importsMs, ms: scriptMs },
  ];
  const words = parts.map(({ name, ms }) => `${name} ${formatMs(ms)}`).join(", ");
  return (
    <div className="ways-flame" role="img" aria-label={`Cold start, ${formatMs(totalMs)}: ${words}`}>
      <Row parts={[{ name: "as CGI", is: "whole", from: 0, ms: totalMs }]} totalMs={totalMs} />
      <Row parts={parts} totalMs={totalMs} />
      <Row parts={modulesOf(imports, interpreterMs, importsMs)} totalMs={totalMs} />
      <ul className="ui-small ui-dim ways-legend">
        {parts.map(({ name, is, ms }) => (
          <li key={name}>
            <span className="ways-key" data-is={is} /> {name} <span className="ui-num">{formatMs(ms)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The modules that the script itself imports, one behind the other in the part of the imports. */
function modulesOf(imports: readonly StartupImport[], from: number, importsMs: number): readonly Part[] {
  const own = imports.filter(({ depth }) => depth === 0);
  const sum = own.reduce((ms, { totalMs }) => ms + totalMs, 0);
  const factor = sum === 0 ? 0 : importsMs / sum;
  let at = from;
  return own.map(({ name, totalMs }) => {
    const part: Part = { name, is: "imports", from: at, ms: totalMs * factor };
    at += part.ms;
    return part;
  });
}

function Row({ parts, totalMs }: { readonly parts: readonly Part[]; readonly totalMs: number }) {
  const share = (ms: number): string => `${totalMs === 0 ? 0 : (100 * ms) / totalMs}%`;
  return (
    <div className="ways-flame-row">
      {parts.map(({ name, is, from, ms }) => (
        <span
          key={`${name} ${from}`}
          className="ways-flame-part"
          data-is={is}
          style={{ left: share(from), width: `calc(${share(ms)} - 1px)` }}
          title={`${name}: ${formatMs(ms)}`}
        >
          {name}
        </span>
      ))}
    </div>
  );
}

/** Modules that are listed; the rest takes no time that matters. */
const mostListed = 8;

function Preloads({ report, path }: ColdStartProps) {
  const [chosen, setChosen] = useState<readonly string[]>([...proposedPreload(report), ...(report.preloaded ?? [])]);
  const listed = listedImports(report).slice(0, mostListed);
  if (listed.length === 0) return <p className="ui-dim">There is nothing to preload.</p>;
  const largest = listed[0]?.totalMs ?? 1;
  const toggle = (name: string, isOn: boolean): void =>
    setChosen(isOn ? [...chosen, name] : chosen.filter((other) => other !== name));
  const offered = listed.filter(({ isOwn }) => !isOwn).map(({ name }) => name);
  const wanted = offered.filter((name) => chosen.includes(name));
  const change = { add: wanted, remove: offered.filter((name) => !chosen.includes(name)) };
  return (
    <fieldset className="ways-preloads">
      <legend>
        Preload in prefork <span className="ui-dim">What is left out is imported in every fork.</span>
      </legend>
      {listed.map(({ name, totalMs, line, isOwn, advice }) => (
        <div key={name} className="ways-preload" title={wordsOf(advice?.text)}>
          <Check
            className="ui-mono"
            isDisabled={isOwn}
            isOn={!isOwn && chosen.includes(name)}
            onChange={(isOn) => toggle(name, isOn)}
          >
            {name}
          </Check>
          {line === null ? (
            <span />
          ) : (
            <button type="button" className="ui-link" onClick={() => showFile(path, line)}>
              line {line}
            </button>
          )}
          <span>
            <span className="ways-weight-bar" style={{ width: `${(100 * totalMs) / largest}%` }} />
          </span>
          <span className="ui-num">{formatMs(totalMs)}</span>
        </div>
      ))}
      <Button size="small" disabled={offered.length === 0} onClick={() => void takePreload(path, change)}>
        {wanted.length === 0 ? "Preload nothing" : `Preload ${wanted.length === 1 ? "it" : `these ${wanted.length}`}`}
      </Button>
    </fieldset>
  );
}
