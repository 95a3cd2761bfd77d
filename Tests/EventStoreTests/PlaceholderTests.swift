import Testing
@Suite struct EventStorePlaceholderTests {}
