// What each server can do for a kit, one row each.
import type { TargetId } from "../../contract/deploy-targets.js";

export interface Target {
  /** Debian's package, and the program in it. */
  readonly package: string;
  readonly program: string;
  /** It starts CGI scripts itself; else fcgiwrap does, behind FastCGI. */
  readonly runsCgi: boolean;
  readonly speaksFastcgi: boolean;
  /** A container image with lighttpd; else a server of the machine. */
  readonly isImage: boolean;
  /** The scripts run on several machines, which share no files. */
  readonly isMany: boolean;
  /** It can refuse paths by a pattern; else what must not be sent is left out of the kit. */
  readonly denies: boolean;
  readonly asksForPasswords: boolean;
  /** The group that opens the sockets of FastCGI. */
  readonly group: string;
  /** Names that its configuration can have, beside those without control characters. */
  readonly names: RegExp;
  /** Words that mean themselves between its quotes. */
  readonly words: RegExp;
  readonly sendsFiles: boolean;
  /** The version that its kit needs and that no test has; null: the kit was tried. */
  readonly untried: string | null;
  /** Debian's own site, which answers at port 80 where no host is named; null: the kit takes its place. */
  readonly defaultSite: { readonly file: string; readonly remove: string } | null;
  /** The service that its variables are given to; null: the kit has its own. */
  readonly service: string | null;
  /** Where its configuration is installed, below which name. */
  readonly installed: (name: string) => string;
  /** Says whether the configuration is right. */
  readonly test: string;
  /** Modules, each with a file that is there when it is switched on, and the command that does so. */
  readonly modules: readonly { readonly module: string; readonly file: string; readonly repair: string }[];
}

const plain = /^[\w./~@:+,=-]+$/;
const apacheModule = (module: string) => ({
  module,
  file: `/etc/apache2/mods-enabled/${module}.load`,
  repair: `a2enmod ${module}`,
});
/** Behind mod_cgid, which a2enmod would choose, a script that does not read its request body loses its response. */
const apacheCgi = {
  ...apacheModule("cgi"),
  repair: "a2dismod -q cgid; ln -s ../mods-available/cgi.load /etc/apache2/mods-enabled/cgi.load",
};

const common = {
  installed: () => "",
  test: "true",
  service: null,
  runsCgi: false,
  speaksFastcgi: true,
  isImage: false,
  isMany: false,
  denies: true,
  asksForPasswords: true,
  group: "www-data",
  names: /^/,
  words: /^/,
  sendsFiles: true,
  untried: null,
  defaultSite: null,
  modules: [],
} as const;

const image = {
  ...common,
  package: "",
  program: "lighttpd",
  runsCgi: true,
  isImage: true,
  isMany: true,
  asksForPasswords: false,
  names: plain,
} as const;

export const targets: Readonly<Record<TargetId, Target>> = {
  apache: {
    ...common,
    package: "apache2",
    program: "apache2",
    runsCgi: true,
    service: "apache2",
    installed: (name) => `/etc/apache2/sites-enabled/${name}.conf`,
    test: "apache2ctl configtest",
    // ${NAME} is a variable there, in quotes too.
    words: /^(?!.*\$\{)/,
    defaultSite: {
      file: "/etc/apache2/sites-enabled/000-default.conf",
      remove: "rm -f /etc/apache2/sites-enabled/000-default.conf",
    },
    modules: [...["alias", "proxy", "proxy_fcgi", "env", "dir"].map(apacheModule), apacheCgi],
  },
  nginx: {
    ...common,
    package: "nginx",
    program: "nginx",
    service: "nginx",
    installed: (name) => `/etc/nginx/sites-enabled/${name}.conf`,
    test: "nginx -t",
    words: /^[^$]*$/,
    defaultSite: { file: "/etc/nginx/sites-enabled/default", remove: "rm -f /etc/nginx/sites-enabled/default" },
  },
  lighttpd: {
    ...common,
    package: "lighttpd",
    program: "lighttpd",
    runsCgi: true,
    service: "lighttpd",
    installed: (name) => `/etc/lighttpd/conf-enabled/90-${name}.conf`,
    test: "lighttpd -tt -f /etc/lighttpd/lighttpd.conf",
  },
  busybox: {
    ...common,
    package: "busybox",
    program: "busybox",
    runsCgi: true,
    speaksFastcgi: false,
    denies: false,
    asksForPasswords: false,
    names: plain,
  },
  caddy: {
    ...common,
    package: "caddy",
    program: "caddy",
    asksForPasswords: false,
    group: "caddy",
    names: plain,
    service: "caddy",
    installed: () => "/etc/caddy/Caddyfile",
    test: "caddy validate --adapter caddyfile --config /etc/caddy/Caddyfile",
  },
  haproxy: {
    ...common,
    package: "haproxy",
    program: "haproxy",
    asksForPasswords: false,
    group: "haproxy",
    names: plain,
    service: "haproxy",
    sendsFiles: false,
    untried: "3.0",
    installed: () => "/etc/haproxy/haproxy.cfg",
    test: "haproxy -c -f /etc/haproxy/haproxy.cfg",
  },
  container: { ...image, isMany: false },
  compose: image,
  kubernetes: image,
  knative: image,
};
