#!/usr/bin/perl
# Runs one unmodified CGI script, or one PSGI application, as a FastCGI application. Perl 5.26 or later, core modules
# alone.
#
#   cgi-workbench-agent.pl [options] SCRIPT
#
#   --mode=prefork|persistent|psgi  prefork: each request has a process of its own, forked from an interpreter that has
#                              compiled the script. persistent: a process runs the script again and again.
#                              psgi: the file's last value is an application, called for one request at a time.
#   --listen=unix:PATH|tcp:HOST:PORT   Open the socket. Without it, descriptor 0 is the listening socket.
#   --workers=N      Processes that accept connections (with --listen; 1).
#   --children=N     Requests that one worker serves at once (1; with --listen 16).
#   --spare=N        Processes forked before a request comes (prefork; 1).
#   --preload=A,B    Modules to load before the script is compiled.
#   --recycle=N      Replace a persistent process after N requests (1000, in psgi 0: never).
#   --grow=MIB       Replace a persistent process that has grown by so much (64, in psgi 256; 0: never).
#   --modules=drop|keep   Put back (drop) or leave (keep) the variables of modules below the script's folder.
#   --globals=fresh|keep  Put back or leave the package variables of the script (persistent).
#   --detect=FILE    Append to FILE, for each request, a line of JSON with what the script left behind (persistent).
#   --words=pass|ignore   A query without "=" becomes the arguments of the script, or never does.
#   --error500       Respond with status 500 when a script fails before it writes anything.
#
# How it works. Perl compiles the script as its real main program; an INIT block of this file then serves the socket
# and forks. A child returns from that block, so that perl goes on with the script as it always does: END, DATA,
# caller, $0 and exit are genuine. In persistent mode a source filter adds a jump back to the start at the script's
# end; between two requests, the child puts back what the script changed. A script that cannot be run twice in one
# interpreter gets a new child for each request. One that does not compile is executed as plain CGI until it changes.
package CGIWorkbenchAgent;
use strict;
use warnings;
no warnings qw(exiting exec io once redefine);

our %SETTING;                 # The options, and what this system calls things.
our $ATTACHED;                # True in the interpreter that compiles the script.
our $PID = $$;                # A script's own forks must not take themselves for the agent.
our $COMPLETE;                # What persistent mode adds was compiled: it does not lie in a here-document.


# The command line of the agent, and how its settings reach the interpreter that compiles the script: in one
# environment variable, which is removed before the script can see it.
my %DEFAULT = (
    mode => 'prefork', listen => '', workers => 1, children => 0, spare => 1, preload => '', recycle => 1000,
    grow => 64, modules => 'drop', globals => 'fresh', detect => '', words => 'pass', error500 => 0,
);
my %CHOICE = (
    mode => qr/^(?:prefork|persistent|psgi)$/, modules => qr/^(?:keep|drop)$/, globals => qr/^(?:keep|fresh)$/,
    words => qr/^(?:pass|ignore)$/,
);
my $VARIABLE = 'CGI_WORKBENCH_AGENT';

sub usage_error {
    print STDERR "$_[0]\nUsage: cgi-workbench-agent.pl [--mode=prefork|persistent|psgi] [--listen=ADDRESS] SCRIPT\n";
    exit 2;
}

sub read_options {
    %SETTING = %DEFAULT;
    my %given;
    while (@_ and $_[0] =~ /^--([a-z0-9]+)(?:=(.*))?$/s) {
        my ($name, $value) = ($1, $2);
        shift;
        usage_error("There is no option --$name.") unless exists $DEFAULT{$name};
        $value = 1 if $name eq 'error500' and !defined $value;
        usage_error("--$name needs a value: --$name=...") unless defined $value;
        usage_error("--$name needs a number, not \"$value\".") if $DEFAULT{$name} =~ /^\d/ and $value !~ /^\d+$/;
        usage_error("--$name cannot be \"$value\".") if $CHOICE{$name} and $value !~ $CHOICE{$name};
        $SETTING{$name} = $given{$name} = $value;
    }
    usage_error('Name one script.') if @_ != 1;
    require Cwd;
    $SETTING{script} = $_[0] =~ m{^/} ? $_[0] : Cwd::getcwd() . "/$_[0]";
    $SETTING{children} ||= $SETTING{listen} ? 16 : 1;
    $SETTING{agent} = Cwd::abs_path($0);
    $SETTING{perl} = $^X;
    $SETTING{asked} = $SETTING{mode};
    # An application is not a script that leaves things behind.
    @SETTING{qw(recycle grow)} = ($given{recycle} // 0, $given{grow} // 256) if $SETTING{mode} eq 'psgi';
}

# Numbers that differ between systems: the interpreter of the script loads no module for them.
sub read_platform {
    require Fcntl;
    require Errno;
    require Config;
    my ($machine) = $Config::Config{archname} =~ /^([a-z0-9_]+)/;
    my %prctl = (
        x86_64 => 157, aarch64 => 167, riscv64 => 167, i686 => 172, i386 => 172, arm => 172, powerpc64le => 171,
        s390x => 172,
    );
    $SETTING{nonblock} = Fcntl::O_NONBLOCK();
    $SETTING{again} = Errno::EAGAIN();
    $SETTING{interrupted} = Errno::EINTR();
    $SETTING{prctl} = $^O eq 'linux' ? $prctl{$machine} || 0 : 0;
    $SETTING{proc} = -e "/proc/$$/fd/0" ? 1 : 0;
}

# Under -T the values of %ENV may not reach exec or require; what a pattern captured may.
sub settings_to_environment {
    my $escape = sub { my $text = shift; $text =~ s/([%\n=])/sprintf '%%%02x', ord $1/ge; $text };
    $ENV{"${VARIABLE}_FILE"} = $SETTING{agent};
    $ENV{$VARIABLE} = join "\n", map { $escape->($_) . '=' . $escape->($SETTING{$_} // '') } sort keys %SETTING;
}

sub settings_from_environment {
    delete $ENV{"${VARIABLE}_FILE"};
    my $text = delete $ENV{$VARIABLE} // return 0;
    my $plain = sub { my $part = shift; $part =~ s/%([0-9a-f]{2})/chr hex $1/ge; $part =~ /\A(.*)\z/s ? $1 : '' };
    %SETTING = map { /^([^=]*)=(.*)$/ ? ($plain->($1), $plain->($2)) : () } split /\n/, $text;
    for my $name (grep { s/^environment:// } my @names = keys %SETTING) {
        $ENV{$name} = delete $SETTING{"environment:$name"};
    }
    return 1;
}


# Starting: the command line's process opens the socket and becomes the interpreter that compiles the script, or the
# master of such processes.
my $FIRST_LINE = qr{\A#![ \t]*(?:\S*/env(?:[ \t]+-S)?[ \t]+)?\S*perl[\d.]*[ \t]*([^\r\n]*)};

# What the system would pass to perl when it executes the script: all the switches as one argument.
sub switches {
    open my $file, '<:raw', $SETTING{script} or return '';
    my $line = <$file> // '';
    return $line =~ $FIRST_LINE && substr($1, 0, 1) eq '-' ? $1 =~ s/\s+\z//r : '';
}

sub main {
    if (settings_from_environment()) { return $SETTING{asked} eq 'psgi' ? serve_application() : serve_plainly() }
    read_options(@ARGV);
    read_platform();
    $^F = 255;                # The socket has to survive exec.
    my $listener = $SETTING{listen} ? open_socket($SETTING{listen}) : inherited_socket();
    $SETTING{socket} = fileno $listener;
    return become_interpreter() unless $SETTING{listen};
    supervise($listener);
}

sub inherited_socket {
    open my $listener, '+<&', \*STDIN or die "Descriptor 0 is not a socket: $!. Name one with --listen.\n";
    require Socket;
    getsockname $listener or die "Descriptor 0 is not a socket. Name one with --listen.\n";
    open STDIN, '<', '/dev/null' or die "/dev/null: $!\n";
    return $listener;
}

sub open_socket {
    my $address = shift;
    require Socket;
    my $listener;
    if ($address =~ /^unix:(.+)$/s) {
        unlink $1 if -S $1;
        socket $listener, Socket::AF_UNIX(), Socket::SOCK_STREAM(), 0 or die "$address: $!\n";
        bind $listener, Socket::pack_sockaddr_un($1) or die "$address: $!\n";
    }
    elsif ($address =~ /^tcp:\[?(.+?)\]?:(\d+)$/) {
        my ($problem, $found) = Socket::getaddrinfo($1, $2, { socktype => Socket::SOCK_STREAM() });
        die "$address: $problem\n" if $problem;
        socket $listener, $found->{family}, Socket::SOCK_STREAM(), 0 or die "$address: $!\n";
        setsockopt $listener, Socket::SOL_SOCKET(), Socket::SO_REUSEADDR(), 1;
        bind $listener, $found->{addr} or die "$address: $!\n";
    }
    else { usage_error("--listen is unix:PATH or tcp:HOST:PORT, not \"$address\".") }
    listen $listener, 1024 or die "$address: $!\n";
    return $listener;
}

# Replaces this process by the interpreter that compiles the script as its main program.
sub become_interpreter {
    return become_application() if $SETTING{asked} eq 'psgi';
    my $switches = switches();
    $SETTING{mode} = $_[0] // $SETTING{asked};
    $SETTING{parent} //= getppid;
    # perl wraps such a script into a loop of its own, so that it cannot be made to start again.
    $SETTING{mode} = 'prefork' if $switches =~ /(?:^|\s)-[A-LN-Za-ln-z]*[npx]/;
    delete $SETTING{plain};
    settings_to_environment();
    my $start = "-M5;BEGIN{\$ENV{${VARIABLE}_FILE}=~/(.*)/s;require\$1;CGIWorkbenchAgent::attach()}";
    $start .= ';my$cgi_workbench_agent;CGI_WORKBENCH_START:""=~/^/' if $SETTING{mode} eq 'persistent';
    safe_environment();
    exec { $SETTING{perl} } $SETTING{perl}, $start, ($switches ne '' ? $switches : ()), $SETTING{script};
    die "$SETTING{perl}: $!\n";
}

# As become_interpreter, for a script that does not compile: this file alone, which executes the script.
sub become_plain {
    return become_application() if $SETTING{asked} eq 'psgi';
    $SETTING{plain} = 1;
    settings_to_environment();
    safe_environment();
    exec { $SETTING{perl} } $SETTING{perl}, $SETTING{agent};
    die "$SETTING{perl}: $!\n";
}

# Under -T perl refuses exec while these are as they came; the next interpreter puts them back.
sub safe_environment {
    return unless ${^TAINT};
    for my $name (grep { defined $ENV{$_} } qw(PATH IFS CDPATH ENV BASH_ENV)) {
        $SETTING{"environment:$name"} = delete $ENV{$name};
    }
    settings_to_environment();
    $ENV{PATH} = '/usr/bin:/bin';
    for my $name (keys %ENV) { $ENV{$name} = $1 if $name =~ /^$VARIABLE/ and $ENV{$name} =~ /\A(.*)\z/s }
    delete $SETTING{"environment:$_"} for qw(PATH IFS CDPATH ENV BASH_ENV);
}


# The master of --listen: keeps --workers processes, and ends them when it is ended.
my %WORKER;                   # Process id => time of its start.
my $QUICK_SECONDS = 1;
my $IS_BROKEN = 0;            # perl refuses the switches of the script's first line.

sub supervise {
    my $listener = shift;
    my $stopping = 0;
    local $SIG{TERM} = local $SIG{INT} = sub {
        leave() if $$ != $PID;                           # A worker that is just being started.
        $stopping = 1;
        kill TERM => keys %WORKER;
    };
    until ($stopping) {
        start_worker() while keys %WORKER < $SETTING{workers} and !$stopping;
        last if $stopping;
        my $ended = waitpid -1, 0;
        next if $ended <= 0;
        my $started = delete $WORKER{$ended} // next;
        $IS_BROKEN = $? > 255 && time - $started <= $QUICK_SECONDS;
        # Something is wrong with the machine rather than with a request: do not start processes without a pause.
        sleep $QUICK_SECONDS if !$stopping and time - $started <= $QUICK_SECONDS;
    }
    kill TERM => keys %WORKER;
    while (%WORKER) { my $ended = waitpid -1, 0; last if $ended == -1; delete $WORKER{$ended} }
    unlink $1 if $SETTING{listen} =~ /^unix:(.+)$/s;
    exit 0;
}

sub start_worker {
    my $pid = fork // return sleep $QUICK_SECONDS;
    if ($pid == 0) {
        $SIG{TERM} = $SIG{INT} = 'DEFAULT';
        $SETTING{parent} = getppid;
        $IS_BROKEN ? become_plain() : become_interpreter();
    }
    $WORKER{$pid} = time;
}


# FastCGI 1.0: records, name-value pairs, and the query of an indexed search (RFC 3875, section 4.4).
use constant {
    BEGIN_REQUEST => 1, ABORT_REQUEST => 2, END_REQUEST => 3, PARAMS => 4, FCGI_STDIN => 5, FCGI_STDOUT => 6,
    FCGI_STDERR => 7, GET_VALUES => 9, GET_VALUES_RESULT => 10, UNKNOWN_TYPE => 11, RESPONDER => 1,
    REQUEST_COMPLETE => 0, CANT_MPX_CONN => 1, UNKNOWN_ROLE => 3, MAX_CONTENT => 65528,
};

sub record { my ($type, $id, $content) = @_; return pack('CCnnCx', 1, $type, $id, length $content, 0) . $content }

sub stream_records {
    my ($type, $id) = @_;
    my $out = '';
    for (my $at = 0; $at < length $_[2]; $at += MAX_CONTENT) {
        $out .= record($type, $id, substr $_[2], $at, MAX_CONTENT);
    }
    return $out;
}

sub end_request { my ($id, $status, $protocol) = @_; return record(END_REQUEST, $id, pack 'NCx3', $status, $protocol) }

sub pairs {
    my ($at, $end, %pair) = (0, length $_[0]);
    while ($at < $end) {
        my @length = (vec($_[0], $at, 8), vec($_[0], $at + 1, 8));
        if (($length[0] | $length[1]) < 128) { $at += 2 }
        else {
            for my $length (@length) {
                $length = vec $_[0], $at++, 8;
                if ($length > 127) { $length = unpack('N', substr $_[0], $at - 1, 4) & 0x7fffffff; $at += 3 }
            }
        }
        last if $at + $length[0] + $length[1] > $end;
        $pair{substr $_[0], $at, $length[0]} = substr $_[0], $at + $length[0], $length[1];
        $at += $length[0] + $length[1];
    }
    return \%pair;
}

sub values_result {
    my $asked = pairs($_[0]);
    my %value = (FCGI_MAX_CONNS => $SETTING{children}, FCGI_MAX_REQS => $SETTING{children}, FCGI_MPXS_CONNS => 0);
    my $content = join '', map { pack('CC', length, length $value{$_}) . $_ . $value{$_} }
        grep { exists $asked->{$_} } sort keys %value;
    return record(GET_VALUES_RESULT, 0, $content);
}

# The words of `?word+word`, all or none. None begins with "-" (CVE-2012-1823); what a shell takes for its own is
# escaped.
sub search_words {
    my ($method, $query) = @_;
    return () if $query eq '' or $query =~ /=/ or $method !~ /\A(?:GET|HEAD)\z/;
    my @words;
    for my $word (split /\+/, $query, -1) {
        return () unless $word =~ m{\A[A-Za-z0-9\-_.!~*'();/?:\@&,\$%]+\z} and $word !~ /%(?![0-9A-Fa-f]{2})/;
        (my $plain = $word) =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
        return () if $plain =~ /\0/ or $plain =~ /\A-/;
        $plain =~ s/([&;`'"|*?~<>^()\[\]{}\$\\\n])/\\$1/g;
        push @words, $plain;
    }
    return @words;
}


# The event loop of a worker: what to call when a descriptor is readable or writable, and what waits for a time.
my ($READ_BITS, $WRITE_BITS) = ('', '');
my (%ON_READ, %ON_WRITE);     # Descriptor => what to call.
my $LISTENER;
my $STOPPED;
my $STAMP;                    # The script as it was compiled.
my $WATCH_SECONDS = 1;        # How often to see whether the parent is still there.
my $ENDING_SECONDS = 0.05;    # The same, for a child that has closed its output; its end interrupts select, too.

sub on_readable { my $fd = fileno $_[0]; $ON_READ{$fd} = $_[1]; vec($READ_BITS, $fd, 1) = 1 }
sub on_writable { my $fd = fileno $_[0]; $ON_WRITE{$fd} = $_[1]; vec($WRITE_BITS, $fd, 1) = 1 }
sub not_readable { my $fd = fileno $_[0] // return; delete $ON_READ{$fd}; vec($READ_BITS, $fd, 1) = 0 }
sub not_writable { my $fd = fileno $_[0] // return; delete $ON_WRITE{$fd}; vec($WRITE_BITS, $fd, 1) = 0 }
sub forget { not_readable($_[0]); not_writable($_[0]); close $_[0] }

# F_GETFL, F_SETFL and F_SETFD are 3, 4 and 2 wherever perl runs.
sub nonblocking { my $flags = fcntl $_[0], 3, 0; fcntl $_[0], 4, (0 + $flags) | $SETTING{nonblock} }
sub keep_on_exec { fcntl $_[0], 2, 0 }
sub close_on_exec { fcntl $_[0], 2, 1 }
sub would_block { return $! == $SETTING{again} || $! == $SETTING{interrupted} }

sub stamp { my @found = stat $SETTING{script}; return @found ? join '.', @found[0, 1, 7, 9] : '' }

# Returns in a child alone, which then runs the script.
sub serve {
    open $LISTENER, '+<&=', $SETTING{socket} or die "Descriptor $SETTING{socket}: $!\n";
    close_on_exec($LISTENER);
    nonblocking($LISTENER);
    local $SIG{PIPE} = 'IGNORE';
    local $SIG{CHLD} = sub { };                  # It interrupts select.
    adopt_connections();
    accept_when_free();
    eval {
        # perl holds a signal back while its handler runs: the handler leaves the loop, so that TERM can end the process.
        local $SIG{TERM} = local $SIG{INT} = sub { die \$STOPPED };
        serve_requests();
        1;
    } or ref $@ && $@ == \$STOPPED ? end_at_once() : die $@;
}

sub serve_requests {
    while (1) {
        end_at_once() if getppid != $SETTING{parent};
        return if start_waiting();
        return if want_spare() and !ready_now() and spawn();
        prepare_spares() if repeats();
        my ($readable, $writable) = ($READ_BITS, $WRITE_BITS);
        my $count = select $readable, $writable, undef, ending_children() ? $ENDING_SECONDS : $WATCH_SECONDS;
        reap();
        next if $count <= 0;
        for my $fd (grep { vec $writable, $_, 1 } keys %ON_WRITE) { $ON_WRITE{$fd}->() if $ON_WRITE{$fd} }
        for my $fd (grep { vec $readable, $_, 1 } keys %ON_READ) { $ON_READ{$fd}->() if $ON_READ{$fd} }
        accept_when_free();
    }
}

sub ready_now {
    my ($readable, $writable) = ($READ_BITS, $WRITE_BITS);
    return select($readable, $writable, undef, 0) > 0;
}

# TERM: the children first, then this process by the signal itself: END blocks are the script's.
sub end_at_once {
    leave() if $$ != $PID;
    end_children();
    $SIG{TERM} = 'DEFAULT';
    kill TERM => $$;
    sleep 1 while 1;
}

sub accept_when_free {
    if (free_places() > 0) { on_readable($LISTENER, \&accept_connection) unless $ON_READ{fileno $LISTENER} }
    else { not_readable($LISTENER) }
}

# A script that has changed is compiled before the next request is read, when no other is served. Connections stay.
sub script_has_changed {
    return 0 if stamp() eq $STAMP;
    return 1 if active_requests();
    end_children();
    $SETTING{connections} = keep_connections();
    keep_on_exec($LISTENER);
    become_interpreter();
}

sub forget_all_in_child {
    close $LISTENER;
    %ON_READ = %ON_WRITE = ();
    ($READ_BITS, $WRITE_BITS) = ('', '');
}


# A web server's connections, and the records on them.
my %CONNECTION;               # Descriptor => { socket, in, out, request }
my @WAITING;                  # Requests whose PARAMS have come, and that no child serves yet.
my $ACTIVE = 0;               # Requests between BEGIN_REQUEST and END_REQUEST.
my $FULL_BYTES = 1 << 20;     # What may wait in memory, each way.
my $CORKED_BYTES = 1 << 16;   # What may wait for the end of the request.

sub active_requests { return $ACTIVE }
sub free_places { return $SETTING{children} - $ACTIVE }

sub accept_connection {
    return if script_has_changed();
    accept my $socket, $LISTENER or return;
    close_on_exec($socket);
    add_connection($socket);
}

sub add_connection {
    my $socket = shift;
    nonblocking($socket);
    my $connection = { socket => $socket, in => '', out => '' };
    $CONNECTION{fileno $socket} = $connection;
    on_readable($socket, sub { read_connection($connection) });
}

# For the interpreter that compiles the changed script in this process.
sub keep_connections { keep_on_exec($_->{socket}) for values %CONNECTION; return join ',', keys %CONNECTION }
sub adopt_connections {
    for my $fd (split /,/, delete $SETTING{connections} // '') {
        open my $socket, '+<&=', $fd or next;
        close_on_exec($socket);
        add_connection($socket);
    }
}

sub drop_connection {
    my $connection = shift;
    my $socket = delete $connection->{socket} or return;
    delete $CONNECTION{fileno $socket};
    forget($socket);
    $connection->{out} = '';
    abandon($connection->{request}) if $connection->{request};
}

sub read_connection {
    my $connection = shift;
    return if !$connection->{request} and $connection->{in} eq '' and script_has_changed();
    my $count = sysread $connection->{socket}, $connection->{in}, 262_144, length $connection->{in};
    return if !defined $count and would_block();
    return drop_connection($connection) unless $count;
    read_records($connection);
}

sub read_records {
    my $connection = shift;
    my ($at, $have) = (0, length $connection->{in});
    while ($have - $at >= 8) {
        my (undef, $type, $id, $length, $padding) = unpack 'CCnnC', substr $connection->{in}, $at, 8;
        last if $have - $at < 8 + $length + $padding;
        take_record($connection, $type, $id, substr $connection->{in}, $at + 8, $length);
        return unless $connection->{socket};
        $at += 8 + $length + $padding;
    }
    substr $connection->{in}, 0, $at, '';
}

sub take_record {
    my ($connection, $type, $id) = @_;
    my $request = $connection->{request};
    if ($type == GET_VALUES) { return write_connection($connection, values_result($_[3])) }
    if ($id == 0) { return write_connection($connection, record(UNKNOWN_TYPE, 0, pack 'Cx7', $type)) }
    if ($type == BEGIN_REQUEST) {
        my ($role, $flags) = unpack 'nC', $_[3];
        return write_connection($connection, end_request($id, 0, UNKNOWN_ROLE)) if $role != RESPONDER;
        return write_connection($connection, end_request($id, 0, CANT_MPX_CONN)) if $request;
        $ACTIVE++;
        $connection->{request} = { id => $id, keep => $flags & 1, connection => $connection, params => '', body => '' };
        return;
    }
    return if !$request or $request->{id} != $id;
    if ($type == ABORT_REQUEST) { abandon($request) }
    elsif ($type == PARAMS) {
        if (length $_[3]) { $request->{params} .= $_[3] }
        elsif (!$request->{known}++) { push @WAITING, $request }
    }
    elsif ($type == FCGI_STDIN) {
        if (length $_[3]) { $request->{body} .= $_[3] unless $request->{deaf} }
        else { $request->{whole} = 1 }
        feed($request) if $request->{child};
        # Unread until the script has read some of it.
        if (length $request->{body} > $FULL_BYTES and $request->{child}) { not_readable($connection->{socket}) }
    }
}

# What the web server still sends is read: closed with unread bytes, the connection would be reset, the response lost.
sub close_connection {
    my $connection = shift;
    return drop_connection($connection) unless $connection->{unread};
    $connection->{last} = 0;
    shutdown $connection->{socket}, 1;
    on_readable($connection->{socket}, sub {
        my $count = sysread $connection->{socket}, my $bytes, 262_144;
        drop_connection($connection) unless $count or !defined $count && would_block();
    });
}

sub resume_reading {
    my $connection = shift;
    my $socket = $connection->{socket} or return;
    on_readable($socket, sub { read_connection($connection) }) unless $ON_READ{fileno $socket};
}

sub write_connection {
    my $connection = $_[0];
    my $socket = $connection->{socket} or return;
    $connection->{out} .= $_[1];
    return if $connection->{corked} and length $connection->{out} < $CORKED_BYTES;
    while (length $connection->{out}) {
        my $count = syswrite $socket, $connection->{out}, 262_144;
        if (!defined $count) { last if would_block(); return drop_connection($connection) }
        substr $connection->{out}, 0, $count, '';
    }
    if (length $connection->{out}) {
        on_writable($socket, sub { write_connection($connection, '') }) unless $ON_WRITE{fileno $socket};
    }
    elsif ($connection->{last}) { close_connection($connection) }
    elsif ($ON_WRITE{fileno $socket}) {
        not_writable($socket);
        resume_output($connection->{request}) if $connection->{request};
    }
}

sub is_full { return length $_[0]->{out} > $FULL_BYTES }

sub finish_request {
    my ($request, $status) = @_;
    my $connection = $request->{connection};
    delete $connection->{request};
    $ACTIVE--;
    my $last = '';
    if ($status and $SETTING{error500} and !$request->{sent}) {
        $last = stream_records(FCGI_STDOUT, $request->{id},
            "Status: 500 Internal Server Error\r\nContent-Type: text/plain\r\n\r\n"
                . "The script failed with exit status $status.\n");
    }
    $last .= record(FCGI_STDERR, $request->{id}, '') if $request->{complained};
    $last .= record(FCGI_STDOUT, $request->{id}, '') . end_request($request->{id}, $status, REQUEST_COMPLETE);
    $connection->{last} = !$request->{keep};
    $connection->{unread} = !$request->{whole};
    resume_reading($connection) if $request->{keep};
    write_connection($connection, $last);
}


# The processes that run the script: forked, fed, heard and ended.
my @SPARE;                    # Forked and waiting for a request.
my %BUSY;                     # Process id => child that serves a request.
my %ENDED;                    # Process id => true: children that were let go, to be reaped.
my $GRACE_SECONDS = 2;        # Between TERM and KILL.
my $HELD_SECONDS = 2;         # How long to wait for others that hold a child's output when it has ended.
my $GROWTH_REQUESTS = 20;     # How often to see whether a child has grown.

# True in the child.
sub spawn {
    my %child = (served => 0);
    my ($child_in, $child_out, $child_error, $child_control, $child_status);
    if (repeats()) { pipe $child_control, $child{control} or return 0; pipe $child{status}, $child_status or return 0 }
    else {
        pipe $child_in, $child{in} or return 0;
        pipe $child{out}, $child_out or return 0;
        pipe $child{error}, $child_error or return 0;
    }
    my $pid = fork // do { select undef, undef, undef, 0.1; return 0 };
    if ($pid == 0) {
        close $_ for grep { $_ } values %child;
        return become_child([$child_in, $child_out, $child_error], $child_control, $child_status);
    }
    setpgrp $pid, $pid;
    nonblocking($_) for grep { ref } values %child;
    $child{pid} = $pid;
    push @SPARE, \%child;
    return 0;
}

sub want_spare { return !repeats() && !$SETTING{plain} && @SPARE < $SETTING{spare} }

# Gives waiting requests to children. True in a child that was forked for it.
sub start_waiting {
    return call_waiting() if $SETTING{mode} eq 'psgi';
    while (@WAITING) {
        return 1 if !@SPARE and spawn();
        my $child = shift @SPARE or return 0;
        my $request = shift @WAITING;
        ($request->{child}, $child->{request}) = ($child, $request);
        $BUSY{$child->{pid}} = $child;
        give($child, $request);
    }
    return 0;
}

# Of children that go on, which open them before the next request comes.
sub prepare_spares { for my $child (@SPARE) { prepare_pipes($child) unless $child->{theirs} } }

sub prepare_pipes {
    my $child = shift;
    my @theirs;
    for my $way (qw(out error)) {
        pipe $child->{$way}, $theirs[@theirs] or return 0;
        nonblocking($child->{$way});
    }
    $child->{theirs} = \@theirs;
    $child->{message} = pack 'NN', map { fileno $_ } @theirs;
    send_message($child);
    return 1;
}

sub give {
    my ($child, $request) = @_;
    my $message = $request->{params};
    if ($child->{control}) {
        if (!$child->{theirs}) { prepare_pipes($child) or return abandon($request) }
        # A script reads no body without a length.
        if (index($message, 'CONTENT_LENGTH') >= 0) {
            pipe my $theirs, $child->{in} or return abandon($request);
            nonblocking($child->{in});
            push @{$child->{theirs}}, $theirs;
            $message = pack('N', fileno $theirs) . $message;
        }
        else { ($request->{deaf}, $request->{body}, $message) = (1, '', pack('N', 0) . $message) }
        $child->{message} .= pack 'N/a', $message;
        on_readable($child->{status}, sub { read_status($child) });
        send_message($child);
    }
    else { $request->{body} = pack('N/a', $message) . $request->{body} }
    on_readable($child->{out}, sub { hear($child, 'out') });
    on_readable($child->{error}, sub { hear($child, 'error') });
    for my $stream (0, 1) { pass_on($request, $stream, output_of_start($stream)) if length output_of_start($stream) }
    feed($request);
}

sub send_message {
    my $child = shift;
    my $count = syswrite $child->{control}, $child->{message};
    substr $child->{message}, 0, $count, '' if $count;
    if (!length $child->{message}) { not_writable($child->{control}) }
    elsif ($count or would_block()) { on_writable($child->{control}, sub { send_message($child) }) }
}

sub feed {
    my $request = shift;
    my $child = $request->{child};
    my $in = $child->{in} or return;
    while (length $request->{body}) {
        my $count = syswrite $in, $request->{body}, 65_536;
        if (!defined $count) { last if would_block(); $request->{body} = ''; $request->{deaf} = 1; last }
        substr $request->{body}, 0, $count, '';
    }
    if (length $request->{body}) { on_writable($in, sub { feed($request) }) unless $ON_WRITE{fileno $in} }
    elsif ($request->{whole} or $request->{deaf}) { forget(delete $child->{in}) }
    else { not_writable($in) }
    resume_reading($request->{connection}) if length $request->{body} <= $FULL_BYTES;
}

# The last output and the end of a request mostly come together, and are sent so.
sub hear {
    my ($child, $way) = @_;
    my $connection = $child->{request}{connection};
    $connection->{corked} = 1;
    read_output($child, $way);
    read_status($child) if $child->{request} and $child->{status};
    $connection->{corked} = 0;
    write_connection($connection, '');
}

sub read_output {
    my ($child, $way, $to_the_end) = @_;
    my $request = $child->{request};
    while (my $handle = $child->{$way}) {
        return not_readable($handle) if is_full($request->{connection});
        my $count = sysread $handle, my $bytes, MAX_CONTENT;
        return if !defined $count and would_block();
        if (!$count) { forget(delete $child->{$way}); return settle($child) }
        pass_on($request, $way eq 'out' ? 0 : 1, $bytes);
        return if $count < 4096 and !$to_the_end;
    }
}

sub pass_on {
    my ($request, $stream) = @_;
    $request->{$stream ? 'complained' : 'sent'} = 1;
    my $type = $stream ? FCGI_STDERR : FCGI_STDOUT;
    write_connection($request->{connection}, length $_[2] > MAX_CONTENT ? stream_records($type, $request->{id}, $_[2])
        : record($type, $request->{id}, $_[2]));
}

sub resume_output {
    my $child = $_[0]{child} or return;
    for my $way (grep { $child->{$_} } qw(out error)) {
        on_readable($child->{$way}, sub { hear($child, $way) });
    }
}


# How a child's request ends: by its status message (persistent), or by its end; and how a child is ended.

# The child has run the script and goes on.
sub read_status {
    my $child = shift;
    my $count = take_status($child) // return;
    if (!$count) { forget(delete $child->{status}); return settle($child) }       # It ends, or runs another program.
    drain($child);
}

# The length of what it reported; undef when there is nothing yet.
sub take_status {
    my $child = shift;
    my $count = sysread $child->{status}, my $bytes, 8;
    return undef if !defined $count and would_block();
    return 0 unless $count;
    ($child->{exit}, my $is_clean) = unpack 'NN', $bytes;
    ($child->{goes_on}, $child->{abandoned}) = (1, $child->{abandoned} || !$is_clean);
    return $count;
}

sub drain {
    my $child = shift;
    close $_ for @{delete $child->{theirs} || []};
    $child->{held_until} = time + $HELD_SECONDS unless $child->{held_until};
    for my $way (qw(error out)) { read_output($child, $way, 1) if $child->{$way} }
    settle($child);
}

# Answers when status and output are complete.
sub settle {
    my $child = shift;
    my $request = $child->{request} or return;
    collect($child) unless defined $child->{exit};
    return unless defined $child->{exit};
    if ($child->{theirs}) { return drain($child) }
    $child->{held_until} ||= time + $HELD_SECONDS;
    my $is_held = $child->{out} || $child->{error};
    my $is_slow = $request->{connection}{socket} && is_full($request->{connection});
    return if $is_held and ($is_slow or time < $child->{held_until});
    for my $way (qw(in out error)) { forget(delete $child->{$way}) if $child->{$way} }
    delete $BUSY{$child->{pid}};
    my $status = delete $child->{exit};
    delete @$child{qw(request held_until)};
    if ($child->{status}) { not_readable($child->{status}) }
    my $goes_on = delete $child->{goes_on} && !is_worn($child, $is_held);
    delete $request->{child};
    finish_request($request, $status);
    if ($goes_on) { push @SPARE, $child } else { let_go($child) }
}

sub is_worn {
    my ($child, $is_held) = @_;
    my $served = ++$child->{served};
    return 1 if $is_held or $child->{abandoned} or $SETTING{recycle} and $served >= $SETTING{recycle};
    return 0 if !$SETTING{grow} or $served % $GROWTH_REQUESTS != 1;
    open my $file, '<', "/proc/$child->{pid}/statm" or return 0;
    my (undef, $pages) = split ' ', <$file> // '';
    $child->{pages} //= $pages;
    return ($pages - $child->{pages}) / 256 > $SETTING{grow};
}

sub let_go {
    my $child = shift;
    # It ends when it finds the end of its control pipe.
    forget($_) for grep { $_ } delete @$child{qw(control status)};
    return if delete $child->{reaped};
    $ENDED{$child->{pid}} = 1;
}

sub collect {
    my $child = shift;
    return if $child->{reaped} or waitpid($child->{pid}, 1) <= 0;        # WNOHANG
    note_exit($child, $?);
}

sub note_exit {
    my ($child, $wait_status) = @_;
    $child->{reaped} = 1;
    take_status($child) if $child->{status} and !$child->{goes_on};
    my $signal = $wait_status & 127;
    $child->{exit} = $signal ? 128 + $signal : $wait_status >> 8 unless $child->{goes_on};
}

# True while a child's end may come without an event on a descriptor.
sub ending_children {
    return scalar grep { defined $_->{exit} || $_->{kill_at} || has_left($_) } values %BUSY;
}

# It has closed its output, or its status pipe: it ends, or runs another program.
sub has_left { my $child = shift; return !$child->{out} || $child->{control} && !$child->{status} }

sub reap {
    while (%BUSY || %ENDED || @SPARE) {
        my $pid = waitpid -1, 1;
        last if $pid <= 0;
        next if delete $ENDED{$pid};
        if (my $child = $BUSY{$pid}) { note_exit($child, $?); settle($child); next }
        my ($gone) = grep { $_->{pid} == $pid } @SPARE or next;
        @SPARE = grep { $_ != $gone } @SPARE;
        forget($_) for grep { ref } @$gone{qw(in out error control status)};
    }
    for my $child (values %BUSY) {
        if ($child->{kill_at} and time >= $child->{kill_at}) {
            kill KILL => -$child->{pid};
            $child->{kill_at} = time + $GRACE_SECONDS;
        }
        settle($child) if defined $child->{exit} or has_left($child);
    }
}

# ABORT_REQUEST, or the web server has gone.
sub abandon {
    my $request = shift;
    my $child = $request->{child};
    if (!$child) {
        @WAITING = grep { $_ != $request } @WAITING;
        return finish_request($request, 0);
    }
    return if $child->{abandoned}++;
    kill TERM => -$child->{pid};
    $child->{kill_at} = time + $GRACE_SECONDS;
}

sub end_children { kill KILL => map { -$_ } keys %BUSY, keys %ENDED, map { $_->{pid} } @SPARE }


# The interpreter that has compiled the script: what it wrote while it was compiled, and what a child needs before it
# may run it.
# What the script wrote to descriptors 1 and 2 while it was compiled: part of each response.
my @AT_START = ('', '');
my (@CAPTURE, @SAVED, @OWN_OUTPUT, %LAYERS, %DATA);
my $FOLDER;
my $STARTED = 0;

sub output_of_start { return $AT_START[$_[0]] }

# Called by the first statement of the interpreter, before perl reads the script.
sub attach {
    $ATTACHED = 1;
    settings_from_environment();
    $STAMP = stamp();
    ($FOLDER) = $SETTING{script} =~ m{\A(.*)/}s;
    chdir($FOLDER eq '' ? '/' : $FOLDER);
    $^F = 2;
    prepare_repeating() if $SETTING{mode} eq 'persistent';
    for my $module (split /,/, $SETTING{preload}) {
        eval "require $module; 1" or print STDERR "Module $module is not preloaded: $@";
    }
    for my $stream (1, 2) {
        my $handle = $stream == 1 ? \*STDOUT : \*STDERR;
        open $SAVED[$stream - 1], '>&', $handle or next;
        open $CAPTURE[$stream - 1], '+>', undef or next;
        open $handle, '>>&', $CAPTURE[$stream - 1];
    }
    @ARGV = ();
    repeat_source() if $SETTING{mode} eq 'persistent';
}

# After CHECK, before the script's own INIT blocks: the worker stays here.
INIT { initiate() if $ATTACHED }

sub initiate {
    $STARTED = 1;
    for my $stream (0, 1) {
        my $handle = $stream == 0 ? \*STDOUT : \*STDERR;
        flush_handle($handle);
        # The script may have opened it anew in a BEGIN block.
        $OWN_OUTPUT[$stream] = is_same_file($handle, $CAPTURE[$stream]) ? 0 : 1;
        seek $CAPTURE[$stream], 0, 0;
        $AT_START[$stream] = do { local $/; readline $CAPTURE[$stream] } // '';
        close $CAPTURE[$stream];
    }
    $LAYERS{$_} = layers_of($_) for qw(STDIN STDOUT STDERR);
    unless ($OWN_OUTPUT[0]) { open STDOUT, '>&', $SAVED[0] }
    unless ($OWN_OUTPUT[1]) { open STDERR, '>&', $SAVED[1] }
    close $_ for grep { $_ } @SAVED;
    find_data();
    if ($SETTING{mode} eq 'persistent') {
        become_interpreter('prefork') unless $COMPLETE;
        take_snapshot();
    }
    serve();
}

# Runs last of all END blocks. The script did not get as far as INIT: it does not compile, or it exits in BEGIN.
END {
    if ($ATTACHED and !$STARTED and $$ == $PID) {
        open STDERR, '>&', $SAVED[1] if $SAVED[1];
        open STDOUT, '>&', $SAVED[0] if $SAVED[0];
        # What persistent mode adds to the source may be what does not compile.
        become_interpreter('prefork') if $SETTING{mode} eq 'persistent';
        become_plain();
    }
}

sub serve_plainly {
    open my $listener, '+<&=', $SETTING{socket};
    $STAMP = stamp();
    ($FOLDER) = $SETTING{script} =~ m{\A(.*)/}s;
    chdir($FOLDER eq '' ? '/' : $FOLDER);
    $^F = 2;
    serve();
}

sub flush_handle { my $before = select $_[0]; my $was = $|; $| = 1; $| = $was; select $before }
sub is_same_file { return file_id($_[0]) ne 'closed' && file_id($_[0]) eq file_id($_[1]) }

sub layers_of {
    no strict 'refs';
    my @layers = PerlIO::get_layers(*{"main::$_[0]"}, output => $_[0] ne 'STDIN');
    return join '', map { ":$_" } grep { !/^(?:unix|perlio)$/ } @layers;
}

# Forks share the position of DATA: each child opens the script anew, and goes to where the data begin.
sub find_data {
    no strict 'refs';
    for my $package ('main', script_packages()) {
        next unless defined fileno *{"${package}::DATA"};
        my $at = tell *{"${package}::DATA"};
        my $layers = join '', map { ":$_" } grep { !/^(?:unix|perlio)$/ } PerlIO::get_layers(*{"${package}::DATA"});
        $DATA{$package} = [$at, $layers];
    }
}

sub open_data {
    no strict 'refs';
    for my $package (keys %DATA) {
        close *{"${package}::DATA"};
        open *{"${package}::DATA"}, '<', $SETTING{script} or next;
        seek *{"${package}::DATA"}, $DATA{$package}[0], 0;
        binmode *{"${package}::DATA"}, $DATA{$package}[1] if $DATA{$package}[1] ne '';
    }
}

sub script_packages {
    my @lines = split /^/, text_of($SETTING{script}) // '';
    my %found = map { $_ => 1 } map { /^[^#]*\bpackage\s+([A-Za-z_]\w*(?:::\w+)*)/ ? $1 : () } @lines;
    delete $found{main};
    return sort keys %found;
}


# A child: its three descriptors, its variables, and the signals of a process that the agent has nothing to do with.
my %SIGNALS_AT_START = map { $_ => $SIG{$_} } qw(PIPE CHLD TERM INT);
my ($CONTROL, $STATUS_PIPE);  # Of a child that runs the script again and again.

sub become_child {
    my ($streams, $control, $status) = @_;
    setpgrp 0, 0;
    # KILL reaches the worker alone: the system then ends its children (PR_SET_PDEATHSIG).
    syscall $SETTING{prctl}, 1, 9, 0, 0, 0 if $SETTING{prctl};
    leave() if getppid != $PID;
    close $_->{socket} for values %CONNECTION;
    for my $other (@SPARE, values %BUSY) {
        close $_ for grep { ref } @$other{qw(in out error control status)}, @{$other->{theirs} || []};
    }
    %CONNECTION = %BUSY = %ENDED = @SPARE = @WAITING = ();
    forget_all_in_child();
    for my $signal (keys %SIGNALS_AT_START) {
        my $was = $SIGNALS_AT_START{$signal};
        if (defined $was) { $SIG{$signal} = $was } else { delete $SIG{$signal} }
    }
    if ($control) {
        ($CONTROL, $STATUS_PIPE) = ($control, $status);
        close $_ for \*STDIN, $OWN_OUTPUT[0] ? () : \*STDOUT, $OWN_OUTPUT[1] ? () : \*STDERR;
        begin_repeating();
    }
    else { take_only_request($streams) }
    return 1;
}

# Without END blocks and destructors: they belong to the script, which has not run.
sub leave { kill KILL => $$; sleep 1 while 1 }

sub take_only_request {
    my ($in, $out, $error) = @{$_[0]};
    open_stream('STDIN', '<', '/dev/null');
    open_stream('STDOUT', '>&', $out) unless $OWN_OUTPUT[0];
    open_stream('STDERR', '>&', $error) unless $OWN_OUTPUT[1];
    close $_ for $out, $error;
    open_data() unless $SETTING{plain};
    clean_specials();
    my $variables = pairs(read_exactly($in, unpack 'N', read_exactly($in, 4)));
    open_stream('STDIN', '<&', $in) if has_body($variables);
    close $in;
    set_variables($variables);
    execute_plainly() if $SETTING{plain};
    clean_errors();
}

sub open_stream {
    my ($name, $how, $from) = @_;
    no strict 'refs';
    close *{"main::$name"};      # Or perl keeps the handle, with its position.
    open *{"main::$name"}, $how, $from or leave();
    binmode *{"main::$name"}, $LAYERS{$name} if length($LAYERS{$name} // '');
}

# sysread without perl's layers; the end of the worker is the child's.
sub read_exactly {
    my ($handle, $length) = @_;
    my $bytes = '';
    while (length $bytes < $length) {
        my $count = sysread $handle, $bytes, $length - length $bytes, length $bytes;
        next if !defined $count and $! == $SETTING{interrupted};
        leave() unless $count;
    }
    return $bytes;
}

sub set_variables {
    my $variables = shift;
    $ENV{$_} = $variables->{$_} for keys %$variables;
    set_arguments($variables);
}

sub set_arguments {
    my $variables = shift;
    my $query = $SETTING{words} eq 'ignore' ? '' : $variables->{QUERY_STRING} // '';
    @ARGV = search_words($variables->{REQUEST_METHOD} // '', $query);
}

# As the gateway starts a script: a request without a body finds an empty stdin.
sub has_body { return ($_[0]{CONTENT_LENGTH} // '') ne '' }

# What perl sets when it starts.
sub clean_specials {
    $PID = $$;
    srand;
    clean_errors();
}

sub clean_errors {
    $^T = time;
    $! = $? = 0;
    $@ = '';
}

sub execute_plainly {
    my $switches = switches();
    $^F = 2;
    exec { $SETTING{perl} } $SETTING{perl}, ($switches ne '' ? $switches : ()), $SETTING{script}, @ARGV;
    print STDERR "$SETTING{perl}: $!\n";
    leave();
}


# Persistent mode: the same main program again and again. A source filter ends the script with a jump back to its
# first statement, so that no sub and no eval lies around it.
my ($REPEATS, $STATUS, $ENDING) = (0, 0, 0);
my (@INIT_BLOCKS, @PIPE_IDS);
my ($PARAMS, $VARIABLES) = ('', {});      # Of the last request.

sub repeats { return $REPEATS }

sub prepare_repeating {
    require B;
    require Filter::Util::Call;
    *CORE::GLOBAL::exit = \&exit_of_script;
}

# `exit` at any depth. Where perl cannot jump (in sort, tie, a signal handler), the process ends as it would in CGI.
sub exit_of_script (;$) {
    my $status = @_ ? $_[0] // 0 : 0;
    CORE::exit($status) if !$CONTROL or $$ != $PID;
    if ($ENDING) { $? = $status & 255; eval { next CGI_WORKBENCH_END_BLOCK } }
    else { $STATUS = $status & 255; eval { local $SIG{__DIE__}; goto CGI_WORKBENCH_END } }
    CORE::exit($status);
}

sub repeat_source {
    my ($in_pod, $is_over) = (0, 0);
    # A script may end within POD: both lines are right there, and after code.
    my $end = "\n=pod\n\n=cut\n\n;BEGIN { \$CGIWorkbenchAgent::COMPLETE = 1 } "
        . "CGI_WORKBENCH_END: goto CGI_WORKBENCH_START if CGIWorkbenchAgent::again();\n";
    Filter::Util::Call::filter_add(sub {
        my $count = Filter::Util::Call::filter_read();
        return $count if $is_over;
        if ($count > 0 and /^=([a-zA-Z]\w*)/) { $in_pod = $1 ne 'cut' }
        return $count if $count > 0 and ($in_pod or !/^__(?:END|DATA)__\s*$/);
        return $count if $count < 0;
        ($_, $is_over) = ($end . ($count > 0 ? $_ : ''), 1);
        return 1;
    });
}

# In the worker, when the script is compiled.
sub take_snapshot {
    @INIT_BLOCKS = blocks(B::init_av());
    my $reason = take_lexicals() // ($SETTING{proc} ? undef : 'this system has no /proc');
    if (defined $reason) { print STDERR "Each request gets a new process: $reason.\n"; return }
    take_globals();
    take_process();
    $REPEATS = !$OWN_OUTPUT[0] && !$OWN_OUTPUT[1];
}

sub blocks { return $_[0]->isa('B::SPECIAL') ? () : map { $_->object_2svref } $_[0]->ARRAY }

sub begin_repeating {
    @PIPE_IDS = map { file_id($_) } $CONTROL, $STATUS_PIPE;
    $PID = $$;
    detect_process() if detects();
    take_next();
}

sub file_id { my @found = stat $_[0]; return @found ? "@found[0, 1]" : 'closed' }

# The end of one run of the script. Returns when there is another request.
sub again {
    CORE::exit($STATUS) if !$CONTROL or $$ != $PID;
    detect_end() if detects();
    drop_lexicals();
    run_end_blocks();
    put_back_specials();
    my $is_clean = eval {
        local ($SIG{__DIE__}, $SIG{__WARN__}) = (undef, sub { });
        put_back_lexicals();
        put_back_globals();
        1;
    };
    close STDIN;
    my $has_pipes = "@PIPE_IDS" eq join ' ', map { file_id($_) } $CONTROL, $STATUS_PIPE;
    close STDOUT;             # The status follows at once: the worker then sends both together.
    close STDERR;
    $is_clean &&= are_free();
    if (detects()) {
        put_back_process();
        set_environment({});
        detect_report();
    }
    report($is_clean ? 1 : 0, $has_pipes);
    leave() unless $is_clean;
    put_back_process();
    take_next();
    for my $block (@INIT_BLOCKS) { $block->() }
    return 1;
}

# perl does not close a script's file that came to lie in the place of descriptor 0, 1 or 2.
sub are_free {
    return !grep { -l "/proc/self/fd/$_" } 0 .. 2;
}

# The script may have closed every descriptor, and opened others in their place.
sub report {
    my ($is_clean, $has_pipes) = @_;
    if ($has_pipes) {
        local ($\, $,);
        return if syswrite $STATUS_PIPE, pack 'NN', $STATUS, $is_clean;
    }
    # Its exit status is all that can be told. exec, since exit would run the END blocks again.
    exec { $SETTING{perl} } $SETTING{perl}, '-e', "exit $STATUS";
    leave();
}

sub run_end_blocks {
    my @blocks = blocks(B::end_av()) or return;
    pop @blocks;              # The agent's own.
    ($ENDING, $?) = (1, $STATUS);
    CGI_WORKBENCH_END_BLOCK: for my $block (@blocks) {
        next if eval { $block->(); 1 };
        print STDERR $@, "END failed--call queue aborted.\n";
        $? = $! + 0 || $? >> 8 || 255;
    }
    ($STATUS, $ENDING) = ($? & 255, 0);
}

# What can be ready before the request comes, is: its environment, too, if it is that of the request before.
sub take_next {
    $STATUS = 0;
    set_environment($VARIABLES);
    open_stream('STDIN', '<', '/dev/null');
    my ($out, $error) = unpack 'NN', read_exactly($CONTROL, 8);
    open_stream('STDOUT', '>', workers_file($out));
    open_stream('STDERR', '>', workers_file($error));
    open_data();
    clean_specials();
    my ($in, $params) = unpack 'Na*', read_exactly($CONTROL, unpack 'N', read_exactly($CONTROL, 4));
    if ($params ne $PARAMS) {
        ($PARAMS, $VARIABLES) = ($params, pairs($params));
        set_environment($VARIABLES);
    }
    set_arguments($VARIABLES);
    open_stream('STDIN', '<', workers_file($in)) if $in and has_body($VARIABLES);
    detect_begin() if detects();
    clean_errors();
}

sub workers_file {
    my ($worker, $fd) = map { /\A(\d+)\z/ ? $1 : leave() } getppid, $_[0];
    return "/proc/$worker/fd/$fd";
}


# The script's `my` variables between two runs, and what makes a script that cannot be run twice.
#
# The jump back leaves no block, so that the file's own variables keep their place, and named subs share them as in a
# fresh process. They are emptied here: at the end of the run those that no named sub holds, as perl does before END
# blocks; the others after them.
my (@FREE_LEXICALS, @HELD_LEXICALS);

# What keeps the script from being run again, or undef.
sub take_lexicals {
    my ($names, $values) = B::main_cv()->PADLIST->ARRAY;
    my @names = $names->ARRAY;
    my @values = $values->ARRAY;
    my ($file_end) = map { $_->COP_SEQ_RANGE_HIGH } grep { pad_name($_) eq '$cgi_workbench_agent' } @names;
    my ($held_by, $reason) = held_lexicals();
    return $reason if defined $reason;
    for my $at (0 .. $#names) {
        my $name = pad_name($names[$at]);
        next if $name !~ /^[\$\@%]\w/ or $name eq '$cgi_workbench_agent' or $names[$at]->FLAGS & B::SVpad_OUR();
        return "`state $name` is set once in a process" if $names[$at]->FLAGS & B::SVpad_STATE();
        my $holder = delete $held_by->{${$values[$at]}};
        my $is_file_level = $names[$at]->COP_SEQ_RANGE_HIGH == $file_end;
        return "sub $holder->[0] keeps `my $name` of a block from one run to the next" if $holder and !$is_file_level;
        next unless $is_file_level;
        my $kept = keep($values[$at]->object_2svref);
        # perl empties a variable at its own end only if nothing refers to it.
        if ($holder) { push @HELD_LEXICALS, $kept } else { push @FREE_LEXICALS, [$kept->[0], $at, $kept->[2]] }
    }
    # Of BEGIN blocks, and of modules below the script's folder.
    push @HELD_LEXICALS, map { keep($_->[1]->object_2svref) } values %$held_by;
    return undef;
}

sub pad_name { my $name = $_[0]; return $name->isa('B::SPECIAL') ? '' : $name->PV // '' }

# Address => [sub, value] of what named subs and END blocks hold of the variables around them.
sub held_lexicals {
    my %held;
    my @subs = map { ['END', B::svref_2object($_)] } blocks(B::end_av());
    for my $package ('main', script_packages(), dropped_packages()) { push @subs, package_subs($package) }
    for my $found (@subs) {
        my ($sub_name, $code) = @$found;
        next if !is_own_file($code->FILE // '') or $code->PADLIST->isa('B::SPECIAL') or !${$code->PADLIST};
        my ($names, $values) = $code->PADLIST->ARRAY;
        my @names = $names->ARRAY;
        my @values = $values->ARRAY;
        for my $at (0 .. $#names) {
            my $name = pad_name($names[$at]);
            next if $name !~ /^[\$\@%]\w/ or $names[$at]->FLAGS & B::SVpad_OUR();
            if ($names[$at]->FLAGS & B::SVf_FAKE()) { $held{${$values[$at]}} = [$sub_name, $values[$at]] }
            elsif ($names[$at]->FLAGS & B::SVpad_STATE()) { return (\%held, "`state $name` is set once in a process") }
        }
    }
    return (\%held, undef);
}

sub package_subs {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    return map { [$_, B::svref_2object(\&{"${package}::$_"})] }
        grep { !/::\z/ && defined &{"${package}::$_"} } sort keys %$stash;
}

sub is_own_file {
    my $file = shift;
    return 1 if $file eq $SETTING{script};
    return $SETTING{modules} eq 'drop' && (index($file, "$FOLDER/") == 0 || $file !~ m{^/});
}

sub dropped_packages {
    return () if $SETTING{modules} eq 'keep';
    my @modules = grep { /\.pm\z/ && is_own_file($INC{$_} // '/') } sort keys %INC;
    return map { s/\.pm\z//r =~ s{/}{::}gr } @modules;
}

# A variable with what it holds now.
sub keep {
    my $variable = shift;
    my $type = ref $variable;
    return [$type, $variable, copy($type eq 'ARRAY' ? [@$variable] : $type eq 'HASH' ? {%$variable} : $$variable)];
}

# Objects and subs are themselves; plain structures are copied.
sub copy {
    my $value = shift;
    return [map { copy($_) } @$value] if ref $value eq 'ARRAY';
    return {map { $_ => copy($value->{$_}) } keys %$value} if ref $value eq 'HASH';
    return $value;
}

sub put_back {
    my ($type, $variable, $value) = @{$_[0]};
    if ($type eq 'ARRAY') {
        untie @$variable if tied @$variable;
        return if !@$variable and !@$value or is_same_list($variable, $value);
        @$variable = @{copy($value)};
    }
    elsif ($type eq 'HASH') {
        untie %$variable if tied %$variable;
        %$variable = %{copy($value)} if %$variable or %$value;
        keys %$variable;      # The iterator of each().
    }
    else {
        untie $$variable if tied $$variable;
        if (defined $value) { $$variable = copy($value) }
        elsif (defined $$variable) { undef $$variable }
    }
}

sub is_same_list {
    my ($one, $other) = @_;
    return 0 if @$one != @$other or grep { !defined || ref } @$one, @$other;
    for my $at (0 .. $#$one) { return 0 if $one->[$at] ne $other->[$at] }
    return 1;
}

sub drop_lexicals {
    my $values = (B::main_cv()->PADLIST->ARRAY)[1];
    put_back([$_->[0], $values->ARRAYelt($_->[1])->object_2svref, $_->[2]]) for reverse @FREE_LEXICALS;
}
sub put_back_lexicals { put_back($_) for reverse @HELD_LEXICALS }


# Package variables, file handles, subs and loaded files between two runs: those of the script's packages, of modules
# below its folder, and of CGI, which keeps the request's parameters.
my %GLOBAL;                   # Name => glob: what was there when the script was compiled.
my (@VARIABLES, @SCALARS, @SUBS, @WITHOUT_ARRAY, @WITHOUT_HASH, @CLOSED);
my %SYMBOLS;                  # Package => number of its symbols.
my (%LOADED, @PATHS);
my $HANDLES = qr/ARGV|ARGVOUT|STDIN|STDOUT|STDERR|stdin|stdout|stderr|DATA/;
my $NOT_OURS = qr/::\z|\A\W|\A\d|\A_<|\A(?:ENV|INC|SIG|$HANDLES|_|BEGIN|END|INIT|CHECK|UNITCHECK|__ANON__)\z/;

sub own_packages {
    return ('main', script_packages(), dropped_packages(), $INC{'CGI.pm'} ? 'CGI' : ());
}

sub take_globals {
    take_package($_) for own_packages();
    take_named_packages('main');
    %LOADED = %INC;
    @PATHS = @INC;
}

sub take_package {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    for my $symbol (keys %$stash) {
        next if $symbol =~ $NOT_OURS or ref \$stash->{$symbol} ne 'GLOB' or $GLOBAL{"${package}::$symbol"};
        $GLOBAL{"${package}::$symbol"} = take_symbol("${package}::$symbol");
    }
    $SYMBOLS{$package} = keys %$stash;
}

# Variables of other packages that the script was the first to name.
sub take_named_packages {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    for my $symbol (keys %$stash) {
        my $name = $package eq 'main' ? $symbol : "${package}::$symbol";
        if ($symbol =~ /\A(\w+)::\z/) {
            my $below = $package eq 'main' ? $1 : "${package}::$1";
            take_named_packages($below) if $below !~ /\A(?:main|CORE|CGIWorkbenchAgent|B)\z/;
        }
        elsif ($package ne 'main' and $symbol !~ $NOT_OURS and ref \$stash->{$symbol} eq 'GLOB' and !$GLOBAL{$name}) {
            my $file = B::svref_2object(\*$name)->FILE // '';
            $GLOBAL{$name} = take_symbol($name) if $file =~ m{^/} and $file ne $SETTING{agent} and is_own_file($file);
        }
    }
}

sub take_symbol {
    my $name = shift;
    no strict 'refs';
    return \*$name if $SETTING{globals} eq 'keep' and $name !~ /^CGI::/;
    my $has_scalar = !B::svref_2object(\*$name)->SV->isa('B::SPECIAL');
    my @slots = grep { defined *$name{$_} } $has_scalar ? 'SCALAR' : (), 'ARRAY', 'HASH';
    @slots = grep { $_ eq 'SCALAR' || $name =~ /^CGI::QUERY_/ } @slots if $name =~ /^CGI::/;
    my @variables = $name =~ /::EXPORT(?:_\w+)?\z/ ? () : map { keep(*$name{$_}) } @slots;
    @variables = grep { $_->[0] =~ /^(?:ARRAY|HASH)$/ || !Internals::SvREADONLY(${$_->[1]}) } @variables;
    # Most are scalars without references, and quickly put back.
    push @SCALARS, grep { $_->[0] eq 'SCALAR' && defined $_->[2] && !ref $_->[2] } @variables;
    push @VARIABLES, grep { $_->[0] ne 'SCALAR' || !defined $_->[2] || ref $_->[2] } @variables;
    my $code = defined &$name ? \&$name : undef;
    my $glob = \*$name;
    # A library's sub that the script imported has no variables beside it, and is not replaced.
    return $glob if $name =~ /^CGI::/ or $code and !@variables and !is_own_file(B::svref_2object($code)->FILE // '/');
    push @SUBS, [$name, $glob, $code];
    push @WITHOUT_ARRAY, $glob unless *$name{ARRAY};
    push @WITHOUT_HASH, $glob unless *$name{HASH};
    push @CLOSED, $glob unless *$name{IO} and defined fileno *$name;
    return $glob;
}

sub put_back_globals {
    put_back($_) for @VARIABLES;
    for (@SCALARS) {
        my (undef, $variable, $value) = @$_;
        untie $$variable if tied $$variable;
        $$variable = $value;
    }
    for my $glob (@WITHOUT_ARRAY) { put_back(['ARRAY', *$glob{ARRAY}, []]) if *$glob{ARRAY} }
    for my $glob (@WITHOUT_HASH) { put_back(['HASH', *$glob{HASH}, {}]) if *$glob{HASH} }
    for my $glob (@CLOSED) { close_handle($glob) if *$glob{IO} }
    for my $sub (@SUBS) {
        my $is = *{$sub->[1]}{CODE};
        put_back_sub(@$sub[0, 2]) if $is ? !$sub->[2] || $is != $sub->[2] : $sub->[2];
    }
    no strict 'refs';
    drop_new_symbols($_) for grep { $SETTING{globals} ne 'keep' && keys %{"${_}::"} != $SYMBOLS{$_} } keys %SYMBOLS;
    put_back_loaded();
}

sub close_handle {
    my $glob = shift;
    untie *$glob if tied *$glob;
    if (defined fileno *$glob) { close *$glob } else { closedir *$glob }
}

sub put_back_sub {
    my ($name, $code) = @_;
    no strict 'refs';
    if (!defined &$name) { *$name = $code if $code }
    elsif (!$code) { undef &$name }
    elsif (\&$name != $code) { *$name = $code }
}

# They stay as names: compiled code may refer to them.
sub drop_new_symbols {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    for my $symbol (grep { $_ !~ $NOT_OURS && !$GLOBAL{"${package}::$_"} } keys %$stash) {
        next if $package eq 'CGI' or ref \$stash->{$symbol} ne 'GLOB';
        my $name = "${package}::$symbol";
        close_handle(\*$name) if *$name{IO};
        undef $$name unless Internals::SvREADONLY($$name);
        @$name = () if *$name{ARRAY};
        %$name = () if *$name{HASH};
        undef &$name if defined &$name;
        $GLOBAL{$name} = take_symbol($name);
    }
    $SYMBOLS{$package} = keys %$stash;
}

# A file below the script's folder is loaded again when the script asks for it; a library's stays.
sub put_back_loaded {
    @INC = @PATHS;
    return if keys %INC == keys %LOADED;
    for my $file (grep { !exists $LOADED{$_} } keys %INC) {
        if (is_own_file($INC{$file} // '')) { delete $INC{$file} } else { $LOADED{$file} = $INC{$file} }
    }
}


# perl's special variables, and the process: environment, folder, umask, signals, timer, locale, between two runs.
my (%SPECIAL, %ENVIRONMENT, %SIGNALS, $UMASK, $LOCALE, $TIME_ZONE);
my @SPECIAL_NAMES = ('/', '\\', ',', ';', '"', '0', "\x17", "\x06", "\x0c", ':');     # ^W ^F ^L

sub take_process {
    no strict 'refs';
    %SPECIAL = map { $_ => ${"main::$_"} } @SPECIAL_NAMES;
    %ENVIRONMENT = %ENV;
    %SIGNALS = %SIG;
    $SIGNALS{$_} = $SIGNALS_AT_START{$_} for keys %SIGNALS_AT_START;
    $UMASK = umask;
    ($LOCALE, $TIME_ZONE) = (POSIX::setlocale(POSIX::LC_ALL()), join ' ', POSIX::tzname()) if $INC{'POSIX.pm'};
}

sub put_back_specials {
    no strict 'refs';
    for my $name (@SPECIAL_NAMES) {
        my ($is, $was) = (${"main::$name"}, $SPECIAL{$name});
        ${"main::$name"} = $was if defined $is ? !defined $was || $is ne $was : defined $was;
    }
    $_ = undef;
    $^A = '';
    untie *$_ for grep { tied *$_ } \*STDIN, \*STDOUT, \*STDERR;
    for my $handle (\*STDERR, \*STDOUT) {
        select $handle;
        ($|, $=, $-, $%) = (0, 60, 0, 0);
        ($~, $^) = $handle == \*STDOUT ? ('STDOUT', 'STDOUT_TOP') : ('STDERR', 'STDERR_TOP');
    }
}

sub put_back_process {
    alarm 0;
    for my $name (keys %SIG) {
        my ($is, $was) = ($SIG{$name}, $SIGNALS{$name});
        next if defined $is ? defined $was && $is eq $was : !defined $was;
        if (defined $was) { $SIG{$name} = $was } else { delete $SIG{$name} }
    }
    umask $UMASK;
    chdir($FOLDER eq '' ? '/' : $FOLDER);
    POSIX::setlocale(POSIX::LC_ALL(), $LOCALE) if defined $LOCALE and POSIX::setlocale(POSIX::LC_ALL()) ne $LOCALE;
    1 while waitpid(-1, 1) > 0;                          # What the script started and did not wait for.
    { package main; reset }   # m?pattern? matches once.
}

# Changes what differs. Under -T an equal value may have lost its taint.
sub set_environment {
    my %wanted = (%ENVIRONMENT, %{$_[0]});
    for my $name (keys %ENV) { delete $ENV{$name} unless exists $wanted{$name} }
    for my $name (keys %wanted) {
        $ENV{$name} = $wanted{$name} if ${^TAINT} or ($ENV{$name} // "\0") ne $wanted{$name};
    }
    POSIX::tzset() if defined $TIME_ZONE and $TIME_ZONE ne join ' ', POSIX::tzname();
}


# Finding what a script leaves behind (--detect): the state of the process as facts, "kind\0name" => value as text, and
# the package variables and subs of the modules that stay.
my $FACTS_OF_PROCESS = qr/^(?:file|child)\0/;  # A number that only this process knows comes before their names.
# What perl and its library keep for themselves.
my $UNEXAMINED =
    qr/^(?:main|CORE|CGIWorkbenchAgent|B|Internals|PerlIO|UNIVERSAL|utf8|re|mro|version|builtin|Regexp)(?:::|\z)/;
my $BOOKKEEPING =
    qr/^.(?:Exporter|DynaLoader|XSLoader|Carp|warnings|overload|Config|Errno|Encode|POSIX)::|::_\w+\z|cache\z/i;
my $MOST_ITEMS = 1000;        # Of an array or hash whose items are compared, and not only counted.
my %SPECIAL_TEXT = ("\x17" => '$^W', "\x06" => '$^F', "\x0c" => '$^L');

sub facts {
    no strict 'refs';
    my $umask = umask;        # In a statement of its own: under -T it fails beside what readlink gives.
    my %facts = (
        "directory\0" => readlink('/proc/self/cwd') // '',
        "umask\0" => sprintf('%03o', $umask),
        "priority\0" => getpriority(0, 0),
        "user\0" => "$>:" . ($) + 0),
        "search-path\0\@INC" => join(', ', map { fact_text($_) } @INC),
        "setting\0select" => select() . '',
    );
    $facts{"environment\0$_"} = $ENV{$_} for keys %ENV;
    for my $name (grep { $_ ne 'CHLD' || defined $SIG{$_} } keys %SIG) {
        $facts{"signal\0$name"} = fact_text($SIG{$name}) if defined $SIG{$name} and $SIG{$name} ne '';
    }
    for my $name (@SPECIAL_NAMES) {
        $facts{"setting\0" . ($SPECIAL_TEXT{$name} // "\$$name")} = fact_text(${"main::$name"});
    }
    if ($INC{'POSIX.pm'}) {
        $facts{"locale\0"} = POSIX::setlocale(POSIX::LC_ALL());
        my @names = POSIX::tzname();
        $facts{"time-zone\0"} = $names[0] eq $names[1] ? $names[0] : "@names[0, 1]";
    }
    add_files(\%facts);
    add_children(\%facts);
    return \%facts;
}

sub add_files {
    my $facts = shift;
    opendir my $listing, '/proc/self/fd' or return;
    for my $fd (grep { /^\d+\z/ && $_ > 2 } readdir $listing) {
        my $file = readlink("/proc/self/fd/$fd") // next;
        next if $file eq $SETTING{script} or $file =~ m{^/proc/\d+/fd\z};
        $facts->{"file\0$fd\0" . $file =~ s/:\[.*//r} = $file;
    }
}

sub add_children {
    my $facts = shift;
    for my $pid (split ' ', text_of("/proc/self/task/$$/children") // '') {
        my ($name, $state) = (text_of("/proc/$pid/stat") // '') =~ /\((.*)\) (\S)/s or next;
        $facts->{"child\0$pid\0$name"} = $name if $state ne 'Z';
    }
}

# Closed by name: perl leaves open what gets the place of a closed STDIN, STDOUT or STDERR.
sub text_of {
    open my $file, '<:raw', $_[0] or return undef;
    local $/;
    my $text = readline $file;
    close $file;
    return $text;
}

# References by their address, without code of theirs that would make them text.
sub fact_text {
    my $value = shift;
    return 'undef' if !defined $value;
    return $value =~ s/([\x00-\x1f])/$1 eq "\n" ? '\n' : sprintf '\x%02x', ord $1/ger if !ref $value;
    my $object = B::svref_2object($value);
    return ref($value) . " $$object" if ref $value ne 'CODE';
    my $glob = $object->GV;
    return $glob->isa('B::GV') ? 'sub ' . $glob->STASH->NAME . '::' . $glob->NAME : 'sub';
}

# Name with its sigil => [number of items or undef, value as text].
sub library_facts {
    my %own = map { $_ => 1 } own_packages();
    my %found;
    examine_package('', \%own, \%found);
    return \%found;
}

sub examine_package {
    my ($package, $own, $found) = @_;
    no strict 'refs';
    my $stash = \%{$package eq '' ? 'main::' : "${package}::"};
    for my $symbol (keys %$stash) {
        my $name = $package eq '' ? $symbol : "${package}::$symbol";
        if ($symbol =~ /\A(\w+)::\z/) {
            my $below = $package eq '' ? $1 : "${package}::$1";
            examine_package($below, $own, $found) if $below !~ $UNEXAMINED;
        }
        elsif ($package ne '' and !$own->{$package} and $symbol !~ $NOT_OURS and $symbol !~ /\A(?:a|b|AUTOLOAD)\z/
            and ref \$stash->{$symbol} eq 'GLOB')
        {
            examine_symbol($name, \$stash->{$symbol}, $found);
        }
    }
}

sub examine_symbol {
    my ($name, $glob, $found) = @_;
    my ($scalar, $array, $hash, $code) = map { *$glob{$_} } qw(SCALAR ARRAY HASH CODE);
    if ($scalar and !tied $$scalar) { $found->{"\$$name"} = [undef, fact_text($$scalar)] }
    if ($array and !tied @$array) { $found->{"\@$name"} = [scalar @$array, items_text(@$array)] }
    if ($hash and !tied %$hash) {
        $found->{"%$name"} = [scalar keys %$hash, items_text(map { ($_, $hash->{$_}) } sort keys %$hash)];
    }
    if ($code) { $found->{"&$name"} = [undef, fact_text($code) . ' ' . ${B::svref_2object($code)}] }
}

sub items_text { return @_ > $MOST_ITEMS ? '' : join "\0", map { fact_text($_) } @_ }


# Finding what a script leaves behind (--detect=FILE): after each run a line of JSON with what differs from before it,
# and with what was put back. The line is where the source names what has changed.
my ($BEFORE_ALL, $LIBRARIES_BEFORE, $BEFORE_SCRIPT, @PUT_BACK, @SOURCE);

sub detects { return ($SETTING{detect} // '') ne '' }

sub detect_process {
    @SOURCE = map { /^\s*#/ ? '' : $_ } split /^/, text_of($SETTING{script}) // '';
    POSIX::tzset() if $INC{'POSIX.pm'};     # Or its first use would seem to be a change.
    ($BEFORE_ALL, $LIBRARIES_BEFORE) = (facts(), library_facts());
}

sub detect_begin { $BEFORE_SCRIPT = facts() }

# The script's variables are still there.
sub detect_end { @PUT_BACK = grep { "$_->[0]\0" !~ $FACTS_OF_PROCESS } differences($BEFORE_SCRIPT, facts()) }

# Everything is put back that will be.
sub detect_report {
    my ($facts, $libraries) = (facts(), library_facts());
    my @kept = (differences($BEFORE_ALL, $facts), library_differences($LIBRARIES_BEFORE, $libraries));
    ($BEFORE_ALL, $LIBRARIES_BEFORE) = ($facts, $libraries);
    my %is_kept = map { ("$_->[0]\0$_->[1]" => 1) } @kept;
    my $list = sub { '[' . join(',', map { change_json(@$_) } @_) . ']' };
    my $text = sprintf qq({"pid":%d,"kept":%s,"putBack":%s,"blocks":null,"residentBytes":%s}\n),
        $$, $list->(@kept), $list->(grep { !$is_kept{"$_->[0]\0$_->[1]"} } @PUT_BACK), resident_bytes() // 'null';
    open my $file, '>>:raw', $SETTING{detect} or return;
    local ($\, $,);
    syswrite $file, $text;
    close $file;
}

# [kind, name, before, after]
sub differences {
    my ($before, $now) = @_;
    my @found;
    for my $key (sort keys %{{%$before, %$now}}) {
        my ($was, $is) = ($before->{$key}, $now->{$key});
        next if defined $was && defined $is && $was eq $is or !defined $is && $key =~ $FACTS_OF_PROCESS;
        next if !defined $was and $key =~ /^(?:locale|time-zone)\0/;    # POSIX was loaded.
        my ($kind, $name, $of_process) = split /\0/, $key, 3;
        ($was, $is) = (only_in($was, $is), only_in($is, $was)) if $kind eq 'search-path';
        push @found, defined $of_process
            ? [$kind, $of_process, undef, ($kind eq 'file' ? 'descriptor' : 'process') . " $name"]
            : [$kind, $name // '', $was, $is];
    }
    return @found;
}

# Of two lists as text: what the first has alone; undef for nothing.
sub only_in {
    my %other = map { $_ => 1 } split /, /, $_[1];
    my $text = join ', ', grep { !$other{$_} } split /, /, $_[0];
    return $text eq '' ? undef : $text;
}

sub library_differences {
    my ($before, $now) = @_;
    my @found;
    for my $name (sort keys %$now) {
        my ($was, $is) = ($before->{$name}, $now->{$name});
        if (!$was) { $was = [defined $is->[0] ? 0 : undef, defined $is->[0] ? '' : 'undef'] }
        next if $was->[1] eq $is->[1] and ($was->[0] // '') eq ($is->[0] // '');
        next if !$before->{$name} and !named_at($name);    # Its module was loaded.
        if (defined $is->[0]) {
            my ($before, $after) = map { $_ == 1 ? '1 item' : "$_ items" } $was->[0], $is->[0];
            push @found, [$is->[0] > $was->[0] ? 'growth' : 'content', $name, $before, $after];
        }
        else { push @found, ['attribute', $name, map { s/^(sub\b.*) \d+\z/$1/r } $was->[1], $is->[1]] }
    }
    return @found;
}

sub named_at {
    my ($kind, $name) = @_ > 1 ? @_ : ('attribute', $_[0]);
    my $quoted = quotemeta($name =~ s/^[\$\@%&]//r);
    my %pattern = (
        directory => qr/\bchdir\b/, umask => qr/\bumask\b/, priority => qr/\bsetpriority\b/, locale => qr/\bsetlocale\b/,
        'time-zone' => qr/\btzset\b/, user => qr/\$[<>()]\s*=/, 'search-path' => qr/\@INC\b/,
        environment => qr/\$ENV\{\s*['"]?$quoted\b/, signal => qr/\$SIG\{\s*['"]?$quoted\b/,
        setting => $name eq 'select' ? qr/\bselect\b/ : qr/\Q$name\E\s*=/,
    );
    $pattern{$_} = qr/[\$\@%&*]\{?$quoted\b/ for qw(attribute growth content);
    my $pattern = $pattern{$kind} // return undef;
    for my $at (0 .. $#SOURCE) { return $at + 1 if $SOURCE[$at] =~ $pattern and $SOURCE[$at] !~ /\blocal\b/ }
    return undef;
}

sub change_json {
    my ($kind, $name, $before, $after) = @_;
    my $line = named_at($kind, $name);
    return sprintf '{"kind":%s,"name":%s,"before":%s,"after":%s,"file":%s,"line":%s,"by":%s,"isBookkeeping":%s}',
        map({ json_text($_) } $kind, $name, $before, $after, defined $line ? $SETTING{script} : undef), $line // 'null',
        defined $line ? '"script"' : 'null', $name =~ $BOOKKEEPING ? 'true' : 'false';
}

sub json_text {
    my $text = shift // return 'null';
    $text = substr $text, 0, 200;
    $text =~ s/([^ !#-\[\]-~])/sprintf '\\u%04x', ord $1/ge;
    return "\"$text\"";
}

sub resident_bytes {
    return (text_of('/proc/self/status') // '') =~ /^VmRSS:\s+(\d+) kB/m ? $1 * 1024 : undef;
}


# Mode "psgi": the file's application, called in the worker for one request at a time (PSGI 1.1).
my $APPLICATION;              # Of the file, as long as it stays what it was.
my $RUNNING;                  # The request that the application serves.
my $SERVED = 0;
my $PAGES;                    # Of memory, after the first requests.
my $LEFT = \'the application called exit';
my $NO_APPLICATION = 78;      # EX_CONFIG of sysexits.h: the exit status of a request to a file without an application.

# Replaces this process by one that has loaded nothing. Connections stay.
sub become_application {
    $SETTING{parent} //= getppid;
    settings_to_environment();
    exec { $SETTING{perl} } $SETTING{perl}, (switches() =~ /\A-\w*w/ ? '-w' : ()), $SETTING{agent};
    die "$SETTING{perl}: $!\n";
}

sub serve_application {
    $STAMP = stamp();
    ($FOLDER) = $SETTING{script} =~ m{\A(.*)/}s;
    chdir($FOLDER eq '' ? '/' : $FOLDER);
    $^F = 2;
    $SETTING{spare} = 0;      # There are no children.
    require Scalar::Util;
    require overload;
    *CORE::GLOBAL::exit = \&exit_of_application;
    take_output();
    ($0, @ARGV) = $SETTING{script};
    for my $module (split /,/, $SETTING{preload}) {
        eval "package main; require $module; 1" or print STDERR "Module $module is not preloaded: $@";
    }
    serve();
}

sub exit_of_application (;$) {
    die $LEFT if $RUNNING and $$ == $PID;
    CORE::exit(@_ ? $_[0] // 0 : 0);
}

# Requests whose body has come. Called before the worker waits for descriptors.
sub call_waiting {
    while (my ($request) = grep { $_->{whole} } @WAITING) {
        @WAITING = grep { $_ != $request } @WAITING;
        call_application($request);
    }
    become_anew() if !active_requests() and is_worn_out();
    return 0;
}

sub become_anew {
    $SETTING{connections} = keep_connections();
    keep_on_exec($LISTENER);
    become_application();
}

sub is_worn_out {
    return 1 if $SETTING{recycle} and $SERVED >= $SETTING{recycle};
    return 0 if !$SETTING{grow} or $SERVED % $GROWTH_REQUESTS != 1;
    open my $file, '<', '/proc/self/statm' or return 0;
    my (undef, $pages) = split ' ', <$file> // '';
    $PAGES //= $pages;
    return ($pages - $PAGES) / 256 > $SETTING{grow};
}

sub call_application {
    my $request = shift;
    my $connection = $request->{connection};
    my $status = 0;
    $RUNNING = $request;
    {
        local ($@, $_, $\, $,);
        local $/ = "\n";
        # perl would run a handler of the loop's in the application.
        local $SIG{TERM} = local $SIG{INT} = \&leave;
        if (!eval { $status = respond($request); 1 }) {
            my $error = $@;
            if (!is_gone($request) or $error ne "The client has gone.\n") {
                print STDERR has_left($error) ? "The application called exit.\n" : "$error";
                $status = 1;
            }
        }
    }
    leave() if $$ != $PID;    # A fork of the application's that came back to here.
    $RUNNING = undef;
    $SERVED++;
    $connection->{corked} = 0;
    finish_request($request, $status) if $connection->{request};
}

# The exit status.
sub respond {
    my $request = shift;
    my $application = application();
    if (!$application) {
        print STDERR "$SETTING{script} has no application: its last value is not a code reference (PSGI)"
            . ". Write the application last, or run the file as CGI.\n";
        return $NO_APPLICATION;
    }
    my $answer = $application->(psgi_environment($request));
    if (is_list($answer)) { send_answer($request, $answer); return 0 }
    die "The application returned neither an array nor a code reference.\n" unless is_code($answer);
    my ($calls, $writer) = 0;
    $answer->(sub {
        die "The responder was called a second time.\n" if $calls++;
        return send_answer($request, $_[0]) if @{$_[0]} > 2;
        send_head($request, $_[0]);
        return $writer = bless { request => $request }, 'CGIWorkbenchAgent::Writer';
    });
    die "The application returned without calling the responder.\n" unless $calls;
    $writer->close if $writer;
    return 0;
}

# False: the file is not one of an application.
sub application {
    return $APPLICATION if $APPLICATION;
    my $found = do { local $_; package main; do $SETTING{script} };
    if (!defined $found) {
        return undef if has_left($@);
        die $@ if $@;
        die "$SETTING{script}: $!\n" if !-r $SETTING{script};
    }
    if (ref $found and !is_code($found) and eval { $found->can('to_app') }) { $found = $found->to_app }
    return undef unless is_code($found);
    return $APPLICATION = $found;
}

sub has_left { return ref $_[0] eq 'SCALAR' && $_[0] == $LEFT }
sub kind { return Scalar::Util::reftype($_[0]) // '' }
sub is_list { return kind($_[0]) eq 'ARRAY' }
sub is_code { return kind($_[0]) eq 'CODE' || ref $_[0] && overload::Method($_[0], '&{}') }


# PSGI, the response: an array as a CGI response, its body from an array, a file handle or a writer.
my %REASON = (
    200 => 'OK', 201 => 'Created', 202 => 'Accepted', 204 => 'No Content', 206 => 'Partial Content',
    301 => 'Moved Permanently', 302 => 'Found', 303 => 'See Other', 304 => 'Not Modified', 307 => 'Temporary Redirect',
    308 => 'Permanent Redirect', 400 => 'Bad Request', 401 => 'Unauthorized', 403 => 'Forbidden', 404 => 'Not Found',
    405 => 'Method Not Allowed', 409 => 'Conflict', 410 => 'Gone', 413 => 'Content Too Large',
    415 => 'Unsupported Media Type', 422 => 'Unprocessable Content', 429 => 'Too Many Requests',
    500 => 'Internal Server Error', 501 => 'Not Implemented', 502 => 'Bad Gateway', 503 => 'Service Unavailable',
);

sub send_answer {
    my ($request, $answer) = @_;
    my $body = $answer->[2];
    if (ref $body eq 'ARRAY') {
        my $whole = join '', map { $_ // '' } @$body;
        octets($whole);
        my $head = head_of($answer, defined $request->{method} && $request->{method} eq 'HEAD' ? undef : length $whole);
        $request->{connection}{corked} = 1;    # Head, body and the end of the request go together.
        return pass_on($request, 0, $head . $whole);
    }
    die "The response body is neither an array nor a file handle.\n"
        unless ref $body eq 'GLOB' or ref \$body eq 'GLOB' or eval { $body->can('getline') };
    require IO::Handle;
    my $done = eval {
        send_head($request, $answer);
        local $/ = \65_536;
        while (defined(my $part = $body->getline)) { send_part($request, $part) }
        1;
    };
    my $error = $@;
    $body->close;
    die $error unless $done;
}

sub send_head { my ($request, $answer) = @_; send_bytes($request, head_of($answer)) }

# `length`: of the body, when it is known.
sub head_of {
    my ($answer, $length) = @_;
    my ($status, $headers) = @$answer;
    die "The status is three digits, not \"" . ($status // 'undef') . "\".\n" unless ($status // '') =~ /\A[1-9]\d\d\z/;
    die "The headers are an array of names and values.\n" if ref $headers ne 'ARRAY' or @$headers % 2;
    my $head = "Status: $status" . ($REASON{$status} ? " $REASON{$status}" : '') . "\r\n";
    my $has_length = $status < 200 || $status == 204 || $status == 304;
    for (my $at = 0; $at < @$headers; $at += 2) {
        my ($name, $value) = @$headers[$at, $at + 1];
        die "\"$name\" is not the name of a response header.\n" if $name !~ /\A[^\s:\0]+\z/ or lc $name eq 'status';
        die "The value of $name is undefined or holds a line end.\n" if !defined $value or $value =~ /[\r\n\0]/;
        $has_length = 1 if $name =~ /\A(?:Content-Length|Transfer-Encoding)\z/i;
        $head .= "$name: $value\r\n";
    }
    $head .= "Content-Length: $length\r\n" if defined $length and !$has_length;
    octets($head);
    return "$head\r\n";
}

# In place; of text that was not encoded nobody knows the charset.
sub octets {
    utf8::downgrade($_[0], 1) or die "The response holds a character above 255: encode it.\n";
}

sub send_part {
    my ($request, $part) = @_;
    return unless defined $part and length $part;
    octets($part);
    send_bytes($request, $part);
}

# Sent before it returns, up to what may wait in memory: a slow reader makes the application wait.
sub send_bytes {
    my ($request, $bytes) = @_;
    my $connection = $request->{connection};
    $connection->{corked} = 0;
    pass_on($request, 0, $bytes) unless is_gone($request);
    while (!is_gone($request) and is_full($connection)) {
        vec(my $bits = '', fileno $connection->{socket}, 1) = 1;
        select undef, $bits, undef, undef;
        write_connection($connection, '');
    }
    die "The client has gone.\n" if is_gone($request);
}

sub is_gone { my $connection = $_[0]{connection}; return !$connection->{socket} || !$connection->{request} }

package CGIWorkbenchAgent::Writer {
    sub write { CGIWorkbenchAgent::send_part($_[0]{request}, $_[1]) unless $_[0]{is_closed}; return }
    sub close { $_[0]{is_closed} = 1; return }
}


# PSGI, the environment of a request, and its error stream: STDERR and STDOUT become records of the request that runs.
my $OWN_ERRORS;               # The descriptor itself.

sub psgi_environment {
    my $request = shift;
    my %environment = %{pairs($request->{params})};
    my %usual = (
        REQUEST_METHOD => 'GET', SCRIPT_NAME => '', PATH_INFO => '', QUERY_STRING => '', SERVER_NAME => 'localhost',
        SERVER_PORT => 80, SERVER_PROTOCOL => 'HTTP/1.0',
    );
    $environment{$_} //= $usual{$_} for keys %usual;
    # Of some servers; the root is the empty name and the path "/".
    $environment{SCRIPT_NAME} = '' if $environment{SCRIPT_NAME} eq '/';
    $environment{PATH_INFO} = '/' if $environment{SCRIPT_NAME} eq '' and $environment{PATH_INFO} eq '';
    $environment{REQUEST_URI} //= target_of(\%environment);
    delete @environment{qw(HTTP_CONTENT_TYPE HTTP_CONTENT_LENGTH)};
    $request->{method} = $environment{REQUEST_METHOD};
    open my $input, '<:raw', \$request->{body};
    my ($https, $scheme) = map { $_ // '' } @environment{qw(HTTPS REQUEST_SCHEME)};
    my $is_https = $https =~ /\A(?:on|yes|1)\z/i || $scheme eq 'https';
    return {
        %environment,
        'psgi.version' => [1, 1], 'psgi.url_scheme' => $is_https ? 'https' : 'http',
        'psgi.input' => $input, 'psgi.errors' => \*STDERR,
        'psgi.multithread' => !1, 'psgi.multiprocess' => !$SETTING{listen} || $SETTING{workers} > 1,
        'psgi.run_once' => !1, 'psgi.nonblocking' => !1, 'psgi.streaming' => 1, 'psgix.input.buffered' => 1,
    };
}

sub target_of {
    my $environment = shift;
    my $path = "$environment->{SCRIPT_NAME}$environment->{PATH_INFO}";
    $path =~ s{([^A-Za-z0-9\-._~!\$&'()*+,;=:\@/])}{sprintf '%%%02X', ord $1}ge;
    return $environment->{QUERY_STRING} eq '' ? $path : "$path?$environment->{QUERY_STRING}";
}

sub take_output {
    open $OWN_ERRORS, '>&', \*STDERR;
    open STDOUT, '>&', \*STDERR;
    tie *STDERR, 'CGIWorkbenchAgent::Errors', 2;
    tie *STDOUT, 'CGIWorkbenchAgent::Errors', 1;
}

sub write_error {
    my $text = shift;
    utf8::downgrade($text, 1) or utf8::encode($text);
    if ($RUNNING and $$ == $PID and !is_gone($RUNNING)) { pass_on($RUNNING, 1, $text) if length $text }
    else { syswrite $OWN_ERRORS, $text }
    return 1;
}

# Programs that the application starts write to the descriptor itself.
package CGIWorkbenchAgent::Errors {
    sub TIEHANDLE { my ($class, $descriptor) = @_; return bless \$descriptor, $class }
    sub FILENO { return ${$_[0]} }
    sub BINMODE { return 1 }
    sub CLOSE { return 1 }
    sub PRINT { shift; return CGIWorkbenchAgent::write_error(join($, // '', @_) . ($\ // '')) }
    sub PRINTF { shift; my $format = shift; return CGIWorkbenchAgent::write_error(sprintf $format, @_) }
    sub WRITE {
        my (undef, $data, $length, $offset) = @_;
        my $part = substr $data, $offset // 0, $length // length $data;
        CGIWorkbenchAgent::write_error($part);
        return length $part;
    }
    # An application that sends its errors elsewhere.
    sub OPEN {
        my ($tie, $how, @rest) = @_;
        my $handle = $$tie == 2 ? \*STDERR : \*STDOUT;
        { no warnings 'untie'; untie *$handle }
        return @rest ? open $handle, $how, @rest : open $handle, $how;
    }
}


main() unless caller;
1;
