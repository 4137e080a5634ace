# Finding what an application leaves behind (--detect): it stays loaded, and nothing is put back between requests.
# Beside the process and the libraries these are the variables of the file's packages, and those around its subs.
my $VARIABLES_BEFORE;         # Undefined: nothing is examined.
my $REPORTED = 0;

# The application is loaded before: what that changes is changed once in a process.
sub detect_application {
    $VARIABLES_BEFORE = undef;
    return unless eval { application() };    # The request itself finds out why not.
    require B;
    detect_process();
    $VARIABLES_BEFORE = application_variables();
}

sub report_application {
    return unless $VARIABLES_BEFORE;
    my @own = map { ['global', @$_[1 .. 3]] } library_differences($VARIABLES_BEFORE, application_variables());
    my @kept = (differences($BEFORE_ALL, facts()), library_differences($LIBRARIES_BEFORE, library_facts()), @own);
    write_report([$REPORTED++ ? @kept : grep { counts_at_first(@$_) } @kept], []);
}

# What the first request of a process opens, starts or fills may be meant to stay: it counts when it goes on.
sub counts_at_first {
    my ($kind, undef, undef, $after) = @_;
    return 0 if "$kind\0" =~ $FACTS_OF_PROCESS;
    return $kind ne 'global' || ($after // '') !~ /\A(?:\d+ items?|[A-Za-z_]\w*(?:::\w+)* \d+)\z/;
}

# As library_facts.
sub application_variables {
    my (%found, @subs);
    for my $package ('main', script_packages()) {
        no strict 'refs';
        my $stash = \%{"${package}::"};
        for my $symbol (grep { !is_left_alone($package, $_) && ref \$stash->{$_} eq 'GLOB' } keys %$stash) {
            my $name = $package eq 'main' ? $symbol : "${package}::$symbol";
            examine_symbol($name, \$stash->{$symbol}, \%found) if named_at("\$$name");
        }
        push @subs, map { $_->[1] } package_subs($package);
    }
    my %seen;
    examine_sub($_, \%found, \%seen) for @subs, is_code($APPLICATION) ? B::svref_2object($APPLICATION) : ();
    return \%found;
}

# Variables that a sub of the file has from around it, and those that such subs have which it calls by them.
sub examine_sub {
    my ($code, $found, $seen) = @_;
    return if $seen->{$$code}++ or !$code->isa('B::CV') or !is_own_file($code->FILE // '');
    return if $code->PADLIST->isa('B::SPECIAL') or !${$code->PADLIST};
    my ($names, $values) = map { [$_->ARRAY] } $code->PADLIST->ARRAY;
    for my $at (0 .. $#$names) {
        my $name = pad_name($names->[$at]);
        next if $name !~ /^[\$\@%]\w/ or $values->[$at]->isa('B::SPECIAL');
        my $flags = $names->[$at]->FLAGS;
        next if $flags & B::SVpad_OUR() or !($flags & (B::SVf_FAKE() | B::SVpad_STATE()));
        my $variable = $values->[$at]->object_2svref;
        my $kind = ref $variable;
        $found->{$name} //=
              $kind eq 'ARRAY' ? [scalar @$variable, items_text(@$variable)]
            : $kind eq 'HASH' ? [scalar keys %$variable, items_text(map { ($_, $variable->{$_}) } sort keys %$variable)]
            :                   scalar_fact($$variable);
        examine_sub(B::svref_2object($$variable), $found, $seen) if $kind eq 'REF' and ref $$variable eq 'CODE';
    }
}
