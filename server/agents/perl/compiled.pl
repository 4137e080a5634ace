# What perl keeps in compiled code from one run of the script to the next. Flip-flops are put back, and so are patterns
# with the flag `o`, where perl has them in a list. After a `glob` that gives one name at a time, the script cannot be
# run twice.
my @FLIPFLOPS;
my (@PATTERNS, $PATTERN_LIST);           # [sub or undef, where its code is, places in the list].
my (@FOUND, $STATEMENT, $KEPT_BY);       # While code is looked through.
# Where a text may have that flag. A word in quotes, or a part of a path, is not one.
my $FLAG_O = qr{[^\w\s\$&'(\[\{<.-](?!\w*([^\Waex])\w*\1)[msixpadlungcer]*o[msixpadlungcer]*(?![\w"'/\\<>.:(-])};

# What keeps the script from being run again, or undef.
sub take_compiled {
    my @subs = own_subs();
    @FLIPFLOPS = map { flipflops($_) } B::main_cv(), map { $_->[1] } @subs;
    # Most scripts have neither, which costs less to see.
    return undef unless $INC{'File/Glob.pm'} or grep { (text_of($_) // '') =~ $FLAG_O } $SETTING{script}, own_files();
    no warnings 'once';
    local *B::OP::cgi_workbench_look = sub { };
    local *B::COP::cgi_workbench_look = sub { $STATEMENT = $_[0] };
    local *B::PMOP::cgi_workbench_look = \&look_at_pattern;
    local *B::LISTOP::cgi_workbench_look = \&look_at_list;
    $PATTERN_LIST = B::PMOP->can('pmoffset') && defined &B::regex_padav ? B::regex_padav()->object_2svref : undef;
    for my $code (undef, map { $_->[1] } @subs) {
        my $root = $code ? $code->ROOT : B::main_root();
        B::walkoptree($root, 'cgi_workbench_look') if $$root;
        return $KEPT_BY if defined $KEPT_BY;
        push @PATTERNS, [$code && $code->object_2svref, $$root, splice @FOUND] if @FOUND;
    }
    return undef;
}

sub own_files { return grep { defined && !ref && is_own_file($_) } values %INC }

# [name, code] of named subs, of END blocks, and of the subs within them and within the main program.
sub own_subs {
    my @subs = map { ['END', B::svref_2object($_)] } blocks(B::end_av());
    for my $package ('main', script_packages(), dropped_packages()) { push @subs, package_subs($package) }
    my (@found, %seen);
    push @subs, inner_subs(B::main_cv());
    while (my $found = shift @subs) {
        my $code = $found->[1];
        next if $seen{$$code}++ or !is_own_file($code->FILE // '') or !has_pad($code);
        push @found, $found;
        push @subs, inner_subs($code);
    }
    return @found;
}

sub has_pad { my $code = shift; return !$code->PADLIST->isa('B::SPECIAL') && ${$code->PADLIST} }

sub inner_subs {
    my ($names, $values) = $_[0]->PADLIST->ARRAY;
    my @names = $names->ARRAY;
    my @values = $values->ARRAY;
    return map { ['', $values[$_]] } grep { pad_name($names[$_]) =~ /^&/ && $values[$_]->isa('B::CV') } 0 .. $#names;
}

# Where `..` of a condition keeps its state: variables named "$". perl makes them for lists, too.
sub flipflops {
    my ($names, $values) = $_[0]->PADLIST->ARRAY;
    my @names = $names->ARRAY;
    my @values = $values->ARRAY;
    my @places = grep { pad_name($names[$_]) eq '$' && $names[$_]->FLAGS & B::SVpad_STATE() } 0 .. $#names;
    return map { $_->object_2svref } grep { $_->isa('B::PVNV') && !($_->FLAGS & B::SVf_READONLY()) } @values[@places];
}

sub put_back_compiled {
    for my $place (@FLIPFLOPS) { undef $$place if defined $$place }
    for my $kept (@PATTERNS) {
        my ($sub, $root, @places) = @$kept;
        # Those of a sub that the script has undefined are another's now.
        next if $sub and ${B::svref_2object($sub)->ROOT} != $root;
        # Not by an assignment, which would change the pattern itself: another thing takes its place.
        for my $at (@places) { splice @$PATTERN_LIST, $at, 1, undef if ref \$PATTERN_LIST->[$at] eq 'REGEXP' }
    }
}

sub look_at_pattern {
    my $op = shift;
    return unless $op->pmflags & B::PMf_KEEP() and $op->flags & B::OPf_KIDS();
    for (my $kid = $op->first; $$kid; $kid = $kid->sibling) {
        next if $kid->name ne 'regcomp';
        if ($PATTERN_LIST) { push @FOUND, $op->pmoffset }
        else { $KEPT_BY //= 'a pattern with the flag o is made once in a process, at ' . place() }
    }
}

sub look_at_list {
    my $op = shift;
    return if $op->name ne 'glob' or ($op->flags & B::OPf_WANT()) == B::OPf_WANT_LIST();
    $KEPT_BY //= '`glob` gives one name after another in a process, at ' . place();
}

sub place { return $STATEMENT ? $STATEMENT->file . ' line ' . $STATEMENT->line : 'an unknown place' }
