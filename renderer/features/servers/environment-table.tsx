// The environment that each server would have made of the request, beside the one that the script had here.
import { useId, useState } from "react";
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { ServerAnswer } from "../../../server/contract/servers-contract.js";
import { readable } from "../../format/bytes-text.js";
import { Check } from "../../ui/check.js";
import { ScrollRegion } from "../../ui/scroll-region.js";

type Variables = readonly (readonly [string, BytesText])[];

/** What a difference means for a script. */
const notes: Readonly<Record<string, string>> = {
  CONTENT_LENGTH: "No body, or one of 0 bytes?",
  CONTENT_TYPE: "Python invents one",
  HTTP_AUTHORIZATION: "The password reaches the script",
  HTTP_COOKIE: "A comma breaks cookie parsers",
  HTTP_PROXY: "httpoxy: a client may set a proxy",
  PATH_TRANSLATED: "Only with PATH_INFO (RFC 3875 §4.1.6)",
  REMOTE_USER: "Nobody checked the password",
  SERVER_NAME: "Goes into links that the script builds",
  SERVER_PORT: "From Host, or from the socket",
};
/** A client sets them, and scripts trust them. */
const risky = new Set(["HTTP_PROXY", "REMOTE_USER"]);

export function EnvironmentTable({
  servers,
  here,
}: {
  readonly servers: readonly ServerAnswer[];
  readonly here: Variables | null;
}) {
  const [isShort, setShort] = useState(true);
  const id = useId();
  const columns = servers.filter(({ environment }) => environment.length > 0);
  if (columns.length === 0) return null;
  const maps = columns.map(({ environment }) => new Map(environment));
  const own = here === null ? null : new Map(here);
  const names = [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();
  // Unset and empty are the same to most scripts; and what a server adds of its own concerns only scripts that know it.
  const compared = (name: string, map: ReadonlyMap<string, BytesText>): string | null =>
    name === "CONTENT_LENGTH" ? textOf(map.get(name)) : (textOf(map.get(name)) ?? "");
  const different = names.filter(
    (name) =>
      (own === null || own.has(name) || name in notes) &&
      new Set([own ?? [], maps].flat().map((map) => compared(name, map))).size > 1,
  );
  return (
    <>
      <div className="servers-bar">
        <h3 className="ui-heading" id={id}>
          The environment each would have made
        </h3>
        <span className="ui-dim">
          {different.length} of {names.length} names differ
        </span>
        <span className="ui-spacer" />
        <Check isOn={isShort} onChange={setShort}>
          Only differences
        </Check>
      </div>
      <ScrollRegion className="servers-scroll">
        <table className="ui-table servers-env" aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col">Variable</th>
              {own !== null && <th scope="col">Here</th>}
              {columns.map(({ id: server, name }) => (
                <th key={server} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">What to know</th>
            </tr>
          </thead>
          <tbody>
            {(isShort ? different : names).map((name) => (
              <tr key={name} data-name={name}>
                <th scope="row" className="ui-mono">
                  {name}
                </th>
                {own !== null && (
                  <td>
                    <Value text={textOf(own.get(name))} />
                  </td>
                )}
                {maps.map((map, index) => {
                  const text = textOf(map.get(name));
                  const other = own !== null && compared(name, map) !== compared(name, own);
                  const is = !other ? undefined : risky.has(name) && (text ?? "") !== "" ? "risky" : "changed";
                  return (
                    <td key={columns[index]?.id} data-server={columns[index]?.id}>
                      <Value text={text} is={is} />
                    </td>
                  );
                })}
                <td className="ui-dim">{notes[name] ?? ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="ui-dim">
        {columns
          .filter(({ leaks }) => leaks)
          .map(({ name }) => name)
          .join(", ")}{" "}
        also pass on the server’s own environment.
      </p>
    </>
  );
}

const textOf = (value: BytesText | undefined): string | null => (value === undefined ? null : readable(value));

function Value({ text, is }: { readonly text: string | null; readonly is?: "changed" | "risky" | undefined }) {
  const shown = text === null ? "not set" : text === "" ? "empty" : text;
  const tone = text === null || text === "" ? "servers-value ui-dim" : "servers-value ui-mono";
  return (
    <span className={tone} data-is={is} title={shown}>
      {shown}
    </span>
  );
}
