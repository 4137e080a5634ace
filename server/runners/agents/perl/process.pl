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
