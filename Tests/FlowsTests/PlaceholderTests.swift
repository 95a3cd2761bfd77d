import Testing
@Suite struct FlowsPlaceholderTests {}
