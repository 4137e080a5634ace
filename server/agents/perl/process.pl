# perl's special variables, and the process: environment, folder, umask, signals, timer, locale, between two runs.
my (@SPECIALS, %ENVIRONMENT, %SIGNALS, $UMASK, $LOCALE, $TIME_ZONE);
my @SIGNAL_NAMES;
my $SIGNALS_TEXT = '';        # As signals_text() was when they were put back.
my $HAS_CHILDREN;             # Those that the script has left, and that still run.
my ($STARTED_IN, $SELECTED, @OUTPUTS);            # The folder, and [handle, `$|` and what it has for formats].
my ($WANTED_BY, %WANTED) = ({});        # The variables of a request; the environment with them.
my $WANTED_TEXT;              # The environment as it was set, in one text; undefined: it has to be examined.
my @SPECIAL_NAMES = ('/', '\\', ',', ';', '"', '0', "\x17", "\x06", "\x0c", ':');     # ^W ^F ^L

sub take_process {
    no strict 'refs';
    @SPECIALS = map { [\*{"main::$_"}, ${"main::$_"}] } @SPECIAL_NAMES;
    %ENVIRONMENT = %ENV;
    %SIGNALS = %SIG;
    @SIGNAL_NAMES = sort keys %{{%SIG, __DIE__ => 1, __WARN__ => 1}};
    $UMASK = umask;
    my $folder = readlink '/proc/self/cwd';
    $STARTED_IN = defined $folder && -d $folder && $folder =~ /\A(.*)\z/s ? $1 : $FOLDER eq '' ? '/' : $FOLDER;
    $SELECTED = select;
    for my $handle (\*STDERR, \*STDOUT) { select $handle; push @OUTPUTS, [$handle, $|, $=, $-, $%, $^, $~] }
    select $SELECTED;
    ($LOCALE, $TIME_ZONE) = (POSIX::setlocale(POSIX::LC_ALL()), join ' ', POSIX::tzname()) if $INC{'POSIX.pm'};
}

sub put_back_specials {
    for my $special (@SPECIALS) {                        # By the glob: `local` gives it another variable.
        my ($glob, $was) = @$special;
        my $is = ${*$glob};
        ${*$glob} = $was if defined $is ? !defined $was || $is ne $was : defined $was;
    }
    $_ = undef;
    $^A = '';
    untie *$_ for grep { defined tied *$_ } \*STDIN, \*STDOUT, \*STDERR;
    for my $output (@OUTPUTS) {
        select $output->[0];
        ($|, $=, $-, $%, $^, $~) = @$output[1 .. 6];
    }
    select $SELECTED;
}

sub put_back_process {
    alarm 0;
    put_back_signals() if signals_text() ne $SIGNALS_TEXT;
    umask $UMASK;
    chdir $STARTED_IN;
    POSIX::setlocale(POSIX::LC_ALL(), $LOCALE) if defined $LOCALE and POSIX::setlocale(POSIX::LC_ALL()) ne $LOCALE;
    reap_left();
    { package main; reset }   # m?pattern? matches once.
}

# What the script started and did not wait for.
sub reap_left {
    my $ended;
    1 while ($ended = waitpid -1, 1) > 0;                # WNOHANG
    $HAS_CHILDREN = $ended == 0;
}

sub put_back_signals {
    for my $name (keys %{{%SIG, %SIGNALS}}) {           # The script may have deleted some.
        my ($is, $was) = ($SIG{$name}, $SIGNALS{$name});
        next if defined $is ? defined $was && $is eq $was : !defined $was;
        if (defined $was) { $SIG{$name} = $was } else { delete $SIG{$name} }
    }
    $SIGNALS_TEXT = signals_text();
}

# To see in one comparison that nothing has changed. A handler that %SIGNALS holds keeps its address.
sub signals_text {
    return join "\0", scalar(keys %SIG), map { ($_, $SIG{$_}) } grep { defined $SIG{$_} } @SIGNAL_NAMES;
}

# Changes what differs. Under -T an equal value may have lost its taint.
sub set_environment {
    my $variables = shift;
    if ($variables != $WANTED_BY) { ($WANTED_BY, %WANTED) = ($variables, %ENVIRONMENT, %$variables) }
    elsif (is_as_wanted()) { return set_time_zone() }
    for my $name (keys %ENV) { delete $ENV{$name} unless exists $WANTED{$name} }
    for my $name (keys %WANTED) {
        $ENV{$name} = $WANTED{$name} if ${^TAINT} or ($ENV{$name} // "\0") ne $WANTED{$name};
    }
    $WANTED_TEXT = join "\0", %ENV;
    # A zero byte within a value: the text would not say where it ends.
    $WANTED_TEXT = undef if ${^TAINT} or ($WANTED_TEXT =~ tr/\0//) != 2 * keys(%WANTED) - 1;
    set_time_zone();
}

# In one comparison: the order of a hash stays as long as its names do.
sub is_as_wanted {
    return defined $WANTED_TEXT && keys %ENV == keys %WANTED && !grep({ !defined } values %ENV)
        && join("\0", %ENV) eq $WANTED_TEXT;
}

sub set_time_zone { POSIX::tzset() if defined $TIME_ZONE and $TIME_ZONE ne join ' ', POSIX::tzname() }
