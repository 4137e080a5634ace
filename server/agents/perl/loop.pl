# The event loop of a worker: what to call when a descriptor is readable or writable, and what waits for a time.
my ($READ_BITS, $WRITE_BITS) = ('', '');
my (%ON_READ, %ON_WRITE);     # Descriptor => what to call.
my $LISTENER;
my $STOPPED;
my $HAS_CHANGED = 0;          # The script, since it was compiled: no new request is read.
my $WATCH_SECONDS = 1;        # How often to see whether the parent is still there.
my $ENDING_SECONDS = 0.05;    # The same, for a child that has closed its output; its end interrupts select, too.

sub on_readable { my $fd = fileno $_[0]; $ON_READ{$fd} = $_[1]; vec($READ_BITS, $fd, 1) = 1 }
sub on_writable { my $fd = fileno $_[0]; $ON_WRITE{$fd} = $_[1]; vec($WRITE_BITS, $fd, 1) = 1 }
sub not_readable { my $fd = fileno $_[0] // return; vec($READ_BITS, $fd, 1) = 0 if delete $ON_READ{$fd} }
sub not_writable { my $fd = fileno $_[0] // return; vec($WRITE_BITS, $fd, 1) = 0 if delete $ON_WRITE{$fd} }
sub forget { not_readable($_[0]); not_writable($_[0]); close $_[0] }

# F_GETFL, F_SETFL and F_SETFD are 3, 4 and 2 wherever perl runs.
sub nonblocking { my $flags = fcntl $_[0], 3, 0; fcntl $_[0], 4, (0 + $flags) | $SETTING{nonblock} }
sub nonblocking_pipe { fcntl $_[0], 4, 0 + $SETTING{nonblock} }  # A new pipe has no other flags.
sub keep_on_exec { fcntl $_[0], 2, 0 }
sub close_on_exec { fcntl $_[0], 2, 1 }
sub would_block { return $! == $SETTING{again} || $! == $SETTING{interrupted} }

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
        # perl holds a signal back while its handler runs: this leaves the loop, so that TERM can end the process.
        local $SIG{TERM} = local $SIG{INT} = sub { die \$STOPPED };
        serve_requests();
        1;
    } or ref $@ && $@ == \$STOPPED ? end_at_once() : die $@;
}

sub serve_requests {
    while (1) {
        end_at_once() if getppid != $SETTING{parent};
        return if start_waiting();
        script_has_changed() if $HAS_CHANGED;
        accept_when_free();                      # A request may have ended without an event.
        return if want_spare() and !ready_now() and spawn();
        prepare_spares() if repeats();
        my ($readable, $writable) = ($READ_BITS, $WRITE_BITS);
        my $count = select $readable, $writable, undef, ending_children() ? $ENDING_SECONDS : $WATCH_SECONDS;
        end_at_once() if $count < 0 and !would_block();      # An application has closed the descriptors.
        reap();
        next if $count <= 0;
        write_ready($writable);
        for my $fd (grep { vec $readable, $_, 1 } keys %ON_READ) { $ON_READ{$fd}->() if $ON_READ{$fd} }
    }
}

sub write_ready {
    my $writable = shift;
    for my $fd (grep { vec $writable, $_, 1 } keys %ON_WRITE) { $ON_WRITE{$fd}->() if $ON_WRITE{$fd} }
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

sub forget_all_in_child {
    close $LISTENER;
    %ON_READ = %ON_WRITE = ();
    ($READ_BITS, $WRITE_BITS) = ('', '');
}
