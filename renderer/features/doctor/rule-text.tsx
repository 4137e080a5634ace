// The general part of a rule: the explanation, what other servers log and respond, and the reference.
import type { RuleInfo } from "../../../server/contract/doctor-contract.js";
import { type LoggedScript, loggedLine } from "../../../server/formats/export/logged-line.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { CodeText } from "../../ui/code-text.js";

export function RuleText({
  rule,
  marked = null,
  of = null,
  traceId = null,
}: {
  readonly rule: RuleInfo /** The log message that led here. */;
  readonly marked?: number | null;
  /** The script that it is about; null: any. */
  readonly of?: LoggedScript | null;
  /** The trace that it is about; null: any. */
  readonly traceId?: string | null;
}) {
  const { value } = useLoaded(traceId, ({ servers }, signal) => servers.compare({ id: traceId ?? "" }, { signal }));
  const predictedBy = (server: string): readonly string[] =>
    value?.servers.find(({ name }) => name.startsWith(server))?.log ?? [];
  const servers = [...new Set(rule.logged.map(({ server }) => server))];
  return (
    <div className="ui-stack doctor-words">
      {rule.explanation.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>
          <CodeText>{paragraph}</CodeText>
        </p>
      ))}
      {rule.logged.length > 0 && (
        <table className="ui-table doctor-servers">
          <caption className="ui-label">What other servers do</caption>
          <thead className="ui-hidden">
            <tr>
              <th scope="col">Server</th>
              <th scope="col">Log message and response</th>
            </tr>
          </thead>
          <tbody>
            {servers.map((server) => (
              <tr key={server} data-found={rule.logged[marked ?? -1]?.server === server || undefined}>
                <th scope="row">{server}</th>
                <td className="ui-wrap">
                  {rule.logged
                    .filter((logged) => logged.server === server)
                    .map(({ message, response, unproved }) => (
                      <div key={`${message} ${response}`}>
                        {message === null ? (
                          <span className="ui-faint">logs nothing</span>
                        ) : (
                          <code className="ui-mono ui-small doctor-logged">
                            {of === null ? message : loggedLine(message, of, predictedBy(server))}
                          </code>
                        )}
                        {response !== null && <span className="ui-small doctor-response ui-dim">{response}</span>}
                        {unproved && (
                          <span className="ui-small doctor-response ui-faint">from its documentation, not tested</span>
                        )}
                      </div>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rule.reference !== null && (
        <p className="ui-faint">
          {rule.reference} · rule {rule.id}
        </p>
      )}
    </div>
  );
}
