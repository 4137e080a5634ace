# Starting: the command line's process opens the socket and becomes the interpreter that compiles the script, or the
# master of such processes.
my $FIRST_LINE = qr{\A#![ \t]*(?:\S*/env(?:[ \t]+-S)?[ \t]+)?\S*perl[\d.]*[ \t]*([^\r\n]*)};

# What the system would pass to perl when it executes the script: all the switches as one argument. Those that are
# configured (--switches) come as they are.
sub switches {
    return split /\n/, $SETTING{switches} if $SETTING{switches} ne '';
    open my $file, '<:raw', $SETTING{script} or return;
    my $line = <$file> // '';
    return $line =~ $FIRST_LINE && substr($1, 0, 1) eq '-' ? $1 =~ s/\s+\z//r : ();
}

# Those with which perl runs the script from its first line to its last; with any other, it is started as CGI.
my $KEPT = qr/\A(?:-(?=\w)[tTwX]*(?:C\w*|I[ \t]*[^\s-]\S*)?(?:\s+|\z))*(?:--)?\z/;
# The application's worker can have these.
my $KEPT_BY_APPLICATION = qr/\A(?:-(?=\w)[wX]*(?:I[ \t]*[^\s-]\S*)?(?:\s+|\z))*(?:--)?\z/;
my $REFUSED = 78;             # EX_CONFIG of sysexits.h.

sub application_switches {
    my @switches = switches();
    return defined $ENV{CGI_WORKBENCH_DEBUG} ? ('-d', @switches) : @switches if "@switches" =~ $KEPT_BY_APPLICATION;
    print STDERR "The mode \"$SETTING{asked}\" cannot run a file with the switches \"@switches\"."
        . " Remove them, or run it as CGI.\n";
    exit $REFUSED;
}

sub main {
    if (settings_from_environment()) { return is_application() ? serve_application() : serve_plainly() }
    read_options(@ARGV);
    read_platform();
    $^F = 255;                # The socket has to survive exec.
    wait_for_signals() if $SETTING{listen};     # Before there is a socket that has to be removed.
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
        $SETTING{own_file} = join ' ', (lstat $1)[0, 1];
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
    return become_application() if is_application();
    my @switches = switches();
    $SETTING{mode} = $_[0] // $SETTING{asked};
    $SETTING{parent} //= getppid;
    delete $SETTING{plain};
    if ("@switches" !~ $KEPT) { $SETTING{mode} = 'prefork'; return become_plain() }
    settings_to_environment();
    my $start = "-M5;BEGIN{\$ENV{${VARIABLE}_FILE}=~/(.*)/s;require\$1;CGIWorkbenchAgent::attach()}";
    $start .= ';my$cgi_workbench_agent;CGI_WORKBENCH_START:""=~/^/' if $SETTING{mode} eq 'persistent';
    safe_environment();
    exec { $SETTING{perl} } $SETTING{perl}, $start, @switches, $SETTING{script};
    die "$SETTING{perl}: $!\n";
}

# As become_interpreter, for a script that does not compile: this file alone, which executes the script.
sub become_plain {
    return become_application() if is_application();
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
