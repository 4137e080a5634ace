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
        $SETTING{parent} = $PID;
        # A script that is compiled for ever never looks whether the master is still there: the system ends it.
        syscall $SETTING{prctl}, 1, 15, 0, 0, 0 if $SETTING{prctl};
        leave() if getppid != $PID;
        $IS_BROKEN ? become_plain() : become_interpreter();
    }
    $WORKER{$pid} = time;
}
