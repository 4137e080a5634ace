# What constants refer to: `use constant DEFAULTS => { ... }` names a hash that the script may change.
my (@ARRAYS_OF_CONSTANTS, @HASHES_OF_CONSTANTS, @OTHERS_OF_CONSTANTS);      # [reference, what it holds]
my ($CONTENTS_COUNT, $CONTENTS_TEXT);   # Of the arrays and hashes, to see in one comparison that nothing has changed.

sub take_constants {
    return if $SETTING{globals} eq 'keep';
    my %seen;
    for my $package (@_) {
        no strict 'refs';
        my $stash = \%{"${package}::"};
        take_contents(\%seen, constant_values($stash->{$_})) for grep { !/::\z/ } sort keys %$stash;
    }
}

# perl keeps a constant in the package itself, until something else has its name.
sub constant_values {
    my $symbol = shift;
    my $code = ref \$symbol eq 'GLOB' ? *$symbol{CODE} : $symbol;
    return () if !ref $code;
    return @$code if ref $code eq 'ARRAY';
    return $$code if ref $code eq 'REF';
    return ref $code eq 'CODE' && defined &$code && B::svref_2object($code)->CvFLAGS & B::CVf_CONST() ? $code->() : ();
}

# A list of all that can be reached, each with what it holds itself: objects and subs stay themselves.
sub take_contents {
    my ($seen, @values) = @_;
    while (@values) {
        my $value = pop @values;
        my $type = ref $value;
        next if $type !~ /^(?:ARRAY|HASH|SCALAR|REF)$/ or $seen->{0 + $value}++;
        next if $type eq 'ARRAY' ? defined tied @$value : $type eq 'HASH' ? defined tied %$value : defined tied $$value;
        next if $type =~ /^(?:SCALAR|REF)$/ and Internals::SvREADONLY($$value);
        my @held = $type eq 'ARRAY' ? @$value : $type eq 'HASH' ? %$value : $$value;
        my $list = $type eq 'ARRAY' ? \@ARRAYS_OF_CONSTANTS : \@HASHES_OF_CONSTANTS;
        $list = \@OTHERS_OF_CONSTANTS if $type =~ /^(?:SCALAR|REF)$/ or grep { !is_plain($_) } @{[@held]};
        push @$list, [$value, \@held];
        push @values, grep { ref } @held;
    }
}

# What a text would tell: not no value, an object, which may make its text itself, or a zero byte.
sub is_plain { return defined $_[0] && ref($_[0]) =~ /^(?:ARRAY|HASH|SCALAR|REF|CODE|GLOB)?$/ && $_[0] !~ /\0/ }

# Copies: perl would note in a number that it was used as a text.
sub contents {
    my @copies;
    push @copies, scalar @{$_->[0]}, @{$_->[0]} for @ARRAYS_OF_CONSTANTS;
    push @copies, %{$_->[0]} for @HASHES_OF_CONSTANTS;
    return \@copies;
}

sub put_back_constants {
    put_back_contents($_) for @OTHERS_OF_CONSTANTS;
    return unless @ARRAYS_OF_CONSTANTS or @HASHES_OF_CONSTANTS;
    no warnings 'uninitialized';
    my $contents = contents();
    return if defined $CONTENTS_TEXT and @$contents == $CONTENTS_COUNT and join("\0", @$contents) eq $CONTENTS_TEXT;
    put_back_contents($_) for @ARRAYS_OF_CONSTANTS, @HASHES_OF_CONSTANTS;
    $contents = contents();       # A hash that was filled again has another order.
    ($CONTENTS_COUNT, $CONTENTS_TEXT) = (scalar @$contents, join "\0", @$contents);
}

sub put_back_contents {
    my ($reference, $held) = @{$_[0]};
    if (ref $reference eq 'ARRAY') { @$reference = @$held }
    elsif (ref $reference eq 'HASH') { %$reference = @$held }
    else { $$reference = $held->[0] }
}
