# The master of --listen: keeps --workers processes, and ends them when it is ended.
my %WORKER;                   # Process id => time of its start.
my $QUICK_SECONDS = 1;
my $IS_BROKEN = 0;            # perl refuses the switches of the script's first line.

my ($SIGNALS, $BLOCKED);      # Those that the master waits for; those that were blocked at its start.

# One that came just before `waitpid` begins to wait would be handled after it: they come while the master pauses.
sub wait_for_signals {
    require POSIX;
    ($SIGNALS, $BLOCKED) = (POSIX::SigSet->new(map { POSIX->$_ } qw(SIGTERM SIGINT SIGCHLD)), POSIX::SigSet->new);
    POSIX::sigprocmask(POSIX::SIG_BLOCK(), $SIGNALS, $BLOCKED);
}

sub supervise {
    my $listener = shift;
    my $stopping = 0;
    local $SIG{CHLD} = sub { };
    local $SIG{TERM} = local $SIG{INT} = sub { $stopping = 1 };
    until ($stopping) {
        my $is_fine = reap_workers();
        while ($is_fine and keys %WORKER < $SETTING{workers}) { $is_fine = start_worker() }
        # Something is wrong with the machine rather than with a request: do not start processes without a pause.
        if ($is_fine) { POSIX::sigsuspend($BLOCKED) } else { pause_shortly() }
    }
    kill TERM => keys %WORKER;
    while (%WORKER) { my $ended = waitpid -1, 0; last if $ended == -1; delete $WORKER{$ended} }
    # Another server may listen at that path by now.
    unlink $1 if $SETTING{listen} =~ /^unix:(.+)$/s and join(' ', (lstat $1)[0, 1]) eq $SETTING{own_file};
    exit 0;
}

sub pause_shortly {
    POSIX::sigprocmask(POSIX::SIG_SETMASK(), $BLOCKED);
    sleep $QUICK_SECONDS;
    POSIX::sigprocmask(POSIX::SIG_BLOCK(), $SIGNALS);
}

# Whether those that have ended had lived for a while.
sub reap_workers {
    my $is_fine = 1;
    while ((my $ended = waitpid -1, POSIX::WNOHANG()) > 0) {
        my $started = delete $WORKER{$ended} // next;
        my $is_quick = time - $started <= $QUICK_SECONDS;
        $IS_BROKEN = $? > 255 && $is_quick;
        $is_fine = 0 if $is_quick;
    }
    return $is_fine;
}

sub start_worker {
    my $pid = fork // return 0;
    if ($pid == 0) {
        $SIG{TERM} = $SIG{INT} = $SIG{CHLD} = 'DEFAULT';
        POSIX::sigprocmask(POSIX::SIG_SETMASK(), $BLOCKED);
        $SETTING{parent} = $PID;
        # A script that is compiled for ever never looks whether the master is still there: the system ends it.
        syscall $SETTING{prctl}, 1, 15, 0, 0, 0 if $SETTING{prctl};
        leave() if getppid != $PID;
        $IS_BROKEN ? become_plain() : become_interpreter();
    }
    return $WORKER{$pid} = time;
}
