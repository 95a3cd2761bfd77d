"""Prints the header fields with which a sender's own library signs a body.

Usage: sign.py slack|standardwebhooks SECRET BODY
"""

import datetime
import sys
import time

library, secret, body = sys.argv[1:4]
if library == "slack":
    from slack_sdk.signature import SignatureVerifier

    stamp = str(int(time.time()))
    verifier = SignatureVerifier(signing_secret=secret)
    signature = verifier.generate_signature(timestamp=stamp, body=body)
    print(f"X-Slack-Request-Timestamp: {stamp}")
    print(f"X-Slack-Signature: {signature}")
else:
    from standardwebhooks.webhooks import Webhook

    now = datetime.datetime.now(tz=datetime.timezone.utc)
    signature = Webhook(secret).sign("msg_1", now, body)
    print("webhook-id: msg_1")
    print(f"webhook-timestamp: {int(now.timestamp())}")
    print(f"webhook-signature: {signature}")
