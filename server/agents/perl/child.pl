# A child: its three descriptors, its variables, and the signals of a process that the agent has nothing to do with.
my @LOOP_SIGNALS = qw(PIPE CHLD TERM INT);
my %SIGNALS_AT_START = map { $_ => $SIG{$_} } @LOOP_SIGNALS;
my ($CONTROL, $STATUS_PIPE);  # Of a child that runs the script again and again.

# The script may have set its own while it was compiled.
sub take_signals { $SIGNALS_AT_START{$_} = $SIG{$_} for @LOOP_SIGNALS }

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
    open_files();
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
    my $variables = script_variables(read_exactly($in, unpack 'N', read_exactly($in, 4)));
    open_stream('STDIN', '<&', $in) if has_body($variables);
    close $in;
    set_variables($variables);
    execute_plainly() if $SETTING{plain};
    clean_errors();
}

sub open_stream {
    my ($name, $how, $from) = @_;
    my $glob = do { no strict 'refs'; \*{"main::$name"} };
    close $glob;                 # Or perl keeps the handle, with its position.
    ($how eq 'write' ? sysopen $glob, $from, 1 : open $glob, $how, $from) or leave();       # O_WRONLY
    binmode $glob, $LAYERS{$name} if length($LAYERS{$name} // '');
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

# A client would choose the proxy of the script's own requests. CGI Workbench passes that of its settings alone.
sub script_variables {
    my $variables = pairs(shift);
    delete $variables->{HTTP_PROXY} if $SETTING{listen} ne '';
    return $variables;
}

sub set_variables {
    my $variables = shift;
    $ENV{$_} = $variables->{$_} for keys %$variables;
    @ARGV = words($variables);
}

sub words {
    my $variables = shift;
    my $query = $SETTING{words} eq 'ignore' ? '' : $variables->{QUERY_STRING} // '';
    return search_words($variables->{REQUEST_METHOD} // '', $query);
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
    my @switches = switches();
    $^F = 2;
    exec { $SETTING{perl} } $SETTING{perl}, @switches, $SETTING{script}, @ARGV;
    print STDERR "$SETTING{perl}: $!\n";
    leave();
}
