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
    my @switches = application_switches();
    settings_to_environment();
    exec { $SETTING{perl} } $SETTING{perl}, @switches, $SETTING{agent};
    die "$SETTING{perl}: $!\n";
}

sub serve_application {
    note_script();
    @SETTING{qw(spare modules)} = (0, 'keep');    # There are no children, and no module is loaded again.
    require Scalar::Util;
    require overload;
    *CORE::GLOBAL::exit = \&exit_of_application;
    take_output();
    ($0, @ARGV) = $SETTING{script};
    for my $module (split /,/, $SETTING{preload}) {
        eval "package main; require $module; 1" or not_preloaded($module);
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
    become_anew() if is_idle() and is_worn_out();
    return 0;
}

sub become_anew {
    keep_connections();
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
    detect_application() if detects();
    {
        local ($@, $_, $\, $,);
        local $/ = "\n";
        # perl would run a handler of the loop's in the application.
        local $SIG{TERM} = local $SIG{INT} = \&leave;
        my $done = eval { $status = respond($request); 1 };
        my $error = $@;
        tie_output();
        if (!$done) {
            if (!is_gone($request) or $error ne "The client has gone.\n") {
                print STDERR is_leaving($error) ? "The application called exit.\n" : "$error";
                $status = 1;
            }
        }
    }
    leave() if $$ != $PID;    # A fork of the application's that came back to here.
    report_application() if detects();
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
        print STDERR $SETTING{asked} eq 'handler'
            ? "$SETTING{script} has no sub to call: it defines none whose first variable is \$req or \$r"
                . ". Define one, as in \"sub index { my \$req = shift; ... }\", or run the file as CGI.\n"
            : "$SETTING{script} has no application: its last value is not a code reference (PSGI)"
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
    DB::postponed($main::{"_<$SETTING{script}"}) if defined &DB::postponed; # perl tells a debugger of `require` alone
    if (!defined $found) {
        return undef if is_leaving($@);
        die $@ if $@;
        die "$SETTING{script}: $!\n" if !-r $SETTING{script};
    }
    return $APPLICATION = handler_application() if $SETTING{asked} eq 'handler';
    if (ref $found and !is_code($found) and eval { $found->can('to_app') }) { $found = $found->to_app }
    return undef unless is_code($found);
    return $APPLICATION = $found;
}

sub is_leaving { return ref $_[0] eq 'SCALAR' && $_[0] == $LEFT }
sub kind { return Scalar::Util::reftype($_[0]) // '' }
sub is_list { return kind($_[0]) eq 'ARRAY' }
sub is_code { return kind($_[0]) eq 'CODE' || ref $_[0] && overload::Method($_[0], '&{}') }
