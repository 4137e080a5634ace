// The list of examples: what each teaches, its language, and the requests that show it.
import type { LanguageId, Sample, SampleRequest } from "../contract/samples-contract.js";

const get = (title: string, target: string, headers: SampleRequest["headers"] = []): SampleRequest => ({
  title,
  method: "GET",
  target,
  headers,
  body: "",
});
const form: readonly [string, string] = ["Content-Type", "application/x-www-form-urlencoded"];
const post = (title: string, target: string, body: string): SampleRequest => ({
  title,
  method: "POST",
  target,
  headers: [[...form]],
  body,
});

const boundary = "example-boundary";
const multipart = [
  `--${boundary}`,
  'Content-Disposition: form-data; name="title"',
  "",
  "Größe zählt",
  `--${boundary}`,
  'Content-Disposition: form-data; name="file"; filename="notes.txt"',
  "Content-Type: text/plain",
  "",
  "A small file.",
  `--${boundary}--`,
  "",
].join("\r\n");

/** The address of the first example, in whichever language it is available. */
export const sumPath = "/sum";
/** The script behind `sumPath`: the first of these whose language is installed. The shell always is. */
const sumScripts: readonly { readonly language: LanguageId; readonly file: string }[] = [
  { language: "python", file: "cgi-bin/sum.py" },
  { language: "perl", file: "cgi-bin/sum.pl" },
  { language: "shell", file: "cgi-bin/sum.sh" },
];
/** The example whose mode is in the configuration; other modes are the default of an extension. */
export const handlerScript = "cgi-bin/functions.py";
export const sumScript = (isHere: (language: LanguageId) => boolean): string =>
  (sumScripts.find(({ language }) => isHere(language)) ?? { file: "cgi-bin/sum.sh" }).file;

const another = (language: LanguageId, title: string, file: string, target = `/${file}`): Sample => ({
  id: `sum-${language}`,
  title: `Sum, in ${title}`,
  teaches: "The same in another language: compare the scripts, and how long they take to start.",
  file,
  language,
  requests: [get("1 + 2", `${target}?a=1&b=2`), get("Not a number", `${target}?a=one&b=2`)],
});

/** In the recommended order. */
export const samples: readonly Sample[] = [
  {
    id: "sum",
    title: "Sum",
    teaches: "A request becomes an environment, an output becomes a response.",
    file: "cgi-bin/sum.py",
    language: "python",
    requests: [
      get("1 + 2", `${sumPath}?a=1&b=2`),
      get("Not a number", `${sumPath}?a=one&b=2`),
      get("Nothing given", sumPath),
    ],
  },
  {
    id: "environment",
    title: "Environment",
    teaches: "Everything a script is told about its request, and why it must be escaped.",
    file: "cgi-bin/environment.sh",
    language: "shell",
    requests: [
      get("With a path behind the script's name", "/cgi-bin/environment.sh/some/path?name=%3Cb%3EAda%3C%2Fb%3E", [
        ["X-Own", "a header of mine"],
      ]),
      post("With a body", "/cgi-bin/environment.sh", "on=stdin"),
    ],
  },
  {
    id: "guestbook",
    title: "Guestbook",
    teaches: "A form by POST, a redirect, a GET; umlauts on the way; storing text safely.",
    file: "cgi-bin/guestbook.py",
    language: "python",
    requests: [
      get("The page", "/cgi-bin/guestbook.py"),
      post("Sign it, with umlauts", "/cgi-bin/guestbook.py", "name=J%C3%BCrgen&message=Sch%C3%B6ne+Gr%C3%BC%C3%9Fe%21"),
      post("Something is missing", "/cgi-bin/guestbook.py", "name=&message=Hello"),
    ],
  },
  {
    id: "upload",
    title: "Upload",
    teaches: "A form with a file: multipart/form-data, read without the removed cgi module.",
    file: "cgi-bin/upload.py",
    language: "python",
    requests: [
      get("The form", "/cgi-bin/upload.py"),
      {
        title: "A field and a file",
        method: "POST",
        target: "/cgi-bin/upload.py",
        headers: [["Content-Type", `multipart/form-data; boundary=${boundary}`]],
        body: multipart,
      },
    ],
  },
  {
    id: "cookies",
    title: "Cookies",
    teaches: "A counter that the client carries: Set-Cookie, and Cookie in the next request.",
    file: "cgi-bin/cookies.php",
    language: "php",
    requests: [
      get("The first visit", "/cgi-bin/cookies.php"),
      get("With a cookie", "/cgi-bin/cookies.php", [["Cookie", "visits=41"]]),
    ],
  },
  {
    id: "login",
    title: "Login",
    teaches: "A session: a cookie nobody can guess, HttpOnly and SameSite=Lax; a password that is not stored.",
    file: "cgi-bin/login.py",
    language: "python",
    requests: [
      get("Who are you?", "/cgi-bin/login.py"),
      post("Log in", "/cgi-bin/login.py", "name=ada&password=engine&action=in"),
      post("A wrong password", "/cgi-bin/login.py", "name=ada&password=wrong&action=in"),
    ],
  },
  {
    id: "redirect",
    title: "Redirect",
    teaches: "Four ways to send a client elsewhere, of which it notices three.",
    file: "cgi-bin/redirect.pl",
    language: "perl",
    requests: [
      get("What there is", "/cgi-bin/redirect.pl"),
      get("Inside the server", "/cgi-bin/redirect.pl/local"),
      get("302, made by the server", "/cgi-bin/redirect.pl/client"),
      get("303, by the script", "/cgi-bin/redirect.pl/see-other"),
      get("308, for ever", "/cgi-bin/redirect.pl/permanent"),
    ],
  },
  {
    id: "slow",
    title: "Slow",
    teaches: "An answer that comes in pieces: every write is a tick in Timing; Stop ends it.",
    file: "cgi-bin/slow.sh",
    language: "shell",
    requests: [get("Three seconds", "/cgi-bin/slow.sh?seconds=3")],
  },
  {
    id: "events",
    title: "Server-sent events",
    teaches: "A response that stays open, and why each event has to be flushed.",
    file: "cgi-bin/events.py",
    language: "python",
    requests: [get("The stream", "/cgi-bin/events.py/stream"), get("A page that listens", "/cgi-bin/events.py")],
  },
  {
    id: "encoding",
    title: "The encoding trap",
    teaches: "The header says UTF-8, the bytes are Latin-1: where “J�rgen” comes from.",
    file: "cgi-bin/encoding.py",
    language: "python",
    requests: [get("The trap", "/cgi-bin/encoding.py"), get("Fixed", "/cgi-bin/encoding.py?fixed")],
  },
  {
    id: "injection",
    title: "Injection on purpose",
    teaches: "What a visitor types becomes a part of the page, until the script escapes it.",
    file: "cgi-bin/injection.py",
    language: "python",
    requests: [
      get("A name", "/cgi-bin/injection.py?name=Ada"),
      get("A name with tags", "/cgi-bin/injection.py?name=%3Ch1+style%3D%22color%3Acrimson%22%3EClosed%3C%2Fh1%3E"),
    ],
  },
  {
    id: "broken",
    title: "Broken on purpose",
    teaches: "The most common mistake of all, with what the doctor says to it.",
    file: "cgi-bin/broken.pl",
    language: "perl",
    requests: [get("500, and why", "/cgi-bin/broken.pl")],
  },
  {
    id: "image",
    title: "Image",
    teaches: "A body that is no text: a PNG made byte by byte.",
    file: "cgi-bin/image.py",
    language: "python",
    requests: [get("Three waves", "/cgi-bin/image.py?waves=3")],
  },
  {
    id: "counter",
    title: "FastCGI",
    teaches:
      "A script that stays: one process for all requests, a counter in memory, and every record of it in Records.",
    file: "cgi-bin/counter.fcgi",
    language: "python",
    requests: [get("Count", "/cgi-bin/counter.fcgi"), post("With a body", "/cgi-bin/counter.fcgi", "again=yes")],
  },
  {
    id: "functions",
    title: "Functions",
    teaches: "The path names a function, the query becomes its arguments, and the interpreter stays: mode handler.",
    file: handlerScript,
    language: "python",
    requests: [
      get("1 + 2", `/${handlerScript}/sum?a=1&b=2`),
      get("What there is", `/${handlerScript}`),
      get("Something is missing", `/${handlerScript}/sum?a=1`),
      get("A function that takes no request", `/${handlerScript}/count`),
    ],
  },
  {
    id: "rack",
    title: "Rack, in Ruby",
    teaches: "An application: a call for each request, with a Hash, that returns status, headers and body.",
    file: "cgi-bin/clock.ru",
    language: "ruby",
    requests: [get("The clock", "/cgi-bin/clock.ru"), post("Refused", "/cgi-bin/clock.ru", "a=1")],
  },
  another("perl", "Perl", "cgi-bin/sum.pl"),
  another("shell", "shell", "cgi-bin/sum.sh"),
  another("php", "PHP", "cgi-bin/sum.php"),
  another("ruby", "Ruby", "cgi-bin/sum.rb"),
  another("node", "Node", "cgi-bin/sum.mjs"),
  another("lua", "Lua", "cgi-bin/sum.lua"),
  another("tcl", "Tcl", "cgi-bin/sum.tcl"),
  another("c", "C", "c/sum.c", "/cgi-bin/sum"),
  {
    id: "events-node",
    title: "Server-sent events, in Node",
    teaches: "The same stream, where nothing has to be flushed.",
    file: "cgi-bin/events.mjs",
    language: "node",
    requests: [get("The stream", "/cgi-bin/events.mjs")],
  },
  {
    id: "image-ruby",
    title: "Chart, in Ruby",
    teaches: "An SVG: an image that is text, so it has a charset and everything in it must be escaped.",
    file: "cgi-bin/image.rb",
    language: "ruby",
    requests: [get("A chart", "/cgi-bin/image.rb?values=3,1,4,1,5")],
  },
];
