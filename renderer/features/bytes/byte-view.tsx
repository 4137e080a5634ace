// A stream's captured bytes, as text or hex: virtual rows, charset shown and changeable, marks of findings, at most what was kept.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { create } from "zustand";
import type { StreamInfo, StreamName } from "../../../server/contract/trace.js";
import { Button } from "../../ui/button.js";
import { CopyIcon } from "../../ui/icon.js";
import { charsets, chooseCharset } from "./charset-choice.js";
import { HexRowsView } from "./hex-rows-view.js";
import { formatBytes, formatExactBytes } from "./size.js";
import { TextRowsView } from "./text-rows-view.js";
import { decode, type Mark } from "./tokens.js";
import { useViewport } from "./use-fixed-rows.js";
import { useStream } from "./use-stream.js";
import "./byte-view.css";

export interface ByteViewProps {
  /** "Stdout": the region is "Stdout bytes". */
  readonly title: string;
  readonly traceId: string;
  readonly stream: StreamName;
  readonly info: StreamInfo;
  /** The charset its Content-Type declares, as written; null when it declares none. */
  readonly declaredCharset: string | null;
  readonly marks?: readonly Mark[];
  /** Scrolls to this offset; a new object for each wish. */
  readonly reveal?: { readonly at: number } | null;
  /** Why there are no bytes, a sentence. */
  readonly emptyWhy: string;
}

/** Text or hex, remembered while the window lives; null: text, unless the bytes are no text. */
const useByteMode = create<{ readonly mode: "text" | "hex" | null }>()(() => ({ mode: null }));

const noMarks: readonly Mark[] = [];

export function ByteView(props: ByteViewProps) {
  if (props.info.bytes === 0)
    return (
      <section className="ui-empty" aria-label={`${props.title} bytes`} data-bytes={0}>
        <p>
          No bytes. <span className="ui-faint">{props.emptyWhy}</span>
        </p>
      </section>
    );
  return <Filled key={`${props.traceId}/${props.stream}`} {...props} />;
}

function Filled({ title, traceId, stream, info, declaredCharset, marks = noMarks, reveal = null }: ByteViewProps) {
  const { loader, state } = useStream(traceId, stream, info.captured);
  const { buffer } = loader;
  const scroller = useRef<HTMLDivElement>(null);
  const viewport = useViewport(scroller);
  const characterPx = useCharacterWidth(scroller);
  const [chosen, setChosen] = useState<string | null>(null);
  const wished = useByteMode((preference) => preference.mode);
  const { charset, from, why } = chooseCharset(chosen, declaredCharset, buffer.bytes.subarray(0, buffer.prefix));
  const mode = wished ?? (charset === "binary" && chosen === null ? "hex" : "text");
  const scrollTo = useCallback((top: number) => scroller.current?.scrollTo({ top }), []);
  const offsetDigits = Math.max(4, (buffer.length - 1).toString(16).length);
  // 26 px: padding and the gap beside the offset.
  const columns = Math.floor((viewport.width - 26) / characterPx) - offsetDigits;
  const shared = { loader, version: state.version, viewport, columns, offsetDigits, marks, reveal, scrollTo };
  const loaded = buffer.loaded;

  return (
    <section className="byte-view" aria-label={`${title} bytes`} data-bytes={info.bytes} data-captured={info.captured} data-loaded={loaded}>
      <div className="byte-bar">
        <ModeChoice mode={mode} />
        <span
          className="ui-dim ui-cut byte-size"
          title={info.captured < info.bytes ? `${formatExactBytes(info.bytes)} passed, the first ${formatExactBytes(info.captured)} were kept.` : undefined}
        >
          {info.captured < info.bytes ? `${formatBytes(info.bytes)}, first ${formatBytes(info.captured)} kept` : formatExactBytes(info.bytes)}
          {loaded < buffer.length && state.error === null && `, ${formatBytes(loaded)} loaded`}
        </span>
        <span className="ui-spacer" />
        <select
          className="ui-field byte-charset"
          aria-label="Charset"
          title={`Shown as ${charset}: ${why}`}
          value={chosen ?? ""}
          onChange={(event) => setChosen(event.target.value === "" ? null : event.target.value)}
        >
          <option value="">{chosen === null ? `${charset}, ${from}` : "as declared or guessed"}</option>
          {charsets.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <CopyButton
          text={() => decode(buffer.bytes.subarray(0, buffer.prefix), charset === "binary" ? "windows-1252" : charset)}
          isDisabled={loaded < buffer.length}
        />
      </div>
      {state.error !== null && (
        <p role="alert" className="byte-note ui-bad">
          {state.error}{" "}
          <Button size="small" onClick={() => loader.open()}>
            Try again
          </Button>
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div ref={scroller} className="byte-scroller ui-mono" tabIndex={0} role="group" aria-label={`${title}, ${mode === "hex" ? "hex" : charset}`}>
        {viewport.width > 0 &&
          buffer.prefix > 0 &&
          (mode === "hex" ? <HexRowsView {...shared} /> : <TextRowsView key={`${charset}`} {...shared} charset={charset} />)}
      </div>
    </section>
  );
}

function ModeChoice({ mode }: { readonly mode: "text" | "hex" }) {
  return (
    <div role="radiogroup" aria-label="Show as" className="byte-modes">
      {(["text", "hex"] as const).map((value) => (
        <label key={value} className="byte-mode" data-checked={mode === value || undefined}>
          <input type="radio" className="ui-hidden" name="byte-mode" checked={mode === value} onChange={() => useByteMode.setState({ mode: value })} />
          {value === "text" ? "Text" : "Hex"}
        </label>
      ))}
    </div>
  );
}

const copiedMs = 1500;

function CopyButton({ text, isDisabled }: { readonly text: () => string; readonly isDisabled: boolean }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), copiedMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (): void => {
    navigator.clipboard.writeText(text()).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  };
  return (
    <Button size="small" onClick={copy} disabled={isDisabled} hint="Copy the text">
      <CopyIcon className="ui-icon" aria-hidden="true" />
      {state === "idle" ? "Copy" : state === "copied" ? "Copied" : "Not copied"}
    </Button>
  );
}

/** Width of one character of the row font, pixels. */
function useCharacterWidth(scroller: React.RefObject<HTMLElement | null>): number {
  const [px, setPx] = useState(7.3);
  useLayoutEffect(() => {
    const probe = document.createElement("span");
    probe.textContent = "0".repeat(100);
    probe.className = "byte-probe";
    scroller.current?.append(probe);
    const width = probe.getBoundingClientRect().width / 100;
    probe.remove();
    if (width > 0) setPx(width);
  }, [scroller]);
  return px;
}
