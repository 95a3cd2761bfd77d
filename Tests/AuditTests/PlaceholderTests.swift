import Testing
@Suite struct AuditPlaceholderTests {}
