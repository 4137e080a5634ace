// What came of one request of a file, as it is shown and kept.
import type { Message } from "../../contract/message.js";
import type { SavedFailure, SavedResult } from "../../contract/saved-contract.js";
import type { Failure } from "../../formats/http-file/check.js";
import type { FileRequest, Place } from "../../formats/http-file/http-file.js";
import { httpFileMessage } from "../../formats/http-file/messages.js";
import { latin1 } from "../../protocol/byte-string.js";
import { quotedText, visibleText } from "../../protocol/visible-text.js";
import { resultMessage } from "./messages.js";
import type { Mask, RequestFile } from "./request-files.js";

const maxShown = 300;

type SentFacts = Pick<SavedResult, "method" | "target" | "trace" | "status" | "outcome" | "tookMs" | "bodyHash">;
export type Placed = Place & { readonly text: string };

/** What is known of a request, without secrets. */
export class Report {
  readonly captured: string[] = [];
  /** Replaced when there are further secrets; what is in the report keeps the earlier one. */
  mask: Mask;
  readonly #file: RequestFile;
  readonly #request: FileRequest;
  readonly #title: string;
  readonly #failures: SavedFailure[] = [];
  #sent: SentFacts;

  /** `title`: as the request is listed. */
  constructor(file: RequestFile, request: FileRequest, title: string, mask: Mask) {
    this.#file = file;
    this.#request = request;
    this.#title = title;
    this.mask = mask;
    const nothing = { trace: null, status: null, outcome: null, tookMs: null, bodyHash: null };
    this.#sent = { method: request.method.text, target: mask(request.target.text), ...nothing };
  }

  get hasFailed(): boolean {
    return this.#failures.length > 0;
  }

  sent(facts: SentFacts): void {
    this.#sent = { ...facts, target: this.mask(facts.target) };
  }

  failed(place: Placed, why: Message, expected: string | null = null, got: string | null = null): void {
    const at = this.#file.placeOf(place.from);
    this.#failures.push({ text: shown(this.mask(place.text)), ...at, expected, got, why });
  }

  /** Its expression cannot be used. */
  unusable(place: Placed, { message }: Error): void {
    this.failed(place, resultMessage("expression-unusable", { reason: this.mask(message) }));
  }

  compared(place: Placed, { expected, got, cut }: Failure): void {
    // Masked first: a cut could leave the beginning of a secret.
    const wanted = shown(this.mask(expected));
    const found = got === null ? null : shownValue(this.mask(got));
    const assertion = shown(this.mask(place.text));
    const why = cut
      ? resultMessage("stderr-cut", { assertion, ...cut })
      : resultMessage("assertion-failed", { assertion, expected: wanted, got: found });
    this.failed(place, why, wanted, found);
  }

  /** `names`: as bytes. */
  missing(place: Placed, names: readonly string[]): void {
    for (const bytes of new Set(names)) {
      const name = this.#file.decode(latin1(bytes));
      this.failed(place, httpFileMessage("variable-unknown", { name }));
    }
  }

  result(): SavedResult {
    return {
      file: this.#file.path,
      name: this.#title,
      line: this.#file.placeOf(this.#request.method.from).line,
      ...this.#sent,
      passed: this.#failures.length === 0,
      assertions: this.#request.assertions.length,
      failures: this.#failures,
      captured: this.captured,
    };
  }
}

/** A value so that nothing in it can be overlooked; of a long one the beginning. */
const shownValue = (text: string): string =>
  text.length > maxShown ? `${quotedText(text.slice(0, maxShown))}… (${text.length} characters)` : visibleText(text);

/** As much as a person reads; the rest is in the trace. */
const shown = (text: string): string => (text.length > maxShown ? `${text.slice(0, maxShown)}…` : text);
