// The mail that the script sent: who would have got it, its header as a mail program shows it, and its parts.
import { type CaughtMail, type Mail, maxMailBytes, maxMails } from "../../../server/contract/mail.js";
import { readable } from "../../format/bytes-text.js";
import { plural } from "../../format/plural.js";
import { Card } from "./card.js";
import { Fold } from "./fold.js";
import "./mail.css";

export function MailPart({ mail: { messages, omitted } }: { readonly mail: CaughtMail }) {
  return (
    <Card label="Mail" title="Mail" aside="Caught: nothing left this machine">
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the messages of a trace that has ended keep their order
        <Message key={index} mail={message} />
      ))}
      {omitted > 0 && (
        <p className="ui-dim">
          {plural(omitted, "more message was", "more messages were")} not kept: a trace has at most {maxMails} and{" "}
          {maxMailBytes >> 20} MiB.
        </p>
      )}
    </Card>
  );
}

function Message({ mail }: { readonly mail: Mail }) {
  const { recipients, headers, parts, head, bytes, isCut, unread } = mail;
  return (
    <div className="mail-message">
      <dl className="ui-pairs">
        <dt>Goes to</dt>
        <dd>{recipients.length === 0 ? "no recipient" : recipients.join(", ")}</dd>
        {headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may be there twice
          <Field key={index} name={name} value={value} />
        ))}
      </dl>
      {unread !== null && <p>Its parts could not be read: {unread}</p>}
      {parts.map(({ type, name, bytes: size, text }, index) =>
        text === null ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: two attachments may be alike
          <p key={index}>
            Attachment {name !== null && <b>{name}</b>} ({type}, {size.toLocaleString("en")} bytes)
          </p>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <pre key={index} className="ui-wrap mail-text ui-mono" data-type={type}>
            {text}
          </pre>
        ),
      )}
      {isCut && (
        <p className="ui-dim">
          The rest of it was not kept: all mail of a request has at most {maxMailBytes >> 20} MiB.
        </p>
      )}
      <Fold title={`Its header as it was written, ${bytes.toLocaleString("en")} bytes in all`}>
        <pre className="ui-wrap mail-text ui-mono">{readable(head)}</pre>
      </Fold>
    </div>
  );
}

const Field = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);
