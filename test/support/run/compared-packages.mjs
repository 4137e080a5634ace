// Debian's packages whose programs are compared with Apache (test/support/program-sets.ts), and what those
// need: each is installed within a minute.
export const comparedPackages = [
  ...["adminer", "analog", "apcupsd-cgi", "awstats", "blosxom", "cgit", "cvsweb", "doc-central", "fcgiwrap", "fossil"],
  ...["gcc", "git", "haserl", "htdig", "icingaweb2", "info2www", "libapache2-mod-fcgid", "libcgi-application-perl"],
  ...["libcgi-fast-perl", "libcgi-pm-perl", "libcgi-session-perl", "libfcgi-dev", "libfcgi-perl"],
  ...["libmojolicious-perl", "lightsquid", "man2html", "mercurial-common", "mimetex", "moosefs-cgi", "namazu2"],
  ...["nut-cgi", "onak", "parser3-cgi", "php-cgi", "phpliteadmin", "poppass-cgi", "python3", "qdbm-cgi", "rrdtool"],
  ...["ruby-fcgi", "squid-cgi", "swish-e", "tcllib", "usemod-wiki", "w3c-markup-validator", "w3m", "xapian-omega"],
];
