// Takes what one run of a script sends over SMTP (RFC 5321), on a loopback port of its own. Any login will do, and
// there is no TLS: what comes goes no further. Text is bytes, one character each.
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { listen } from "../../base/listen.js";
import { maxMailBytes, maxMails } from "../../contract/mail.js";
import type { MetaVariable } from "../../protocol/meta-variables.js";
import { withValue } from "../with-value.js";
import type { RawMail, RawMails } from "./mail-catcher.js";

/** A connection that waits is accepted within these turns of the event loop. */
const turnsToAccept = 3;
/** A process that outlives its script may keep a connection open: so long it is waited for, ms. */
const lastMs = 200;

export class SmtpReceiver {
  readonly #server: Server;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  readonly #messages: RawMail[] = [];
  #room = maxMailBytes;
  #omitted = 0;

  /** @throws the system's error, if it gives no port */
  static async open(): Promise<SmtpReceiver> {
    const server = createServer();
    await listen(server, { host: "127.0.0.1", port: 0 });
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("the port is not known");
    return new SmtpReceiver(server, address.port);
  }

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.#port = port;
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      const client = new Conversation(socket, this);
      // A client that goes in the middle has sent nothing.
      socket.on("data", (part) => client.read(part.toString("latin1"))).on("error", () => socket.destroy());
    });
  }

  /** The variables that lead the script here. */
  before(variables: readonly MetaVariable[]): readonly MetaVariable[] {
    return withValue(withValue(variables, "SMTP_HOST", "127.0.0.1"), "SMTP_PORT", String(this.#port));
  }

  get room(): number {
    return this.#room;
  }

  keep(args: readonly string[], text: string, isCut: boolean): void {
    if (this.#messages.length === maxMails || this.#room === 0) this.#omitted++;
    else this.#messages.push({ args, bytes: Buffer.from(text, "latin1"), isCut });
    this.#room = isCut ? 0 : this.#room - text.length;
  }

  /** The run is over: what came. A script that waits for no reply may have ended before its bytes are read. */
  async close(): Promise<RawMails> {
    for (let turn = 0; turn < turnsToAccept; turn++) await nextTurn();
    this.#server.close();
    const open = [...this.#sockets].filter(({ closed }) => !closed);
    await Promise.race([Promise.all(open.map((socket) => once(socket, "close"))), pause(lastMs, null, { ref: false })]);
    for (const socket of this.#sockets) socket.destroy();
    return { messages: this.#messages, omitted: this.#omitted };
  }
}

const maxLine = 1 << 16;
/** A script that ends its lines in line feeds alone ends its message so, too. */
const endOfMessage = /\r\n\.\r\n|(?<!\r)\n\.\n/;
const greeting = ["localhost", "8BITMIME", "SMTPUTF8", "PIPELINING", "AUTH PLAIN LOGIN"];
const welcome = "235 2.7.0 Any login will do";

class Conversation {
  readonly #socket: Socket;
  readonly #receiver: SmtpReceiver;
  #isGreeted = false;
  #unread = "";
  /** Has the form of the arguments of sendmail: the sender, and then the recipients. */
  #envelope: string[] = [];
  /** Null: commands are read. */
  #message: { text: string; isCut: boolean } | null = null;
  /** What a login is still asked for. */
  #asked: string[] = [];

  constructor(socket: Socket, receiver: SmtpReceiver) {
    this.#socket = socket;
    this.#receiver = receiver;
    // What a client has sent before it left can be read until something is written to it.
    setImmediate(() => this.#greet());
  }

  #greet(): void {
    if (!this.#isGreeted) this.#say("220 localhost ESMTP Mail is caught and not sent");
    this.#isGreeted = true;
  }

  read(part: string): void {
    this.#greet();
    this.#unread += part;
    for (;;) {
      if (this.#message !== null) {
        if (!this.#readMessage(this.#message)) return;
        continue;
      }
      const end = this.#unread.indexOf("\n");
      if (end < 0) break;
      const line = this.#unread.slice(0, end).replace(/\r$/, "");
      this.#unread = this.#unread.slice(end + 1);
      this.#say(this.#asked.length > 0 ? this.#login(this.#asked.slice(1)) : this.#reply(line));
    }
    if (this.#unread.length > maxLine) this.#socket.destroy();
  }

  /** False: it goes on. */
  #readMessage(message: { text: string; isCut: boolean }): boolean {
    const end = endOfMessage.exec(this.#unread);
    const length = end ? end.index + end[0].indexOf(".") : Math.max(0, this.#unread.length - 4);
    // It begins with the line end that DATA put in front; a dot that begins a line was sent twice (RFC 5321 §4.5.2).
    const room = this.#receiver.room + 2 - message.text.length;
    message.isCut ||= length > room;
    message.text += this.#unread.slice(0, Math.min(length, Math.max(0, room)));
    this.#unread = this.#unread.slice(end ? end.index + end[0].length : length);
    if (!end) return false;
    this.#receiver.keep(this.#envelope, message.text.replace(/\n\./g, "\n").slice(2), message.isCut);
    this.#message = null;
    this.#envelope = [];
    this.#say("250 2.0.0 Caught");
    return true;
  }

  #login(asked: string[]): string {
    this.#asked = asked;
    return asked[0] ?? welcome;
  }

  #reply(line: string): string {
    const [, verb = "", rest = ""] = /^([a-z]+) *(.*)$/i.exec(line) ?? [];
    const address = /<([^>]*)>/.exec(rest)?.[1] ?? /:\s*(\S*)/.exec(rest)?.[1] ?? "";
    switch (verb.toUpperCase()) {
      case "EHLO":
        return greeting.map((one, nth) => `250${nth < greeting.length - 1 ? "-" : " "}${one}`).join("\r\n");
      case "AUTH": {
        // “Username:” and “Password:” in base64; the first of them may have come with the command.
        const steps = /^LOGIN/i.test(rest) ? ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"] : ["334 "];
        return this.#login(/ \S/.test(rest) ? steps.slice(1) : steps);
      }
      case "MAIL":
        this.#envelope = ["-f", address];
        return "250 2.1.0 OK";
      case "RCPT":
        if (this.#envelope.length === 0) return "503 5.5.1 MAIL comes first";
        this.#envelope.push(address);
        return "250 2.1.5 OK";
      case "DATA":
        if (this.#envelope.length < 3) return "503 5.5.1 RCPT comes first";
        this.#message = { text: "", isCut: false };
        this.#unread = `\r\n${this.#unread}`;
        return "354 Ends with a line of one dot";
      case "QUIT":
        this.#socket.end("221 2.0.0 Bye\r\n");
        return "";
      case "RSET":
        this.#envelope = [];
        return "250 2.0.0 OK";
      case "HELO":
      case "NOOP":
        return "250 2.0.0 OK";
      case "VRFY":
        return "252 2.1.5 Not verified";
      default:
        return "500 5.5.1 Not known here";
    }
  }

  #say(reply: string): void {
    if (reply !== "") this.#socket.write(`${reply}\r\n`);
  }
}
