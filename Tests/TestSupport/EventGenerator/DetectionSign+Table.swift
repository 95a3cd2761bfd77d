extension DetectionSign {
  /// The signs, each in one entry of a thousand.
  ///
  /// Some lack just one thing of the one before.
  static let all: [DetectionSign] = access + risks + administration + factors

  private static let access: [DetectionSign] = [
    DetectionSign(
      "admin console, refused",
      #"{"eventType":"user.session.access_admin_app","outcome":{"result":"FAILURE"}}"#
    ),
    DetectionSign("admin console, by password", verified(["password"], "Okta Admin Console")),
    DetectionSign("admin console, by a code", verified(["otp"], "Okta Admin Console")),
    DetectionSign(
      "admin console, by mail and push",
      verified(["email", "push"], "Okta Admin Console")
    ),
    DetectionSign(
      "admin console from a new device",
      #"{"eventType":"policy.evaluate_sign_on",\#(target("AppInstance", "Okta Admin Console")),"#
        + #""debugContext":{"debugData":{"behaviors":"{New Device=POSITIVE, New IP=POSITIVE}"}}}"#
    ),
    DetectionSign(
      "admin console from a new address, as JSON in a text",
      #"{"eventType":"policy.evaluate_sign_on",\#(target("AppInstance", "Okta Admin Console")),"#
        + #""debugContext":{"debugData":{"behaviors":"{}","#
        + #""logOnlySecurityData":"{\"behaviors\":{\"New IP\":\"POSITIVE\"}}"}}}"#
    ),
    DetectionSign("proxy and a new place", proxied("ada@example.com")),
    DetectionSign("proxy and a new place, by the system", proxied("system@okta.com")),
    DetectionSign("cloud console from a new device", singleSignOn("AWS Console", "AppInstance")),
    DetectionSign("cloud console, named by a group", singleSignOn("Azure readers", "UserGroup")),
    DetectionSign(
      "sign-on denied",
      #"{"eventType":"policy.evaluate_sign_on","outcome":{"result":"DENY"}}"#
    ),
    DetectionSign(
      "identity not proven",
      #"{"eventType":"user.identity_verification","outcome":{"result":"DENY"}}"#
    ),
    DetectionSign("rich client", #"{"eventType":"user.authentication.auth_via_richclient"}"#),
    DetectionSign(
      "sign-in through a proxy",
      #"{"eventType":"user.session.start","securityContext":{"isProxy":true}}"#
    ),
  ]

  private static let risks: [DetectionSign] = [
    DetectionSign(
      "many guesses",
      risk("detectionName=Brute Force Attack, reasons=MFA brute force")
    ),
    DetectionSign("known attacker", risk("detectionName=Okta Threat Intelligence, level=LOW")),
    DetectionSign(
      "stolen session",
      risk("reasons=Associated sessionId is suspected to be hijacked, level=MEDIUM")
    ),
    DetectionSign("high risk", risk("reasons=Anomalous Device, level=HIGH")),
    DetectionSign("unknown users", threat("Login failures with high unknown users count")),
    DetectionSign("sprayed passwords", threat("Password Spray")),
    DetectionSign("roaming", #"{"eventType":"security.session.detect_client_roaming"}"#),
    DetectionSign(
      "reported by its user",
      #"{"eventType":"user.account.report_suspicious_activity_by_enduser"}"#
    ),
  ]

  private static let administration: [DetectionSign] = [
    DetectionSign("token for anywhere", token("create", "ANYWHERE")),
    DetectionSign("token changed to anywhere", token("update", "ANYWHERE")),
    DetectionSign("token for a zone", token("create", "INCLUDE")),
    DetectionSign("log stream on", #"{"eventType":"system.log_stream.lifecycle.activate"}"#),
    DetectionSign("log stream off", #"{"eventType":"system.log_stream.lifecycle.deactivate"}"#),
    DetectionSign("directory agent", #"{"eventType":"system.agent.ad.create"}"#),
    DetectionSign("directory import", #"{"eventType":"system.agent.ad.import_user"}"#),
    DetectionSign("identity provider", #"{"eventType":"system.idp.lifecycle.create"}"#),
    DetectionSign("right granted", privilege("grant", "privilegeGranted", "Super administrator")),
    DetectionSign(
      "right taken",
      privilege("revoke", "privilegeRevoked", "Organization administrator")
    ),
    DetectionSign("secret read", #"{"eventType":"app.oauth2.client.read_client_secret"}"#),
    DetectionSign(
      "redirect to elsewhere",
      #"{"eventType":"app.oauth2.token.grant","#
        + #""outcome":{"result":"FAILURE","reason":"mismatched_redirect_uri"}}"#
    ),
    DetectionSign(
      "password changed elsewhere",
      #"{"eventType":"pam.server_account.password_change.out_of_band"}"#
    ),
    DetectionSign("protection set", #"{"eventType":"security.protected_action.settings.update"}"#),
    DetectionSign(
      "protected action",
      #"{"eventType":"security.protected_action.attempt","#
        + #"\#(target("ProtectedAction", "Reset passwords for super admins"))}"#
    ),
    DetectionSign("password shown", #"{"eventType":"application.user_membership.show_password"}"#),
    DetectionSign(
      "token at work",
      #"{"transaction":{"detail":{"requestApiTokenId":"00Texample"}},"outcome":{"result":"ALLOW"}}"#
    ),
  ]

  private static let factors: [DetectionSign] = [
    DetectionSign("phishing declined", factor("FAILURE", more: #","result":"FAILURE""#)),
    DetectionSign("phishing declined, told once", factor("FAILURE")),
    DetectionSign("unanswered", factor("UNANSWERED")),
    DetectionSign("abandoned", factor("ABANDONED")),
    DetectionSign("key without a signature", loopback("NO_SIGNATURE", "Google Chrome")),
    DetectionSign("key of another program", loopback("VALID", "curl")),
    DetectionSign("key of a browser", loopback("VALID", "Google Chrome")),
    DetectionSign(
      "wrong number",
      push("pushWithNumberChallengeResponseType", "OV_WITH_CHALLENGE_RESPONSE_INVALID")
    ),
    DetectionSign("push denied", push("pushOnlyResponseType", "OV_RESPONSE_DENY")),
    DetectionSign("factors reset", #"{"eventType":"user.mfa.factor.reset_all"}"#),
  ]
}

// MARK: - Signs of one form

extension DetectionSign {
  private static func target(_ type: String, _ name: String, _ more: String = "") -> String {
    #""target":[{"id":"0oaexample","type":"\#(type)","displayName":"\#(name)"\#(more)}]"#
  }

  private static func verified(_ methods: [String], _ application: String) -> String {
    let used = methods.map { "\"\($0)\"" }.joined(separator: ",")
    let detail = #","detailEntry":{"MethodTypeUsed":[\#(used)]}"#
    return #"{"eventType":"user.authentication.verify","outcome":{"result":"SUCCESS"},"#
      + #"\#(target("AppInstance", application, detail))}"#
  }

  private static func proxied(_ actor: String) -> String {
    #"{"eventType":"user.authentication.verify","outcome":{"result":"SUCCESS"},"#
      + #""securityContext":{"isProxy":true},"actor":{"alternateId":"\#(actor)"},"#
      + #""debugContext":{"debugData":{"#
      + #""behaviors":"{New Device=POSITIVE, New Geo-Location=POSITIVE}"}}}"#
  }

  private static func singleSignOn(_ application: String, _ type: String) -> String {
    #"{"eventType":"user.authentication.sso","outcome":{"result":"SUCCESS"},"#
      + #"\#(target(type, application)),"#
      + #""debugContext":{"debugData":{"behaviors":"{New Device=POSITIVE}"}}}"#
  }

  private static func risk(_ risk: String) -> String {
    #"{"eventType":"user.risk.detect","debugContext":{"debugData":{"risk":"{\#(risk)}"}}}"#
  }

  private static func threat(_ reason: String) -> String {
    #"{"eventType":"security.threat.detected","outcome":{"reason":"\#(reason)"}}"#
  }

  private static func token(_ verb: String, _ connection: String) -> String {
    #"{"eventType":"system.api_token.\#(verb)","#
      + #""debugContext":{"debugData":{"networkConnection":"\#(connection)"}}}"#
  }

  private static func privilege(_ verb: String, _ member: String, _ role: String) -> String {
    #"{"eventType":"user.account.privilege.\#(verb)","#
      + #""debugContext":{"debugData":{"\#(member)":"\#(role), Help desk"}}}"#
  }

  private static func factor(_ result: String, more: String = "") -> String {
    #"{"eventType":"user.authentication.auth_via_mfa"\#(more),"#
      + #""outcome":{"result":"\#(result)","reason":"FastPass declined phishing attempt"}}"#
  }

  private static func loopback(_ status: String, _ program: String) -> String {
    #"{"outcome":{"result":"SUCCESS"},"debugContext":{"debugData":{"factor":"SIGNED_NONCE"}},"#
      + #""authenticationContext":{"authenticatorContext":{"bindingMethod":"LOOPBACK","#
      + #""validationStatus":"\#(status)","binaryIdentifier":"\#(program)"}}}"#
  }

  private static func push(_ member: String, _ answer: String) -> String {
    #"{"eventType":"user.authentication.auth_via_mfa","#
      + #""debugContext":{"debugData":{"\#(member)":"\#(answer)"}}}"#
  }
}
