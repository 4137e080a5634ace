# JSON without a module: the script may bring its own JSON::PP. Strings are bytes in UTF-8.
my %escaped = ('"' => '\"', '\\' => '\\\\', "\n" => '\n', "\r" => '\r', "\t" => '\t');

my %is_number = map { $_ => 1 }
    qw(seq request_seq line column id threadId variablesReference totalFrames systemProcessId);

# A reference to a scalar is a truth value. Numbers are what the protocol wants as such.
sub encode {
    my ($value, $name) = @_;
    return 'null' unless defined $value;
    my $type = ref $value;
    return '[' . join(',', map { encode($_) } @$value) . ']' if $type eq 'ARRAY';
    return '{' . join(',', map { encode_text($_) . ':' . encode($value->{$_}, $_) } sort keys %$value) . '}'
        if $type eq 'HASH';
    return $$value ? 'true' : 'false' if $type eq 'SCALAR';
    return $value + 0 if defined $name && $is_number{$name};
    return encode_text($value);
}

sub encode_text {
    my ($text) = @_;
    utf8::decode($text) unless utf8::is_utf8($text);
    $text =~ s/([^ !#-\[\]-~])/$escaped{$1} || escaped_code(ord $1)/ge;
    return "\"$text\"";
}

sub escaped_code {
    my ($code) = @_;
    return sprintf '\u%04x', $code if $code < 0x10000;
    return '\ufffd' if $code > 0x10ffff;
    $code -= 0x10000;
    return sprintf '\u%04x\u%04x', 0xd800 + ($code >> 10), 0xdc00 + ($code & 0x3ff);
}

my %plain = (b => "\b", f => "\f", n => "\n", r => "\r", t => "\t");

# Takes one value from the beginning of the text.
sub decode {
    my ($text) = @_;
    $$text =~ s/\A\s+//;
    if ($$text =~ s/\A"((?:[^"\\]+|\\.)*+)"//s) { return decoded_text($1) }
    if ($$text =~ s/\A(-?[0-9][0-9.eE+-]*)//) { return $1 }
    if ($$text =~ s/\A(true|false|null)//) { return { true => 1, false => 0, null => undef }->{$1} }
    if ($$text =~ s/\A\[\s*//) {
        my @list;
        until ($$text =~ s/\A\s*\]//) { push @list, decode($text); $$text =~ s/\A\s*,// }
        return \@list;
    }
    $$text =~ s/\A\{\s*// or die "not JSON\n";
    my %object;
    until ($$text =~ s/\A\s*\}//) {
        my $name = decode($text);
        $$text =~ s/\A\s*://;
        $object{$name} = decode($text);
        $$text =~ s/\A\s*,//;
    }
    return \%object;
}

sub decoded_text {
    my ($text) = @_;
    $text =~ s/\\u(d[89ab]..)\\u(d[c-f]..)/in_utf8(0x10000 + ((hex($1) & 0x3ff) << 10) + (hex($2) & 0x3ff))/gie;
    $text =~ s/\\(?:u(....)|(.))/defined $1 ? in_utf8(hex $1) : $plain{$2} || $2/gse;
    return $text;
}

sub in_utf8 { my $character = chr $_[0]; utf8::encode($character); return $character }
