import Testing
@Suite struct ValuesPlaceholderTests {}
