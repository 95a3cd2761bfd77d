import Testing
@Suite struct ReplayPlaceholderTests {}
