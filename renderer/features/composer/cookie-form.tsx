// One cookie of the jar as fields, in its place in the list. Enter keeps it, Esc leaves it as it was.
import { useState } from "react";
import type { JarCookie } from "../../../server/contract/cookies-contract.js";
import { readable } from "../../format/bytes-text.js";
import { useServer } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { TextField } from "../../ui/text-field.js";
import { setCookie } from "./jar-store.js";

interface CookieFormProps {
  /** Null: a new one. */
  readonly cookie: JarCookie | null;
  readonly onDone: () => void;
}

export function CookieForm({ cookie, onDone }: CookieFormProps) {
  const host = useServer(
    ({ state }) => state?.server.url?.replace(/^http:\/\/|:\d+$/g, "").replace(/^\[|\]$/g, "") ?? "127.0.0.1",
  );
  const [draft, setDraft] = useState<JarCookie>(cookie ?? { ...blank, domain: host });
  const set = (part: Partial<JarCookie>): void => setDraft({ ...draft, ...part });
  return (
    <form
      className="ui-row composer-cookie-form"
      aria-label={cookie ? `Cookie ${readable(cookie.name)}` : "New cookie"}
      onSubmit={(event) => {
        event.preventDefault();
        void setCookie(draft, cookie).then((isKept) => isKept && onDone()); // reports its own failures
      }}
      onKeyDown={(event) => {
        // While it composes, the key belongs to the input method.
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        onDone();
      }}
    >
      <Field label="Cookie name" value={readable(draft.name)} onChange={(name) => set({ name })} isFirst />
      <Field label="Cookie value" value={readable(draft.value)} onChange={(value) => set({ value })} />
      <Field label="Cookie domain" value={draft.domain} onChange={(domain) => set({ domain })} />
      <Field label="Cookie path" value={draft.path} onChange={(path) => set({ path })} />
      <label className="ui-row composer-check">
        until
        <input
          className="ui-field"
          type="datetime-local"
          aria-label="Cookie valid until"
          max="9999-12-31T23:59" // else it takes years with more digits, which no date is read from
          value={draft.expiresAt === null ? "" : localTime(draft.expiresAt)}
          onChange={({ target }) => set({ expiresAt: timeOf(target.value) })}
        />
      </label>
      <Check className="composer-check" isOn={!draft.hostOnly} onChange={(isOn) => set({ hostOnly: !isOn })}>
        and its subdomains
      </Check>
      <Check className="composer-check" isOn={draft.secure} onChange={(secure) => set({ secure })}>
        Secure
      </Check>
      <Check className="composer-check" isOn={draft.httpOnly} onChange={(httpOnly) => set({ httpOnly })}>
        HttpOnly
      </Check>
      <Button size="small" onClick={onDone}>
        Cancel
      </Button>
      <Button size="small" look="primary" type="submit">
        Keep
      </Button>
    </form>
  );
}

const blank: JarCookie = {
  name: "",
  value: "",
  domain: "",
  path: "/",
  hostOnly: true,
  expiresAt: null,
  secure: false,
  httpOnly: false,
  sameSite: null,
};

/** The local date and time that the field shows, to the minute; "" for a year before 1 or after 9999. */
function localTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  const year = local.getUTCFullYear();
  return year >= 1 && year <= 9999 ? local.toISOString().slice(0, 16) : "";
}

/** Null for what is no date. */
function timeOf(text: string): number | null {
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isFirst?: boolean;
}

function Field({ label, value, onChange, isFirst = false }: FieldProps) {
  return (
    <TextField
      autoFocus={isFirst}
      aria-label={label}
      placeholder={label.replace("Cookie ", "")}
      value={value}
      onChange={onChange}
    />
  );
}
