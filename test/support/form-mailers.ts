// Form mailers as they were and are written, in four languages. Each sends the fields `email`, `subject` and `text` of
// a form to webmaster@example.org; `injected`: a line break of `email` reaches the header.
interface FormMailer {
  readonly what: string;
  readonly needs: "perl" | "php-cgi" | "python3" | "sh";
  readonly name: string;
  readonly text: string;
  readonly injected: boolean;
}

const done = "Content-Type: text/plain; charset=utf-8";
const perlForm = `read(STDIN, my $buffer, $ENV{CONTENT_LENGTH} || 0);
my %form;
foreach my $pair (split(/&/, $buffer)) {
  my ($name, $value) = split(/=/, $pair);
  $value =~ tr/+/ /;
  $value =~ s/%([a-fA-F0-9][a-fA-F0-9])/pack("C", hex($1))/eg;
  $form{$name} = $value;
}
`;
const perl = (text: string): string => `#!/usr/bin/perl\n${perlForm}${text}\nprint "${done}\\n\\nsent\\n";\n`;
const python = (text: string): string =>
  `#!/usr/bin/env python3\nimport os, subprocess, sys\nfrom urllib.parse import parse_qs\nform = {k: v[0] for k, v in parse_qs(sys.stdin.read()).items()}\n${text}\nprint("${done}\\n\\nsent")\n`;
const php = (text: string): string => `#!/usr/bin/env php-cgi\n<?php\n${text}\nheader('${done}');\necho "sent\\n";\n`;
const shell = (text: string): string => `#!/bin/sh
body=$(head -c "\${CONTENT_LENGTH:-0}")
field() { printf '%s' "$body" | tr '&' '\\n' | sed -n "s/^$1=//p" | sed 's/+/ /g; s/%0D//g; s/%\\([0-9A-F][0-9A-F]\\)/\\\\x\\1/g'; }
email=$(printf '%b' "$(field email | sed 's/\\\\x0A/\\\\n/g; s/\\\\x40/@/g; s/\\\\x3A/:/g')")
${text}
printf '${done}\\n\\nsent\\n'
`;

export const formMailers: readonly FormMailer[] = [
  {
    what: "Perl in the style of FormMail 1.92",
    ...{ needs: "perl", name: "formmail.pl", injected: true },
    text: perl(`$mailprog = 'sendmail -i -t';
open(MAIL, "|$mailprog");
print MAIL "To: webmaster\\@example.org\\n";
print MAIL "From: $form{'email'} ($form{'realname'})\\n";
print MAIL "Subject: $form{'subject'}\\n\\n";
print MAIL "Below is the result of your feedback form.\\n", "-" x 75, "\\n\\n$form{text}\\n";
close (MAIL);`),
  },
  {
    what: "Perl in the style of nms FormMail, which cleans what it gets",
    ...{ needs: "perl", name: "nms.pl", injected: false },
    text: perl(`sub strip_nonprint { my ($t) = @_; $t =~ tr#\\011\\040-\\176\\240-\\377# #cs; return $t }
open(my $mail, '|-', 'sendmail', '-oi', '-t') or die "sendmail: $!";
print $mail "X-Mailer: NMS FormMail\\nTo: webmaster\\@example.org\\nFrom: ", strip_nonprint($form{email}), "\\nSubject: ", strip_nonprint($form{subject}), "\\n\\n$form{text}\\n";
close($mail) or die;`),
  },
  {
    what: "Perl with the sender as an argument",
    ...{ needs: "perl", name: "argument.pl", injected: false },
    text: perl(`open(my $mail, '|-', 'sendmail', '-oi', '-f', 'form@example.org', 'webmaster@example.org') or die;
print $mail "To: webmaster\\@example.org\\nSubject: Feedback\\n\\n$form{email}\\n$form{text}\\n";
close($mail);`),
  },
  {
    what: "PHP's mail() with a From that is refused from PHP 8 on only where it is an array",
    ...{ needs: "php-cgi", name: "mail.php", injected: true },
    text: php(
      "mail('webmaster@example.org', $_POST['subject'], $_POST['text'], 'From: ' . str_replace(\"\\r\", '', $_POST['email']));",
    ),
  },
  {
    what: "PHP's mail() with the address in the text",
    ...{ needs: "php-cgi", name: "text.php", injected: false },
    text: php("mail('webmaster@example.org', $_POST['subject'], $_POST['email'] . \"\\n\" . $_POST['text']);"),
  },
  {
    what: "PHP with popen",
    ...{ needs: "php-cgi", name: "popen.php", injected: true },
    text: php(
      "$m = popen('sendmail -t -i', 'w');\nfwrite($m, \"To: webmaster@example.org\\nReply-To: {$_POST['email']}\\nSubject: {$_POST['subject']}\\n\\n{$_POST['text']}\\n\");\npclose($m);",
    ),
  },
  {
    what: "Python with a message that it joins itself",
    ...{ needs: "python3", name: "joined.py", injected: true },
    text: python(
      'text = f"To: webmaster@example.org\\nFrom: {form[\'email\']}\\nSubject: {form[\'subject\']}\\n\\n{form[\'text\']}\\n"\nsubprocess.run(["sendmail", "-t", "-oi"], input=text.encode(), check=True)',
    ),
  },
  {
    what: "Python with email.message, with an attachment",
    ...{ needs: "python3", name: "message.py", injected: false },
    text: python(
      'from email.message import EmailMessage\nm = EmailMessage()\nm["To"] = "webmaster@example.org"\nm["Subject"] = "Grüße"\nm["From"] = form["email"].splitlines()[0]\nm.set_content(form["text"])\nm.add_attachment(b"\\x00\\x01", maintype="application", subtype="octet-stream", filename="a.bin")\nsubprocess.run(["sendmail", "-t", "-oi"], input=m.as_bytes(), check=True)',
    ),
  },
  {
    what: "a shell script with a here document",
    ...{ needs: "sh", name: "here.sh", injected: true },
    text: shell("sendmail -t <<END\nTo: webmaster@example.org\nFrom: $email\nSubject: Feedback\n\n$(field text)\nEND"),
  },
  {
    what: "a shell script that passes the recipient",
    ...{ needs: "sh", name: "recipient.sh", injected: false },
    text: shell(
      "{ printf 'Subject: Feedback\\n\\n'; field text; echo; echo \"$email\"; } | sendmail webmaster@example.org",
    ),
  },
  {
    what: "Python with smtplib and a text that it joins itself",
    ...{ needs: "python3", name: "joined-smtp.py", injected: true },
    text: python(
      'import smtplib\ntext = f"To: webmaster@example.org\\r\\nFrom: {form[\'email\']}\\r\\nSubject: {form[\'subject\']}\\r\\n\\r\\n.{form[\'text\']}\\r\\n"\nwith smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ["SMTP_PORT"])) as s:\n  s.login("me", "secret")\n  s.sendmail("form@example.org", ["webmaster@example.org"], text)',
    ),
  },
  {
    what: "Python with smtplib and email.message",
    ...{ needs: "python3", name: "send_message.py", injected: false },
    text: python(
      'import smtplib\nfrom email.message import EmailMessage\nm = EmailMessage()\nm["To"] = "webmaster@example.org"\nm["Subject"] = "Grüße"\nm["From"] = form["email"].splitlines()[0]\nm.set_content(form["text"])\nsmtplib.SMTP(os.environ["SMTP_HOST"], os.environ["SMTP_PORT"]).send_message(m)',
    ),
  },
  {
    what: "Perl with Net::SMTP",
    ...{ needs: "perl", name: "net-smtp.pl", injected: true },
    text: perl(`use Net::SMTP;
my $smtp = Net::SMTP->new($ENV{SMTP_HOST}, Port => $ENV{SMTP_PORT}) or die "no server";
$smtp->mail('form@example.org'); $smtp->to('webmaster@example.org');
$smtp->data(); $smtp->datasend("To: webmaster\\@example.org\\nFrom: $form{email}\\nSubject: $form{subject}\\n\\n$form{text}\\n");
$smtp->dataend() or die "not sent"; $smtp->quit;`),
  },
  {
    what: "Perl in the style of Mail::Sender, over a socket",
    ...{ needs: "perl", name: "sender.pl", injected: false },
    text: perl(`use IO::Socket::INET;
my $s = IO::Socket::INET->new(PeerAddr => $ENV{SMTP_HOST}, PeerPort => $ENV{SMTP_PORT}, Proto => 'tcp') or die $!;
sub say_to { print $s "$_[0]\\r\\n" if $_[0]; my $line; do { $line = <$s> } while ($line =~ /^\\d+-/); die $line if $line =~ /^[45]/ }
say_to(''); say_to('EHLO localhost'); say_to('AUTH LOGIN'); say_to('bWU='); say_to('c2VjcmV0');
say_to('MAIL FROM:<form@example.org>'); say_to('RCPT TO:<webmaster@example.org>'); say_to('DATA');
(my $subject = $form{subject}) =~ s/[\\r\\n]+/ /g;
say_to("To: webmaster\\@example.org\\r\\nSubject: $subject\\r\\n\\r\\n$form{email}\\r\\n$form{text}\\r\\n."); say_to('QUIT');`),
  },
  {
    what: "PHP with an SMTP class of its own",
    ...{ needs: "php-cgi", name: "smtp.php", injected: true },
    text: php(`class Smtp {
  private $s;
  function __construct() { $this->s = fsockopen(getenv('SMTP_HOST'), getenv('SMTP_PORT'), $no, $why, 5); $this->say(null); $this->say('HELO localhost'); }
  function say($line) { if ($line !== null) fwrite($this->s, "$line\\r\\n"); do { $reply = fgets($this->s); } while (substr($reply, 3, 1) === '-'); if ($reply >= '400') throw new Exception($reply); }
  function send($to, $headers, $text) { $this->say('MAIL FROM:<form@example.org>'); $this->say("RCPT TO:<$to>"); $this->say('DATA'); $this->say("To: $to\\r\\n$headers\\r\\n\\r\\n$text\\r\\n."); $this->say('QUIT'); }
}
(new Smtp)->send('webmaster@example.org', "From: {$_POST['email']}\\r\\nSubject: {$_POST['subject']}", $_POST['text']);`),
  },
];
