// Which virtual host of a configuration is taken.
import disk from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { expect, onTestFinished, test, vi } from "vitest";
import { adopt } from "../../../server/adopt/adopt.js";
import { tempFolder } from "../../support/temp-workspace.js";

async function roots(name: string, text: string, host: string | null) {
  using folder = tempFolder();
  folder.write(name, text);
  const { configuration, lines } = await adopt(folder.file(name), { host, folders: [] });
  const others = lines.flatMap(({ line, message }) => (message?.code === "other-host" ? line : []));
  return { routes: configuration["routes"], others };
}

async function leftOut(name: string, text: string, wanted = "left-out") {
  using folder = tempFolder();
  folder.write(name, text);
  const { lines } = await adopt(folder.file(name), { host: null, folders: [] });
  return lines.flatMap(({ result, message }) => (result === wanted ? [message?.code] : []));
}

const lighttpd = `server.document-root = "/srv/a"
$HTTP["host"] == "b.example" {
  server.document-root = "/srv/b"
}
`;
const apache = `DocumentRoot /srv/a
<VirtualHost *:80>
ServerName b.example
DocumentRoot /srv/b
</VirtualHost>
`;

test.each([
  ["lighttpd.conf", lighttpd, null, "/srv/a", [3]],
  ["lighttpd.conf", lighttpd, "b.example", "/srv/b", []],
  ["lighttpd.conf", lighttpd.replace(/^.*\n/, ""), null, "/srv/b", []],
  ["httpd.conf", apache, null, "/srv/b", []],
  ["httpd.conf", `<VirtualHost *:80>\nRedirect / https://b.example/\n</VirtualHost>\n${apache}`, null, "/srv/b", [2]],
])("of %s with %j", async (name, text, host, dir, others) => {
  expect(await roots(name, text, host)).toMatchObject({ routes: [{ path: "/", dir }], others });
});

const first = `<VirtualHost *:80>
ServerName a.example
RewriteEngine On
RewriteRule ^/closed - [F]
</VirtualHost>
`;

test("an Apache host without a DocumentRoot of its own serves the main one, unless it leads elsewhere", async () => {
  const [main = "", ...second] = apache.split(/(?<=srv\/a\n)/);
  const { routes, others } = await roots("httpd.conf", [main, first, ...second].join(""), null);
  expect(others).toEqual([8, 9]);
  expect(routes).toMatchObject([{ path: "/closed" }, { path: "/", dir: "/srv/a" }]);
  const away = first.replace("^/closed - [F]", "^(.*)$ https://b.example/$1 [R=301,L]");
  expect(await roots("httpd.conf", [main, away, ...second].join(""), null)).toMatchObject({
    routes: [{ path: "/", dir: "/srv/b" }],
  });
});

test.each([
  ["RedirectMatch permanent ^/(.*)$ https://b.example/$1", "/srv/c"],
  [
    "RewriteCond %{SERVER_NAME} =a.example\nRewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [END,NE,R=301]",
    "/srv/c",
  ],
  ["RewriteCond %{HTTP_HOST} !^www\nRewriteRule ^(.*)$ https://www.a.example$1 [R=301,L]", "/srv/own"],
  ["RewriteRule ^/$ /cgi-bin/home.cgi [R,L]", "/srv/own"],
  ["Redirect /old /", "/srv/own"],
])("an Apache host with a DocumentRoot and %j leads elsewhere, or not", async (lines, dir) => {
  const own = `<VirtualHost *:80>\nDocumentRoot /srv/own\nRewriteEngine On\n${lines}\n</VirtualHost>\n`;
  const other = "<VirtualHost *:443>\nDocumentRoot /srv/c\n</VirtualHost>\n";
  const { routes } = await roots("httpd.conf", `DocumentRoot /srv/a\n${own}${other}`, null);
  expect(routes).toContainEqual(expect.objectContaining({ path: "/", dir }));
});

test("an AllowOverride that is there thousands of times is looked after once", { timeout: 60_000 }, async () => {
  using folder = tempFolder();
  for (let nth = 0; nth < 100; nth++) folder.makeFolder(`docs/${nth}`);
  const rules = "AllowOverride All\n".repeat(3000);
  folder.write(
    "httpd.conf",
    `DocumentRoot ${folder.file("docs")}\n<Directory ${folder.file("docs")}>\n${rules}</Directory>\n`,
  );
  const spy = vi.spyOn(disk, "readdir");
  syncBuiltinESMExports();
  onTestFinished(() => {
    spy.mockRestore();
    syncBuiltinESMExports();
  });
  await adopt(folder.file("httpd.conf"), { host: null, folders: [] });
  expect(spy.mock.calls.length).toBeGreaterThan(0);
  expect(spy.mock.calls.length).toBeLessThan(1000);
});

test("an answer of nginx with a text is left out as one", async () => {
  const text = "server {\nroot /srv/a;\nlocation /health {\nreturn 200 ok;\n}\n}\n";
  expect(await leftOut("nginx.conf", text)).toEqual(["no-equivalent"]);
});

test("one that is not there is named", async () => {
  await expect(roots("lighttpd.conf", lighttpd, "c.example")).rejects.toThrow("No virtual host is called c.example.");
});

test.each([
  [
    "nginx.conf",
    "server {\nroot /srv/a;\nlocation ~ /\\.ht {\ndeny all;\n}\nlocation ~ /\\.git {\nreturn 404;\n}\n}\n",
  ],
  ["httpd.conf", '<DirectoryMatch "/\\.svn">\nRequire all denied\n</DirectoryMatch>\nDocumentRoot /srv/a\n'],
  ["httpd.conf", '<Directory ~ "/\\.git">\nDeny from all\n</Directory>\nDocumentRoot /srv/a\n'],
])("a rule that refuses hidden files is understood, in %s: %j", async (name, text) => {
  expect(await leftOut(name, text)).toEqual([]);
});

test("a rule that serves hidden files is left out: the workbench never serves them", async () => {
  const text = '<DirectoryMatch "/\\.svn">\nRequire all granted\n</DirectoryMatch>\nDocumentRoot /srv/a\n';
  expect(await leftOut("httpd.conf", text)).toEqual(["pattern-not-understood"]);
});

test("files of folders below that a server lets decide are named, and refusals of more than a path", async () => {
  using folder = tempFolder();
  folder.makeFolder("docs/app");
  folder.write("docs/app/.htaccess", "SetEnv A 1\n");
  const root = folder.file("docs");
  const rules = "RewriteEngine On\nRewriteRule ^/secret - [F]\nRewriteRule ^/closed/ - [F]\n";
  const text = `DocumentRoot ${root}\n<Directory ${root}>\nAllowOverride All\nRequire all granted\n</Directory>\n${rules}`;
  folder.write("httpd.conf", text);
  const { lines } = await adopt(folder.file("httpd.conf"), { host: null, folders: [] });
  const told = lines.filter(({ result }) => result !== "understood");
  expect(told).toMatchObject([
    {
      line: 3,
      result: "approximated",
      message: { code: "htaccess-not-read", data: { path: `${root}/app/.htaccess` } },
    },
    { line: 7, result: "approximated", message: { code: "prefix-as-path", data: { path: "/secret" } } },
  ]);
});

test("of nginx's servers the default one is taken, and one that only leads elsewhere last", async () => {
  const to = (host: string, rest: string) => `server {\nserver_name ${host};\n${rest}\n}\n`;
  const away = to("a.example", "listen 80 default_server;\nreturn 301 https://a.example/;");
  const plain = to("b.example", "listen 443;\nroot /srv/b;");
  const usual = to("c.example", "listen 443 default_server;\nroot /srv/c;");
  expect(await roots("nginx.conf", away + plain, null)).toMatchObject({ routes: [{ path: "/", dir: "/srv/b" }] });
  expect(await roots("nginx.conf", plain + usual, null)).toMatchObject({ routes: [{ path: "/", dir: "/srv/c" }] });
  expect(await roots("nginx.conf", plain + usual, "b.example")).toMatchObject({ routes: [{ dir: "/srv/b" }] });
});

test("nginx's redirect of a path and what is below it is one of the path", async () => {
  using folder = tempFolder();
  folder.write("nginx.conf", "server {\nroot /srv/a;\nlocation /old/ {\nreturn 301 https://example.org/new/;\n}\n}\n");
  const { configuration, lines } = await adopt(folder.file("nginx.conf"), { host: null, folders: [] });
  const redirect = { to: "https://example.org/new/", status: 301, exact: true };
  expect(configuration["routes"]).toMatchObject([{ path: "/old/", redirect }, { path: "/" }]);
  expect(lines.find(({ line }) => line === 4)).toMatchObject({ result: "approximated" });
});

test.each([
  "^(.+\\.cgi)(/.*)?$",
  "^(.+?\\.cgi)(.*)$",
  "\\.cgi(/|$)",
  "\\.(?:cgi)(?:/|$)",
  "[^/]\\.cgi(/|$)",
  "\\.cgi(?:$|/)",
  "\\.cgi($|/)",
])("nginx's location of scripts with a path behind them: %s", async (pattern) => {
  const location = `location ~ ${pattern} {\nfastcgi_pass unix:/run/fcgiwrap.socket;\n}\n`;
  expect(await roots("nginx.conf", `server {\nroot /srv/a;\n${location}}\n`, null)).toMatchObject({
    routes: [{ path: "/", dir: "/srv/a", run: [".cgi"] }],
  });
});

test.each([
  ['$HTTP["url"] =~ "^/priv" {\n', '"" => ', "\n}\n"],
  ["", '"/priv" => ', "\n"],
])("lighttpd's sign-in for a path is one of the workbench: %j", async (before, key, after) => {
  const backend = 'auth.backend = "htpasswd"\nauth.backend.htpasswd.userfile = "/srv/users"\n';
  const rule = '( "method" => "basic", "realm" => "p", "require" => "valid-user" )';
  const text = `server.document-root = "/srv/a"\n${before}${backend}auth.require = ( ${key}${rule} )${after}`;
  expect(await roots("lighttpd.conf", text, null)).toMatchObject({
    routes: [
      { path: "/", dir: "/srv/a" },
      { path: "/priv", auth: { realm: "p", htpasswd: "/srv/users" } },
    ],
  });
  expect(await leftOut("lighttpd.conf", text)).toEqual([]);
  // lighttpd protects /private, too.
  const approximated = before === "" ? ["prefix-as-path"] : [];
  expect(await leftOut("lighttpd.conf", text, "approximated")).toEqual(approximated);
});
