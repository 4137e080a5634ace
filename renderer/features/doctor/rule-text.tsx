// The general part of a rule: the explanation, what other servers log and respond, and the reference.
import type { RuleInfo } from "../../../server/contract/doctor-contract.js";
import { type LoggedScript, loggedLine } from "../../../server/formats/export/logged-line.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { CodeText } from "../../ui/code-text.js";

type Logged = RuleInfo["logged"][number];

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
  const sentenceOf = ({ server, message, response, unproved }: Logged): string => {
    if (of === null || message === null) return message ?? "";
    const { log = [], status } = value?.servers.find(({ name }) => name.startsWith(server)) ?? {};
    const known = rule.logged.filter((one) => one.server === server && one.message !== null && !one.unproved);
    // Which of its sentences a server logs may depend on a byte: its profile has read them all.
    const isTheOne = !unproved && known.length === 1 && log.length === 1 && response?.startsWith(`${status}`);
    return (isTheOne && log[0]) || loggedLine(message, of, log);
  };
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
                    .map((logged) => (
                      <div key={`${logged.message} ${logged.response}`}>
                        {logged.message === null ? (
                          <span className="ui-faint">logs nothing</span>
                        ) : (
                          <code className="ui-mono ui-small doctor-logged">{sentenceOf(logged)}</code>
                        )}
                        {logged.response !== null && (
                          <span className="ui-small doctor-response ui-dim">{logged.response}</span>
                        )}
                        {logged.unproved && (
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
