// One group of the environment's table, folded or not: a line for each variable,
// long values unfold when they are pressed.
import { type ReactNode, type RefCallback, useState } from "react";
import type { Variable } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { ChevronDownIcon, ChevronRightIcon } from "../../ui/icon.js";
import { SpokenEllipsis } from "../../ui/middle-ellipsis.js";
import { ByteValue } from "../bytes/index.js";
import { sourceLabel, standingLabel, VariableTag } from "../xray/index.js";
import type { GroupName } from "./env-groups.js";

/** Characters of a value that have room in one line nearly everywhere. */
const shortValue = 32;

export function VariableGroup({
  name,
  variables,
  asked,
  isOpen,
  onFold,
}: {
  readonly name: GroupName;
  readonly variables: readonly Variable[];
  readonly asked: { readonly name: string | null; readonly ref: RefCallback<HTMLElement> };
  readonly isOpen: boolean;
  /** Folds or unfolds it. */
  readonly onFold: () => void;
}) {
  const Icon = isOpen ? ChevronDownIcon : ChevronRightIcon;
  return (
    <tbody>
      <tr>
        <th colSpan={3} scope="rowgroup" className="env-group">
          <button type="button" aria-expanded={isOpen} onClick={onFold}>
            <Icon />
            {name} <span className="ui-dim ui-num">{variables.length}</span>
          </button>
        </th>
      </tr>
      {isOpen &&
        variables.map((variable) => {
          const text = readable(variable.name);
          const [source = "", more] = sourceLabel(variable.source).split(/ (.*)/, 2);
          return (
            <tr key={text}>
              <th scope="row" className="ui-mono env-name" title={text}>
                <VariableTag variable={text} shownRef={text === asked.name ? asked.ref : undefined} className="env-tag">
                  <SpokenEllipsis text={text} tail={9} title={null} />
                </VariableTag>
              </th>
              <td className="ui-mono">
                <Value variable={variable} />
              </td>
              <td
                className="ui-dim env-from"
                title={`${sourceLabel(variable.source)}: ${standingLabel[variable.standing].why}`}
              >
                <span className="env-dot" data-standing={variable.standing} aria-hidden="true" />
                {source}
                {more !== undefined && <span className="ui-hidden"> {more}</span>}
                {variable.standing !== "header" && (
                  <span className="ui-hidden"> {standingLabel[variable.standing].short}</span>
                )}
              </td>
            </tr>
          );
        })}
    </tbody>
  );
}

function Value({ variable: { value } }: { readonly variable: Variable }): ReactNode {
  const [isWhole, setWhole] = useState(false);
  if (value === "") return <span className="ui-faint">empty</span>;
  if (readable(value).length <= shortValue)
    return (
      <span className="env-value">
        <ByteValue value={value} />
      </span>
    );
  return (
    <button type="button" className="env-value" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
      <ByteValue value={value} />
    </button>
  );
}
