// What can be wrong or unusual about a request, one production of the grammar
// each. Most leave the other productions valid.
import {
  type Chunk,
  chunk,
  dropFraming,
  type Field,
  field,
  type Model,
  makeChunked,
  makeLength,
  takesBody,
} from "./model.js";
import type { Random } from "./random.js";

/** Changes `model`. `next`: a valid request for the same site, as bytes. */
type Mutation = (model: Model, random: Random, next: () => string) => void;

const controls = ["\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f"] as const;
const raw = ["J\xc3\xbcrgen", "J\xfcrgen", "\x80", "\xff", "\xc0\xaf"] as const;

/** One of the field lines after Host; adds one where there is none. */
function someField(model: Model, random: Random): Field {
  const [, ...others] = model.fields;
  const [first, ...more] = others.filter(({ name }) => !/^(?:content-length|transfer-encoding)$/i.test(name));
  if (first) return random.pick([first, ...more]);
  const added = field("X-Added", "added");
  model.fields.push(added);
  return added;
}
function someChunk(model: Model, random: Random): Chunk {
  const [first = chunk("abc"), ...more] = model.chunks ?? makeChunked(model, random);
  return random.pick([first, ...more]);
}
const setLength = (value: string, body = "hello"): Mutation => {
  return (model) => {
    dropFraming(model);
    takesBody(model);
    model.body = body;
    model.fields.push(field("Content-Length", value));
  };
};
const setCoding = (...values: string[]): Mutation => {
  return (model, random) => {
    makeChunked(model, random);
    model.fields.pop();
    model.fields.push(...values.map((value) => field("Transfer-Encoding", value)));
  };
};
const addLine = (line: (random: Random) => Field): Mutation => {
  return (model, random) => void model.fields.splice(random.int(1, model.fields.length), 0, line(random));
};
/** A line that is no `name: value`. */
const bare = (text: string): Field => ({ name: text, colon: "", value: "", end: "\r\n" });
const version = (text: string): Mutation => {
  return (model) => {
    model.version = text;
  };
};
/** In the query, or in a segment of path info. */
const inTarget = (part: (random: Random) => string): Mutation => {
  return (model, random) => {
    if (random.chance(0.5)) model.target += `${model.target.includes("?") ? "" : "?"}n=${part(random)}z`;
    else model.target = model.target.replace(/(?=\?|$)/, () => `/a${part(random)}z`);
  };
};
const inValue = (part: (random: Random) => string): Mutation => {
  return (model, random) => {
    const line = someField(model, random);
    const at = random.int(0, line.value.length);
    line.value = `${line.value.slice(0, at)}${part(random)}${line.value.slice(at)}`;
  };
};
const inName = (part: string): Mutation => {
  return (model, random) => {
    const line = someField(model, random);
    const at = random.int(1, line.name.length);
    line.name = `${line.name.slice(0, at)}${part}${line.name.slice(at)}`;
  };
};
/** Changes one chunk. */
const inChunk = (change: (one: Chunk, random: Random) => void): Mutation => {
  return (model, random) => change(someChunk(model, random), random);
};
const trailer = (...lines: Field[]): Mutation => {
  return (model, random) => {
    someChunk(model, random);
    model.trailers.push(...lines);
  };
};

export const mutations = {
  "method-unknown": (model, random) => {
    model.method = random.pick(["FOO", "QUERY", "M.x_y~1", "X-A", "!", "PROPFIND", "PURGE"]);
  },
  "method-options": (model) => {
    dropFraming(model);
    model.body = "";
    model.method = "OPTIONS";
  },
  "method-lower-case": (model) => {
    model.method = model.method.toLowerCase();
  },
  "method-invalid-byte": (model, random) => {
    model.method = `G${random.pick(["(", "@", "\xe9", "\x01", "/", ":"])}T`;
  },
  "method-empty": (model) => {
    model.method = "";
  },
  "method-connect": (model) => {
    dropFraming(model);
    model.body = "";
    [model.method, model.target] = ["CONNECT", "localhost:80"];
  },
  "method-long": (model, random) => {
    model.method = "M".repeat(random.int(20, 2000));
  },
  "target-absolute": (model) => {
    model.target = `http://localhost${model.target}`;
  },
  "target-absolute-other-scheme": (model) => {
    model.target = `ftp://localhost${model.target}`;
  },
  "target-authority": (model) => {
    model.target = "localhost:80";
  },
  "target-asterisk": (model) => {
    [model.method, model.target] = ["OPTIONS", "*"];
  },
  "target-asterisk-of-get": (model) => {
    dropFraming(model);
    model.body = "";
    [model.method, model.target] = ["GET", "*"];
  },
  "target-raw-bytes": (model, random) => {
    model.target += `${model.target.includes("?") ? "" : "?n="}${random.pick(raw)}`;
  },
  "target-raw-bytes-in-path": (model, random) => {
    model.target = model.target.replace(/(?=\?|$)/, `/${random.pick(raw)}`);
  },
  "target-bad-escape": inTarget((random) => random.pick(["%", "%zz", "%2", "%%41"])),
  "target-escaped-nul": inTarget(() => "%00"),
  "target-space": inTarget(() => " "),
  "target-tab": inTarget(() => "\t"),
  "target-control-byte": inTarget((random) => random.pick(controls)),
  "target-nul": inTarget(() => "\0"),
  "target-delete-byte": inTarget(() => "\x7f"),
  "target-unsafe-character": inTarget((random) => random.pick(["<", ">", '"', "{", "}", "|", "\\", "^", "`"])),
  "target-fragment": inTarget(() => "#part"),
  "target-empty": (model) => {
    model.target = "";
  },
  "target-relative": (model) => {
    model.target = model.target.slice(1);
  },
  "target-long": (model, random) => {
    model.target += `?${"q".repeat(random.int(2000, 7000))}`;
  },
  "version-1.0": version("HTTP/1.0"),
  "version-missing": (model) => {
    [model.afterTarget, model.version] = ["", ""];
  },
  "version-lower-case": version("http/1.1"),
  "version-1.2": version("HTTP/1.2"),
  "version-2.0": version("HTTP/2.0"),
  "version-0.9": version("HTTP/0.9"),
  "version-many-digits": (model, random) => {
    model.version = random.pick(["HTTP/1.10", "HTTP/01.1", "HTTP/1.01", "HTTP/1.1.1"]);
  },
  "version-other-name": (model, random) => {
    model.version = random.pick(["HTTPS/1.1", "HTP/1.1", "1.1", "HTTP /1.1", "HTTP/1,1", "HTTP/1"]);
  },
  "line-two-spaces-before-target": (model) => {
    model.afterMethod = "  ";
  },
  "line-two-spaces-after-target": (model) => {
    model.afterTarget = "  ";
  },
  "line-tab": (model, random) => {
    if (random.chance(0.5)) model.afterMethod = "\t";
    else model.afterTarget = "\t";
  },
  "line-trailing-space": (model) => {
    model.version += " ";
  },
  "line-leading-space": (model) => {
    model.before = " ";
  },
  "line-feed-alone-after-request-line": (model) => {
    model.lineEnd = "\n";
  },
  "carriage-return-alone-after-request-line": (model) => {
    model.lineEnd = "\r";
  },
  "blank-lines-before": (model, random) => {
    model.before = "\r\n".repeat(random.int(1, 3));
  },
  "line-feeds-before": (model, random) => {
    model.before = "\n".repeat(random.int(1, 3));
  },
  "space-before-colon": (model, random) => {
    someField(model, random).colon = random.pick([" : ", "\t: ", " :"]);
  },
  "field-folded": (model, random) => {
    someField(model, random).value += `\r\n${random.pick([" ", "\t", "  "])}more`;
  },
  "field-folded-blank": (model, random) => {
    someField(model, random).value += "\r\n ";
  },
  "field-folded-first": (model) => {
    model.fields.unshift(bare(" X-First: a"));
  },
  "field-name-empty": addLine(() => ({ ...field("", "x"), colon: ":" })),
  "field-without-colon": addLine(() => bare("X-Nothing")),
  "field-name-space": inName(" "),
  "field-name-invalid-byte": (model, random) =>
    inName(random.pick(["(", "@", "/", "[", '"', "{", "=", ";"]))(model, random, String),
  "field-name-underscore": addLine(() => field("X_Under_Score", "a")),
  "field-name-raw-byte": inName("\xfc"),
  "field-name-control-byte": inName("\x01"),
  "field-value-raw-bytes": inValue((random) => random.pick(raw)),
  "field-value-nul": inValue(() => "\0"),
  "field-value-control-byte": inValue((random) => random.pick(controls)),
  "field-value-delete-byte": inValue(() => "\x7f"),
  "field-value-tab": inValue(() => "\t"),
  "field-value-empty": addLine(() => ({ ...field("X-Empty", ""), colon: ":" })),
  "field-value-blanks": addLine(() => field("X-Blanks", "\t  x \t ")),
  "field-no-blank": addLine(() => ({ ...field("X-Near", "x"), colon: ":" })),
  "field-long": addLine((random) => field("X-Long", "v".repeat(random.int(2000, 7000)))),
  "fields-many": (model, random) => {
    for (let n = random.int(30, 80); n > 0; n--) model.fields.push(field(`X-${n}`, "v"));
  },
  "field-repeated": (model, random) => {
    model.fields.push({ ...someField(model, random) });
  },
  "line-feed-alone-after-field": (model, random) => {
    someField(model, random).end = "\n";
  },
  "line-feed-alone-blank-line": (model) => {
    model.blankLine = "\n";
  },
  "line-feeds-alone": (model) => {
    model.lineEnd = model.blankLine = "\n";
    for (const line of model.fields) line.end = "\n";
  },
  "carriage-return-alone-in-value": inValue(() => "\r"),
  "carriage-return-alone-after-field": (model, random) => {
    someField(model, random).end = "\r";
  },
  "carriage-return-twice-after-field": (model, random) => {
    someField(model, random).end = "\r\r\n";
  },
  "carriage-return-before-blank-line": (model) => {
    model.blankLine = "\r\r\n";
  },
  "host-missing": (model) => {
    model.fields.shift();
  },
  "host-twice": addLine(() => field("Host", "localhost")),
  "length-plus": setLength("+5"),
  "length-minus": setLength("-5"),
  "length-list-equal": setLength("5, 5"),
  "length-list-different": setLength("5, 6"),
  "length-twice-equal": (model, random, next) => {
    setLength("5")(model, random, next);
    model.fields.push(field("Content-Length", "5"));
  },
  "length-twice-different": (model, random, next) => {
    setLength("5")(model, random, next);
    model.fields.push(field(random.pick(["Content-Length", "content-length"]), "6"));
  },
  "length-hexadecimal": setLength("0x5"),
  "length-empty": setLength("", ""),
  "length-two-numbers": setLength("5 5"),
  "length-leading-zeros": setLength("0005"),
  "length-fraction": setLength("5.0"),
  "length-exponent": setLength("5e0"),
  "length-word": setLength("five"),
  "length-huge": (model, random, next) =>
    setLength(random.pick(["99999999999999999999", "18446744073709551621", "4294967301", "9223372036854775808"]))(
      model,
      random,
      next,
    ),
  "length-blanks": setLength(" \t5\t "),
  "length-folded": setLength("\r\n 5"),
  "length-zero": setLength("0", ""),
  "length-of-get": (model, random) => {
    makeLength(model, random);
    model.method = "GET";
  },
  "length-missing": (model) => {
    dropFraming(model);
    [model.method, model.body] = ["POST", ""];
  },
  "length-after-coding": (model, random) => {
    makeChunked(model, random);
    model.fields.push(field("Content-Length", random.pick(["5", "0", "100"])));
  },
  "length-before-coding": (model, random) => {
    makeChunked(model, random);
    model.fields.splice(1, 0, field("Content-Length", random.pick(["5", "0", "100"])));
  },
  "coding-in-1.0": (model, random) => {
    makeChunked(model, random);
    model.version = "HTTP/1.0";
  },
  "coding-unknown": setCoding("gzip"),
  "coding-made-up": setCoding("xchunked"),
  "coding-before-chunked": setCoding("gzip, chunked"),
  "coding-after-chunked": setCoding("chunked, gzip"),
  "coding-chunked-twice": setCoding("chunked, chunked"),
  "coding-two-lines": setCoding("gzip", "chunked"),
  "coding-chunked-two-lines": setCoding("chunked", "chunked"),
  "coding-identity": setCoding("identity"),
  "coding-identity-before-chunked": setCoding("identity, chunked"),
  "coding-upper-case": setCoding("CHUNKED"),
  "coding-blanks": setCoding("\t chunked \t"),
  "coding-control-byte": setCoding("\x0bchunked"),
  "coding-folded": setCoding("\r\n chunked"),
  "coding-empty": setCoding(""),
  "coding-empty-element": setCoding("chunked,"),
  "coding-empty-element-first": setCoding(", chunked"),
  "coding-parameter": setCoding("chunked;q=1"),
  "coding-quoted": setCoding('"chunked"'),
  "coding-of-get": (model, random) => {
    makeChunked(model, random);
    model.method = "GET";
  },
  "chunk-extension": inChunk((one, random) => {
    one.extension = random.pick([";a", ";a=b", ';a="b"', ";a=b;c=d", ';a="b;c"']);
  }),
  "chunk-extension-blank": inChunk((one, random) => {
    one.extension = random.pick([" ;a=b", "\t; a", "; a = b"]);
  }),
  "chunk-extension-empty": inChunk((one) => {
    one.extension = ";";
  }),
  "chunk-extension-line-feed": inChunk((one) => {
    one.extension = ";a\nb";
  }),
  "chunk-extension-carriage-return": inChunk((one) => {
    one.extension = ";a\rb";
  }),
  "chunk-extension-control-byte": inChunk((one, random) => {
    one.extension = `;a${random.pick(["\0", "\x01", "\x7f"])}`;
  }),
  "chunk-extension-raw-byte": inChunk((one) => {
    one.extension = ";a=\xfc";
  }),
  "chunk-extension-long": inChunk((one, random) => {
    one.extension = `;${"e".repeat(random.int(300, 3000))}`;
  }),
  "chunk-size-blank-after": inChunk((one, random) => {
    one.extension = random.pick([" ", "\t", "   "]);
  }),
  "chunk-size-word-after": inChunk((one) => {
    one.extension = " x";
  }),
  "chunk-size-blank-before": inChunk((one, random) => {
    one.size = `${random.pick([" ", "\t"])}${one.data.length.toString(16)}`;
  }),
  "chunk-size-upper-case": inChunk((one) => {
    one.data = "x".repeat(0xab);
    one.size = "AB";
  }),
  "chunk-size-leading-zeros": inChunk((one, random) => {
    one.size = `${"0".repeat(random.int(1, 8))}${one.data.length.toString(16)}`;
  }),
  "chunk-size-many-zeros": inChunk((one, random) => {
    one.size = `${"0".repeat(random.int(16, 40))}${one.data.length.toString(16)}`;
  }),
  "chunk-size-prefix": inChunk((one) => {
    one.size = `0x${one.data.length.toString(16)}`;
  }),
  "chunk-size-sign": inChunk((one, random) => {
    one.size = `${random.pick(["+", "-"])}${one.data.length.toString(16)}`;
  }),
  "chunk-size-empty": inChunk((one) => {
    one.size = "";
  }),
  "chunk-size-word": inChunk((one, random) => {
    one.size = random.pick(["zz", "g", "_3", "\xb3", "3g"]);
  }),
  "chunk-size-huge": inChunk((one, random) => {
    one.size = random.pick(["ffffffff", "7fffffffffffffff", "ffffffffffffffff", "10000000000000003", "100000003"]);
  }),
  "chunk-size-line-feed": inChunk((one) => {
    one.lineEnd = "\n";
  }),
  "chunk-size-carriage-return": inChunk((one) => {
    one.lineEnd = "\r";
  }),
  "chunk-data-end-missing": inChunk((one) => {
    one.end = "";
  }),
  "chunk-data-end-line-feed": inChunk((one) => {
    one.end = "\n";
  }),
  "chunk-data-end-carriage-return": inChunk((one) => {
    one.end = "\r";
  }),
  "chunk-data-longer": inChunk((one) => {
    one.size = one.data.length.toString(16);
    one.data += "y";
  }),
  "chunk-data-shorter": inChunk((one) => {
    one.size = (one.data.length + 1).toString(16);
  }),
  "last-chunk-zeros": (model, random) => {
    someChunk(model, random);
    model.lastChunk = "0000\r\n";
  },
  "last-chunk-extension": (model, random) => {
    someChunk(model, random);
    model.lastChunk = "0;last\r\n";
  },
  "last-chunk-line-feed": (model, random) => {
    someChunk(model, random);
    model.lastChunk = "0\n";
  },
  "last-chunk-missing": (model, random) => {
    someChunk(model, random);
    model.lastChunk = model.trailerEnd = "";
  },
  "trailer-section-end-line-feed": (model, random) => {
    someChunk(model, random);
    model.trailerEnd = "\n";
  },
  trailer: trailer(field("X-Sum", "7")),
  "trailer-of-framing": trailer(field("Content-Length", "7"), field("Transfer-Encoding", "gzip")),
  "trailer-folded": trailer(field("X-Sum", "7\r\n 8")),
  "trailer-line-feed": trailer({ ...field("X-Sum", "7"), end: "\n" }),
  "trailer-without-colon": trailer(bare("X-Nothing")),
  "trailer-space-before-colon": trailer({ ...field("X-Sum", "7"), colon: " : " }),
  "trailer-control-byte": trailer(field("X-Sum", "7\x01")),
  "connection-close": addLine(() => field("Connection", "close")),
  "connection-keep-alive": addLine(() => field("Connection", "keep-alive")),
  "connection-list": addLine((random) =>
    field("Connection", random.pick(["X-Tag, close", "Keep-Alive, x", "Upgrade"])),
  ),
  "upgrade-asked": (model) => {
    model.fields.push(field("Connection", "Upgrade"), field("Upgrade", "h2c"));
  },
  "expect-continue": addLine(() => field("Expect", "100-continue")),
  "expect-other": addLine(() => field("Expect", "tea")),
  pipelined: (model, random, next) => {
    for (let n = random.int(1, 3); n > 0; n--) model.after += next();
  },
  "garbage-after": (model, random) => {
    model.after += random.pick(["garbage\r\n\r\n", "\0\0", "\x16\x03\x01", "X: y\r\n\r\n", "abc"]);
  },
  "blank-lines-after": (model, _random, next) => {
    model.after += `\r\n${next()}`;
  },
  truncated: (model, random) => {
    model.sent = random.next();
  },
} satisfies Readonly<Record<string, Mutation>>;

export type Production = keyof typeof mutations;
