// The general part of a rule: the explanation, what other servers log and respond, and the reference.
import type { RuleInfo } from "../../../server/contract/doctor-contract.js";
import { CodeText } from "../../ui/code-text.js";

export function RuleText({
  rule,
  marked = null,
}: {
  readonly rule: RuleInfo /** The log message that led here. */;
  readonly marked?: number | null;
}) {
  return (
    <div className="doctor-words">
      {rule.explanation.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>
          <CodeText>{paragraph}</CodeText>
        </p>
      ))}
      {rule.logged.length > 0 && (
        <table className="doctor-servers">
          <caption className="ui-label">What other servers do</caption>
          <thead className="ui-hidden">
            <tr>
              <th scope="col">Server</th>
              <th scope="col">Log message and response</th>
            </tr>
          </thead>
          <tbody>
            {rule.logged.map(({ server, message, response, unproved }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one server may log several sentences, and they never move
              <tr key={index} data-found={index === marked || undefined}>
                <th scope="row">{server}</th>
                <td>
                  {message === null ? (
                    <span className="ui-faint">logs nothing</span>
                  ) : (
                    <code className="ui-mono doctor-logged">{message}</code>
                  )}
                  {response !== null && <span className="doctor-response ui-dim">{response}</span>}
                  {unproved && <span className="doctor-response ui-faint">from its documentation, not tested</span>}
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
