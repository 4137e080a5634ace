#!/usr/bin/env perl
# The CGI script below, unmodified, as a PSGI application: plackup, Starman, uwsgi and CGI Workbench take this file. It
# is the first step of a rewrite: answer one path after another here, and leave the rest to the script.
#
# Each process serves one request at a time, since a script has the environment and the standard streams to itself. The
# script is compiled for each request; modules stay loaded, and so do package variables. END blocks of the script run at
# its end, those of modules at the end of the process. A local redirect becomes a redirect of the client.
use strict;
use warnings;
no warnings qw(exiting redefine);    # A server may have an exit of its own.
use B ();
use Cwd ();
use File::Basename ();
use POSIX ();

my $script;
BEGIN {
    $script = File::Basename::dirname(Cwd::abs_path(__FILE__)) . '/' . 'legacy.pl';
    # A process that the script forks ends, as with CGI: it must not go on as the server.
    *CORE::GLOBAL::exit = sub (;$) {
        last CGI_SCRIPT if $$ == ($CGIScript::process // 0);
        CORE::exit(@_ ? $_[0] // 0 : 0);
    };
    *CORE::GLOBAL::fork = sub () {
        my $pid = CORE::fork();
        push @CGIScript::forked, $pid if $pid and $CGIScript::process;
        return $pid;
    };
}
my %own_variables = %ENV;

my $application = sub {
    my $environment = shift;
    my $body = temporary_file();
    while ($environment->{'psgi.input'}->read(my $part, 65_536)) { print {$body} $part }
    my $output = temporary_file();
    my ($folder, $mask, %signals) = (Cwd::getcwd(), umask, %SIG);
    my $has_errors = !tied *STDERR && (fileno STDERR // -1) == 2;
    my @own = map { POSIX::dup($_) } 0, 1, 2;
    seek $body, 0, 0;
    POSIX::dup2(fileno $body, 0);
    POSIX::dup2(fileno $output, 1);    # What the script, and programs that it starts, write to standard output.
    my $error = run_script($environment);
    # What the script has changed of the process: the server and the next request have it, too.
    alarm 0;
    put_back_signals(\%signals);
    umask $mask;
    # perl holds back what is written to a STDERR that the script has opened again.
    if ($has_errors) { my $selected = select STDERR; $| = 1; select $selected }
    for my $descriptor (0 .. 2) { POSIX::dup2($own[$descriptor], $descriptor); POSIX::close($own[$descriptor]) }
    open STDERR, '>&=', 2 if $has_errors and (fileno STDERR // -1) != 2;
    chdir $folder;
    reap_forked();
    seek $output, 0, 0;
    my $text = do { local $/; readline $output } // '';
    if ($error ne '') {
        die $error if $text !~ /^\r?\n/m;
        $environment->{'psgi.errors'}->print($error);    # As with CGI, what it responded counts.
    }
    return response_of($text);
};

sub temporary_file { open my $file, '+>>:raw', undef or die "No temporary file: $!\n"; return $file }

sub run_script {
    my $environment = shift;
    local %ENV = %own_variables;
    # With a header Proxy a client would choose the proxy of the script's own requests.
    my @names = grep { !/\./ && $_ ne 'HTTP_PROXY' && !ref $environment->{$_} } keys %$environment;
    @ENV{@names} = @$environment{@names};
    @ENV{qw(GATEWAY_INTERFACE SCRIPT_FILENAME)} = ('CGI/1.1', $script);
    my $errors = *STDERR{IO};
    local (*STDIN, *STDOUT, *STDERR);
    *STDERR = $errors;
    open STDIN, '<&=', 0;
    open STDOUT, '>&=', 1;
    my $selected = select STDOUT;
    my $pid = $$;
    local ($0, $@, $CGIScript::process) = ($script, '', $pid);
    local ($/, $\, $,, $", $;) = ("\n", undef, undef, ' ', "\034");
    local @ARGV;
    if (defined &CGI::initialize_globals) { CGI::initialize_globals(); no warnings 'once'; undef $CGI::Q }
    chdir File::Basename::dirname($script);
    my $error = '';
    CGI_SCRIPT: { run_file(); $error = $@ }
    local $? = $error eq '' ? 0 : 255;
    for my $block (take_end_blocks()) {
        CGI_SCRIPT: { eval { $block->(); 1 } or $error .= $@ }
    }
    if ($$ != $pid) { print STDERR $error; CORE::exit($error eq '' ? 0 : 255) }
    select $selected;
    close STDOUT;
    return "$error";
}

sub file_of { return B::svref_2object($_[0])->FILE // '' }

# Those of the script, in their order. What modules have added stays, as they do.
sub take_end_blocks {
    my $list = B::end_av();
    my @blocks = $list->isa('B::SPECIAL') ? () : map { $_->object_2svref } $list->ARRAY;
    my @own = grep { file_of($blocks[$_]) eq $script } 0 .. $#blocks;
    splice @{$list->object_2svref}, $_, 1 for reverse @own;
    return @blocks[@own];
}

# The handlers that the script has set, and IGNORE and DEFAULT of anybody. A module sets its own handlers once.
sub put_back_signals {
    my $own = shift;
    for my $name (keys %{{%SIG, %$own}}) {
        my ($is, $was) = ($SIG{$name}, $own->{$name});
        my $code = ref $is eq 'CODE' ? $is : ($is // '') =~ /::/ && defined &$is ? \&$is : undef;
        next if ($is // '') eq ($was // '') or $code && file_of($code) ne $script;
        if (defined $was) { $SIG{$name} = $was } else { delete $SIG{$name} }
    }
}

# Those that the script forked and has not waited for. Others are the server's.
sub reap_forked {
    local ($?, $!);
    @CGIScript::forked = grep { waitpid($_, POSIX::WNOHANG()) == 0 } @CGIScript::forked;
}

sub run_file { open_data(); package main; no strict; no warnings; do $script }

# perl itself opens DATA after __DATA__ alone, where a script is not the main program.
sub open_data {
    open main::DATA, '<', $script or die "$script: $!\n";
    while (my $line = <main::DATA>) { if ($line =~ /^__END__\s*$/) { $. = 0; return } }
    close main::DATA;
}

# Status, headers and body of a CGI response (RFC 3875, section 6).
sub response_of {
    my ($head, $body) = split /^\r?\n/m, shift, 2;
    my ($status, @headers);
    for my $line (split /\r?\n/, $head // '') {
        my ($name, $value) = $line =~ /\A([^:\s]+):\s*(.*?)\s*\z/
            or die "The script's output begins with no header: $line\n";
        if (lc $name eq 'status') { ($status) = $value =~ /\A(\d{3})/ } else { push @headers, $name, $value }
    }
    die "The script wrote no header.\n" if !defined $status and !@headers;
    my %has = map { lc, 1 } @headers[grep { $_ % 2 == 0 } 0 .. $#headers];
    return [$status // ($has{location} ? 302 : 200), \@headers, [$body // '']];
}

$application;
