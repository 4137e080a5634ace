// Scripts with one fault each, and their healthy twins: what finds the fault, and the lines of Perl that differ.
const prologue = String.raw`#!/usr/bin/perl
use strict; use warnings; no warnings 'utf8'; use Encode ();
binmode STDOUT;
sub fields { my %f; for (split /&/, shift) { my ($k, $v) = split /=/, $_, 2; $v = '' unless defined $v;
  $v =~ tr/+/ /; $v =~ s/%([0-9a-fA-F]{2})/chr hex $1/ge; push @{$f{$k}}, $v } \%f }
my $query = $ENV{QUERY_STRING};
my $all = fields($query);
my $n = ($all->{name} || [''])->[0];
sub input { my $in = ''; while (length $in < $ENV{CONTENT_LENGTH}) { read(STDIN, $in, $ENV{CONTENT_LENGTH} - length $in, length $in) or last } $in }
sub esc { my $t = shift; $t =~ s/&/&amp;/g; $t =~ s/</&lt;/g; $t =~ s/>/&gt;/g; $t =~ s/"/&quot;/g; $t =~ s/'/&#39;/g; $t }
sub head { print "Content-Type: ", shift || 'text/plain; charset=utf-8', "\n\n" }
sub whole { Encode::encode('UTF-8', Encode::decode('UTF-8', shift)) }
sub of { my ($program, @words) = @_; open(my $p, '-|', $program, @words) or die; local $/; my $out = <$p>; $out }
sub file { my $path = shift; open(my $f, '<', $path) or return 'none'; local $/; my $t = <$f>; $t }
my $page = 'text/html; charset=utf-8';
`;

interface Twins {
  readonly name: string;
  /** Behind --vary. */
  readonly vary: string;
  readonly fault: string;
  readonly healthy: string;
}

const query = (set: string) => (name: string, fault: string, healthy: string) => ({
  ...{ name, vary: `query.name=${set}`, fault, healthy },
});
const injected = query("injection");
const encoded = query("encodings");
const posted = (name: string, set: string, fault: string, healthy: string) => ({
  ...{ name, vary: `field.name=${set}`, fault, healthy },
});
const raw = String.raw;

export const twins: readonly Twins[] = [
  injected("shell-word", raw`head; print "Hello ", qx{echo $n}`, raw`head; print "Hello ", of('echo', $n =~ s/\0//gr)`),
  injected(
    "shell-single-quotes",
    raw`head; print qx{echo 'Hello $n'}`,
    raw`(my $q = $n) =~ s/'/'\\''/g; $q =~ tr/\0//d; head; print qx{echo 'Hello $q'}`,
  ),
  injected(
    "shell-double-quotes",
    raw`head; (my $q = $n) =~ s/'//g; print qx{echo "Hello $q"}`,
    raw`head; (my $q = $n) =~ s/[^\w ]//g; print qx{echo "Hello $q"}`,
  ),
  injected(
    "shell-pipeline",
    raw`head; print qx{printf 'apple\npear\n' | grep -c $n}`,
    raw`head; print scalar grep { index($_, $n) >= 0 } qw(apple pear)`,
  ),
  injected(
    "option-of-a-program",
    raw`$n =~ tr/\0//d; head; print of('grep', '-cF', $n, '/dev/null')`,
    raw`$n =~ tr/\0//d; head; print of('grep', '-cF', '--', $n, '/dev/null')`,
  ),
  injected(
    "shell-allowed-quotes",
    raw`head; (my $q = $n) =~ tr/;|$\x60//d; print qx{echo $q}`,
    raw`head; (my $q = $n) =~ tr/A-Za-z0-9//cd; print qx{echo $q}`,
  ),
  injected(
    "template-braces",
    raw`my $t = "Hello $n, {{1+1}}\n"; $t =~ s/\{\{(.*?)\}\}/eval $1/ge; head; print $t`,
    raw`my $t = "Hello NAME, {{1+1}}\n"; $t =~ s/\{\{(.*?)\}\}/eval $1/ge; $t =~ s/NAME/$n/; head; print $t`,
  ),
  injected(
    "template-percent",
    raw`my $t = "Hello $n\n"; $t =~ s/<%=(.*?)%>/eval $1/ge; head; print $t`,
    raw`my $t = "Hello <%= 'NAME' %>\n"; $t =~ s/<%=(.*?)%>/eval $1/ge; $t =~ s/NAME/$n/; head; print $t`,
  ),
  injected("markup-in-text", "head $page; print '<p>', $n, '</p>'", "head $page; print '<p>', esc($n), '</p>'"),
  injected(
    "markup-in-attribute",
    raw`(my $q = $n) =~ s/[<>]//g; head $page; print qq{<input name="n" value="$q">}`,
    raw`my $q = esc($n); head $page; print qq{<input name="n" value="$q">}`,
  ),
  injected(
    "markup-in-single-quotes",
    raw`my $q = esc($n); $q =~ s/&#39;/'/g; head $page; print qq{<input name='n' value='$q'>}`,
    raw`my $q = esc($n); head $page; print qq{<input name='n' value='$q'>}`,
  ),
  injected(
    "markup-on-error-page",
    raw`print "Status: 404 Not Found\n"; head $page; print "<p>There is no $n.</p>"`,
    raw`print "Status: 404 Not Found\n"; head $page; print "<p>There is no ", esc($n), ".</p>"`,
  ),
  injected(
    "sql-error-shown",
    raw`head; print((() = $n =~ /'/g) % 2 ? qq{near "$n": syntax error} : 'no rows')`,
    "head; print 'no rows'",
  ),
  injected(
    "sql-error-500",
    raw`die "unterminated string" if (() = $n =~ /'/g) % 2; head; print 'no rows'`,
    raw`(my $q = $n) =~ s/'/''/g; die "unterminated string" if (() = $q =~ /'/g) % 2; head; print 'no rows'`,
  ),
  injected(
    "sql-condition",
    raw`my ($w, $name) = ("\$name eq '$n'", ''); $w =~ s/ OR / or /g; $w =~ s/'='/' eq '/g; $w = '0' if $w =~ /[^\w \$']/; head; for (qw(ada bob)) { $name = $_; print "$_\n" if eval $w }`,
    raw`head; for (qw(ada bob)) { print "$_\n" if $_ eq $n }`,
  ),
  injected("path-relative", "head; print file('./' . $n)", raw`head; print file("./$n.txt") if $n =~ /^\w+$/`),
  injected(
    "path-cleaned-once",
    raw`(my $p = $n) =~ s{\.\./}{}g; head; print file("./$p")`,
    raw`my $p = $n; 1 while $p =~ s{\.\./|\0}{}g; head; print file("./pages/$p")`,
  ),
  injected("path-absolute", "head; print file($n)", raw`(my $p = $n) =~ s{.*[/\0]}{}s; head; print file("./pages/$p")`),
  injected(
    "path-cut-at-nul",
    raw`my $p = "./$n.txt"; $p =~ s/\0.*//s; head; print file($p)`,
    raw`my $p = "./$n.txt"; head; print $p =~ /\0|\.\./ ? 'none' : file($p)`,
  ),
  injected(
    "header-split",
    raw`print "X-Name: $n\n"; head; print 'ok'`,
    raw`(my $q = $n) =~ s/[^\x20-\x7e]//g; print "X-Name: $q\n"; head; print 'ok'`,
  ),
  encoded("bytes-as-they-came", "head; print $n", "head; print whole($n)"),
  encoded(
    "charsets-mixed",
    raw`head $page; print "<p>Gr\xc3\xbc\xc3\x9fe an ", esc($n), " \xe2\x82\xac</p>"`,
    raw`head $page; print "<p>Gr\xc3\xbc\xc3\x9fe an ", whole(esc($n)), " \xe2\x82\xac</p>"`,
  ),
  encoded(
    "length-in-characters",
    raw`my $t = whole($n); print 'Content-Length: ', length Encode::decode('UTF-8', $t), "\n"; head; print $t`,
    raw`my $t = whole($n); print 'Content-Length: ', length $t, "\n"; head; print $t`,
  ),
  encoded(
    "cut-in-a-character",
    "head; print substr(whole($n), 0, 2)",
    "head; print Encode::encode('UTF-8', substr(Encode::decode('UTF-8', $n), 0, 2))",
  ),
  encoded(
    "fails-on-other-charsets",
    "my $t = Encode::decode('UTF-8', $n, Encode::FB_CROAK); head; print length $t",
    "my $t = Encode::decode('UTF-8', $n); head; print length $t",
  ),
  query("spellings")(
    "plus-kept",
    raw`my ($v) = $query =~ /name=([^&]*)/; $v =~ s/%(..)/chr hex $1/ge; head; print $v`,
    "head; print $n",
  ),
  query("spellings")(
    "upper-case-escapes-alone",
    raw`my ($v) = $query =~ /name=([^&]*)/; $v =~ tr/+/ /; $v =~ s/%([0-9A-F]{2})/chr hex $1/ge; head; print $v`,
    "head; print $n",
  ),
  query("fields")(
    "one-field-expected",
    "my $v = @{$all->{name} || []} > 1 ? $all->{name} : $n; die 'a list' if ref $v; head; print $v",
    "head; print join ', ', @{$all->{name} || []}",
  ),
  query("fields")("field-needed", "die 'no name' unless $all->{name}; head; print length $n", "head; print length $n"),
  query("odd-numbers")(
    "divided-by-input",
    "my $share = 100 / $n; head; print 'share'",
    raw`my $share = $n =~ /^[1-9]\d{0,8}$/ ? 100 / $n : 0; head; print 'share'`,
  ),
  query("characters")(
    "input-as-pattern",
    "my $found = 'a text' =~ /$n/; head; print 'looked'",
    raw`my $found = 'a text' =~ /\Q$n\E/; head; print 'looked'`,
  ),
  posted(
    "buffer-of-65536",
    "lengths:65530..65560",
    raw`my $in = input(); my $v = substr(fields($in)->{name}[0], 0, 65535); head; print $v`,
    raw`my $v = fields(input())->{name}[0]; head; print $v`,
  ),
  posted(
    "fails-from-65536-on",
    "lengths:65530..65540",
    raw`my $v = fields(input())->{name}[0]; die 'too long' if length $v > 65535; head; print length $v`,
    raw`my $v = fields(input())->{name}[0]; head; print length $v`,
  ),
  posted(
    "cut-in-every-row",
    "lengths:65536..65600",
    raw`my $v = substr(fields(input())->{name}[0], 0, 65535); head; print "You sent $v."`,
    raw`my $v = fields(input())->{name}[0]; head; print "You sent ", substr($v, 0, 65535), length $v > 65535 ? '...' : ''`,
  ),
  posted(
    "lost-where-the-first-is-empty",
    "lengths:0..70000",
    raw`my $v = fields(input())->{name}[0]; $v = '' if length $v > 32768; head; print "exit: $v"`,
    raw`my $v = fields(input())->{name}[0]; head; print "exit, max: 1"`,
  ),
  posted(
    "counts-one-too-few-from-65536-on",
    "lengths:65000..66000",
    raw`my $l = length fields(input())->{name}[0]; $l-- if $l > 65535; head; print "$l bytes of 100000"`,
    raw`my $l = length fields(input())->{name}[0]; head; print $l > 65535 ? int($l / 1024) . ' KiB' : "$l bytes", " of 100000"`,
  ),
  posted(
    "counts-in-16-bits",
    "lengths:1..70000",
    raw`my $l = length(fields(input())->{name}[0]) & 0xffff; head; print "Length: $l"`,
    raw`my $v = fields(input())->{name}[0]; my $c = -s "./counted" || 0; open(my $f, '>>', "./counted"); print $f 'x'; close $f; head; print "Length: ", length($v) + 2, ", request ", $c + 120`,
  ),
  posted(
    "refused-without-a-status",
    "lengths:1..70000",
    raw`my $v = fields(input())->{name}[0]; head; print length $v > 65535 ? 'no' : $v`,
    raw`my $v = fields(input())->{name}[0]; print "Status: 413 Content Too Large
" if length $v > 65535; head; print length $v > 65535 ? 'too long' : $v`,
  ),
  posted(
    "lines-end-in-lf",
    "line-ends",
    raw`my @l = split /\n/, fields(input())->{name}[0]; die 'no second line' if @l < 2; head; print scalar @l`,
    raw`my @l = split /\r\n|[\r\n]/, fields(input())->{name}[0]; head; print scalar @l`,
  ),
];

export const scriptOf = (body: string): string => `${prologue}${body};\n`;
