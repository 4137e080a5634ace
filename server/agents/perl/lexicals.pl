# The script's `my` variables between two runs, and what makes a script that cannot be run twice.
#
# The jump back leaves no block, so that the file's own variables keep their place, and named subs share them as in a
# fresh process. They are emptied here: at the end of the run those that no named sub holds, as perl does before END
# blocks; the others after them.
my (@FREE_LEXICALS, @HELD_LEXICALS);
my $PLACES;                   # Of all `my` variables of the file; perl replaces what is in them.

# What keeps the script from being run again, or undef.
sub take_lexicals {
    my ($names, $values) = B::main_cv()->PADLIST->ARRAY;
    my @names = $names->ARRAY;
    my @values = $values->ARRAY;
    $PLACES = $values;
    my ($file_end) = map { $_->COP_SEQ_RANGE_HIGH } grep { pad_name($_) eq '$cgi_workbench_agent' } @names;
    my ($held_by, $reason) = held_lexicals();
    $reason //= take_compiled() // (has_files() ? 'a file was opened while the script was compiled' : undef);
    return $reason if defined $reason;
    for my $at (0 .. $#names) {
        my $name = pad_name($names[$at]);
        next if $name !~ /^[\$\@%]\w/ or $name eq '$cgi_workbench_agent' or $names[$at]->FLAGS & B::SVpad_OUR();
        return "`state $name` is set once in a process" if $names[$at]->FLAGS & B::SVpad_STATE();
        my $holder = delete $held_by->{${$values[$at]}};
        my $is_file_level = $names[$at]->COP_SEQ_RANGE_HIGH == $file_end;
        return "sub $holder->[0] keeps `my $name` of a block from one run to the next" if $holder and !$is_file_level;
        next unless $is_file_level;
        my $kept = keep($values[$at]->object_2svref);
        # perl empties a variable at its own end only if nothing refers to it.
        if ($holder) { push @HELD_LEXICALS, $kept } else { push @FREE_LEXICALS, [$kept->[0], $at, $kept->[2]] }
    }
    # Of BEGIN blocks, and of modules below the script's folder.
    push @HELD_LEXICALS, map { keep($_->[1]->object_2svref) } values %$held_by;
    return undef;
}

sub pad_name { my $name = $_[0]; return $name->isa('B::SPECIAL') ? '' : $name->PV // '' }

# Address => [sub, value] of what named subs and END blocks hold of the variables around them.
sub held_lexicals {
    my %held;
    for my $found (grep { $_->[0] ne '' } own_subs()) {
        my ($sub_name, $code) = @$found;
        my ($names, $values) = $code->PADLIST->ARRAY;
        my @names = $names->ARRAY;
        my @values = $values->ARRAY;
        for my $at (0 .. $#names) {
            my $name = pad_name($names[$at]);
            next if $name !~ /^[\$\@%]\w/ or $names[$at]->FLAGS & B::SVpad_OUR();
            if ($names[$at]->FLAGS & B::SVf_FAKE()) { $held{${$values[$at]}} = [$sub_name, $values[$at]] }
            elsif ($names[$at]->FLAGS & B::SVpad_STATE()) { return (\%held, "`state $name` is set once in a process") }
        }
    }
    return (\%held, undef);
}

sub package_subs {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    return map { [$_, B::svref_2object(\&{"${package}::$_"})] }
        grep { !/::\z/ && defined &{"${package}::$_"} } sort keys %$stash;
}

sub is_own_file {
    my $file = shift;
    return 1 if $file eq $SETTING{script};
    return $SETTING{modules} eq 'drop' && (index($file, "$FOLDER/") == 0 || $file !~ m{^/});
}

sub dropped_packages {
    return () if $SETTING{modules} eq 'keep';
    my @modules = grep { /\.pm\z/ && is_own_file($INC{$_} // '/') } sort keys %INC;
    return map { s/\.pm\z//r =~ s{/}{::}gr } @modules;
}

# A variable with what it holds now.
sub keep {
    my $variable = shift;
    my $type = ref $variable;
    return [$type, $variable, copy($type eq 'ARRAY' ? [@$variable] : $type eq 'HASH' ? {%$variable} : $$variable)];
}

# Objects and subs are themselves; plain structures are copied.
sub copy {
    my $value = shift;
    return [map { copy($_) } @$value] if ref $value eq 'ARRAY';
    return {map { $_ => copy($value->{$_}) } keys %$value} if ref $value eq 'HASH';
    return $value;
}

sub put_back {
    my ($type, $variable, $value) = @{$_[0]};
    if ($type eq 'ARRAY') {
        untie @$variable if defined tied @$variable;
        return if !@$variable and !@$value or is_same_list($variable, $value);
        @$variable = @{copy($value)};
    }
    elsif ($type eq 'HASH') {
        untie %$variable if defined tied %$variable;
        %$variable = %{copy($value)} if %$variable or %$value;
        keys %$variable;      # The iterator of each().
    }
    else {
        untie $$variable if defined tied $$variable;
        if (defined $value) { $$variable = copy($value) }
        elsif (defined $$variable) { undef $$variable }
    }
}

sub is_same_list {
    my ($one, $other) = @_;
    return 0 if @$one != @$other or grep { !defined || ref } @$one, @$other;
    for my $at (0 .. $#$one) { return 0 if $one->[$at] ne $other->[$at] }
    return 1;
}

sub drop_lexicals {
    put_back([$_->[0], $PLACES->ARRAYelt($_->[1])->object_2svref, $_->[2]]) for reverse @FREE_LEXICALS;
}
sub put_back_lexicals { put_back($_) for reverse @HELD_LEXICALS; put_back_compiled() }
