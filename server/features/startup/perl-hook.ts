// Perl has no `-X importtime`: this module, which PERL5OPT loads before the script, writes the same lines, and Python's
// heading. It loads Time::HiRes, so what that needs itself is missing from the list.
export const perlHookName = "CGIWorkbenchImportTimes";

export const perlHook = `package ${perlHookName};
BEGIN {
    # A Perl that the script starts is not examined.
    $ENV{PERL5OPT} =~ s/ ?-M${perlHookName}\\z//;
    delete $ENV{PERL5OPT} if $ENV{PERL5OPT} eq '';
    require Time::HiRes;
    open my $out, '>&', \\*STDERR or die;
    syswrite $out, "import time: self [us] | cumulative | imported package\\n";
    my $pid = $$;
    my @within;
    *CORE::GLOBAL::require = sub {
        my ($what) = @_;
        return CORE::require($what) if $$ != $pid || $what !~ /\\.p[lm]\\z/i || exists $INC{$what};
        push @within, 0;
        my $begun = Time::HiRes::time();
        my $answer = eval { CORE::require($what) };
        my $failure = $@;
        my $took = Time::HiRes::time() - $begun;
        my $below = pop @within;
        $within[-1] += $took if @within;
        my $name = $what;
        $name =~ s{/}{::}g;
        $name =~ s/\\.pm\\z//;
        syswrite $out, sprintf("import time: %9d | %10d | %s%s\\n",
            ($took - $below) * 1e6, $took * 1e6, '  ' x @within, $name);
        die $failure if $failure;
        return $answer;
    };
}
1;
`;
