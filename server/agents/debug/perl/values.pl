# Values as text of a bounded length, and what is inside them.
my @references;

sub shown { # text, type, reference of the children
    my ($value) = @_;
    return ('undef', 'undef', 0) unless defined $value;
    if (my $type = Scalar::Util::reftype($value)) {
        my $class = Scalar::Util::blessed($value);
        my $text = $type eq 'ARRAY' ? '[' . scalar(@$value) . ']' : $type eq 'HASH' ? '{' . count($value) . '}' : $type;
        my $has_children = $type =~ /\A(?:ARRAY|HASH|REF|SCALAR|LVALUE)\z/;
        return ((defined $class ? "$class " : '') . $text, $class // $type, $has_children ? push(@references, $value) : 0);
    }
    if (ref \$value eq 'GLOB') { return ("$value", 'GLOB', 0) }
    return ("$value", 'number', 0) if Scalar::Util::looks_like_number($value) && $value !~ /\A0[0-9]/ && length $value < 30;
    return (quoted($value), 'string', 0);
}

# Not by `keys`, which ends the script's own `each`.
sub count { my $count = scalar %{ $_[0] }; $count =~ s/\/.*//; return $count }

sub quoted {
    my ($text) = @_;
    my $is_longer = length $text > $max_text;
    $text = substr $text, 0, $max_text;
    utf8::decode($text) unless utf8::is_utf8($text);
    $text =~ s/([\\"\$\@])/\\$1/g;
    $text =~ s/([\x00-\x1f\x7f-\x9f])/$1 eq "\n" ? '\n' : $1 eq "\r" ? '\r' : $1 eq "\t" ? '\t' : sprintf '\x%02x', ord $1/ge;
    return "\"$text\"" . ($is_longer ? "\xe2\x80\xa6" : '') unless utf8::is_utf8($text);
    return "\"$text\"" . ($is_longer ? "\x{2026}" : '');
}

sub variable {
    my ($name, $value) = @_;
    my ($text, $type, $reference) = shown($value);
    return { name => "$name", value => $text, type => $type, variablesReference => $reference };
}

sub children {
    my ($of) = @_;
    if (ref $of eq 'DB::Names') {
        my $names = $of->{names};
        my @all = map { variable($_, /\A\$/ ? ${ $names->{$_} } : $names->{$_}) } sort keys %$names;
        return { variables => \@all, count => scalar @all };
    }
    my $type = Scalar::Util::reftype($of);
    return { variables => [variable('${}', $$of)], count => 1 } unless $type eq 'ARRAY' || $type eq 'HASH';
    my @names = $type eq 'ARRAY' ? (0 .. $#$of) : sort keys %$of;
    my $count = @names;
    splice @names, $max_children if $count > $max_children;
    my @children = map { variable($_, $type eq 'ARRAY' ? $of->[$_] : $of->{$_}) } @names;
    return { variables => \@children, count => $count };
}
