/// How a method sends mail.
struct MailTemplate: Sendable {
  let from: Template?
  let to: Template
  let copies: Template?
  let blindCopies: Template?
  let subject: Template
  let body: Template
  /// Whether the body is HTML: `Yes`, `HTML` or true.
  let html: Template?
  /// The name and content of an attachment.
  let attachment: (name: Template, content: Template)?
}
