# Perl calls DB::DB before a statement that has a breakpoint, and before each while it steps.
my ($has_started, $keeps_uncaught) = (0, 0);

sub DB {
    return unless $socket;
    if ($$ != $pid) { # a child that stops would wait for nobody
        close $socket;
        ($socket, $single, $signal) = (undef, 0, 0);
        return;
    }
    my ($package, $file, $line, $hints) = (caller 0)[0 .. 2, 8];
    return if $file eq $mine;
    unnoticed(sub { consider({ package => $package, file => $file, line => $line, hints => $hints }) });
    keep_uncaught();
}

# What the script has in Perl's own variables stays there meanwhile.
sub unnoticed {
    my ($work) = @_;
    my @state = ($@, $!, $^E, $,, $/, $\, $^W);
    ($,, $/, $\, $^W) = (undef, "\n", undef, 0);
    {
        local ($SIG{__DIE__}, $SIG{__WARN__});
        $work->();
    }
    ($@, $!, $^E, $,, $/, $\, $^W) = @state;
}

sub consider {
    my ($statement) = @_;
    my ($file, $line) = @$statement{'file', 'line'};
    if (!$has_started) { # the main file is compiled, and nothing of it has run but BEGIN blocks
        $has_started = 1;
        converse();
    }
    interrupted() if $signal;
    look_at_bytes($statement) if is_looking();
    my $found = ($placed{$file} || {})->{$line};
    if ($found && length($found->{condition} // '') && !holds($found->{condition}, $statement)) { $found = undef }
    if ($found && length($found->{message} // '')) {
        require Scalar::Util;
        my $text = filled($found->{message}, $statement) . "\n";
        event('output', { category => 'console', output => $text, source => { path => path_of($file) }, line => $line });
        $found = undef;
    }
    my $why = $found ? 'breakpoint' : $waits_to_pause ? 'pause' : $single && is_step($file) ? 'step' : undef;
    $waits_to_pause = 0;
    converse({ reason => $why }) if defined $why;
}

sub is_step {
    my ($file) = @_;
    return 0 if $mode eq 'run' || is_library($file);
    return 1 if $mode eq 'in';
    return $mode eq 'over' ? depth() <= $limit : depth() < $limit;
}

# The workbench has sent SIGURG: something was asked while the script runs.
sub interrupted {
    $signal = 0;
    while (my $message = receive(0)) { answer($message, undef) }
}

# Once, and not where the script has a handler. An assignment within the `local` above would end with it.
sub keep_uncaught {
    return if $keeps_uncaught || !$stops_uncaught || !$socket;
    $keeps_uncaught = 1;
    $SIG{__DIE__} = \&uncaught unless defined $SIG{__DIE__};
}

# $^S: undefined while something is compiled, true within an eval.
sub uncaught {
    return if !defined $^S || $^S || !$stops_uncaught || !$socket || $$ != $pid;
    my ($error) = @_;
    unnoticed(sub { converse({ reason => 'exception', description => 'die', text => substr "$error", 0, $max_text }) });
}

my ($path) = ($ENV{CGI_WORKBENCH_DEBUG} // '') =~ /(.*)/s; # tainted no longer
delete @ENV{qw(CGI_WORKBENCH_DEBUG PERL5DB)};
$SIG{URG} = sub { $signal = 1 };
if (connect_to($path)) { event('process', { id => $$ }) }
else { ($single, $^P) = (0, 0) }
1;
