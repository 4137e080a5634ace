# Persistent mode: the same main program again and again. A source filter ends the script with a jump back to its
# first statement, so that no sub and no eval lies around it.
my ($REPEATS, $STATUS, $ENDING) = (0, 0, 0);
my (@INIT_BLOCKS, @END_BLOCKS, $PIPE_IDS);
my $END_COUNT = -1;           # Of END blocks when they were listed.
my $END_BLOCKS_KEPT;          # How many of them belong to every run.

sub repeats { return $REPEATS }

sub prepare_repeating {
    require B;
    require Filter::Util::Call;
    require mro;
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
    # A script may end within POD: both lines are right there, and after code that the semicolon ends.
    my $end = "\n;\n=pod\n\n=cut\n\n;BEGIN { \$CGIWorkbenchAgent::COMPLETE = 1 } "
        . "CGI_WORKBENCH_END: goto CGI_WORKBENCH_START if &CGIWorkbenchAgent::again;\n";
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
    $END_BLOCKS_KEPT = B::end_av()->FILL;
    take_globals();
    take_process();
    $REPEATS = !$OWN_OUTPUT[0] && !$OWN_OUTPUT[1];
}

sub blocks { return $_[0]->isa('B::SPECIAL') ? () : map { $_->object_2svref } $_[0]->ARRAY }

sub begin_repeating {
    $PIPE_IDS = pipe_ids();
    $PID = $$;
    detect_process() if detects();
    take_next();
}

sub pipe_ids { return file_id($CONTROL) . ' ' . file_id($STATUS_PIPE) }
sub file_id { my @found = stat $_[0]; return @found ? "@found[0, 1]" : 'closed' }

# The end of one run of the script, whose own @_ it has. Returns when there is another request.
sub again {
    @_ = ();
    CORE::exit($STATUS) if !$CONTROL or $$ != $PID;
    detect_end() if detects();
    drop_lexicals();
    run_end_blocks();
    put_back_specials();
    my $is_clean = eval {
        local ($SIG{__DIE__}, $SIG{__WARN__}) = (undef, sub { });
        put_back_lexicals();
        put_back_globals();
        drop_end_blocks();
        1;
    };
    my $has_pipes = pipe_ids() eq $PIPE_IDS;
    # A script's file that came to lie in the place of such a descriptor is not closed.
    close STDIN;
    $is_clean &&= is_free(0);
    close STDOUT;             # It wakes the worker. The status follows at once, so that it sends both together.
    close STDERR;
    $is_clean &&= is_free(1) && is_free(2);
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

sub is_free {
    open my $copy, '<&', $_[0] or return 1;
    close $copy;              # By name: perl leaves open what got the place of STDIN.
    return 0;
}

# The script may have closed every descriptor, and opened others in their place.
sub report {
    my ($is_clean, $has_pipes) = @_;
    if ($has_pipes) {
        return if syswrite $STATUS_PIPE, pack 'NN', $STATUS, $is_clean;
    }
    # Its exit status is all that can be told. exec, since exit would run the END blocks again.
    exec { $SETTING{perl} } $SETTING{perl}, '-e', "exit $STATUS";
    leave();
}

sub run_end_blocks {
    my $blocks = B::end_av();
    if ($END_COUNT != $blocks->FILL) {
        ($END_COUNT, @END_BLOCKS) = ($blocks->FILL, blocks($blocks));
        pop @END_BLOCKS;      # The agent's own.
    }
    $? = $STATUS;
    return unless @END_BLOCKS;
    $ENDING = 1;
    CGI_WORKBENCH_END_BLOCK: for my $block (@END_BLOCKS) {
        next if eval { $block->(); 1 };
        print STDERR $@, "END failed--call queue aborted.\n";
        $? = $! + 0 || $? >> 8 || 255;
    }
    ($STATUS, $ENDING) = ($? & 255, 0);
}

# Those of strings, and of files that are loaded again, belong to the run that added them: perl puts them first.
sub drop_end_blocks {
    my $blocks = B::end_av();
    return if $blocks->FILL == $END_BLOCKS_KEPT;
    my @blocks = blocks($blocks);
    for my $at (reverse 0 .. $#blocks - 1 - $END_BLOCKS_KEPT) {
        my $file = B::svref_2object($blocks[$at])->FILE // '';
        splice @{$blocks->object_2svref}, $at, 1 if $file !~ m{^/} or is_file_loaded($file);
    }
    ($END_COUNT, $END_BLOCKS_KEPT) = (-1, B::end_av()->FILL);
}
