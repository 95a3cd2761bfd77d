"""A mail server on loopback for tests: keeps what comes as JSON lines, one mail a line.

    mailbox.py FILE [--user NAME --password WORD] [--certificate PEM --key PEM] [--behaviour WHAT]

WHAT is `keep` (the usual), `refuse` (the text is not taken) or `cut` (the connection breaks off once
the text has come). It prints its port, then serves until standard input closes.
"""

import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Mailbox:
    def __init__(self, path, behaviour):
        self.path = path
        self.behaviour = behaviour

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = []
        for part in message.walk():
            if part.is_multipart():
                continue
            parts.append(
                {
                    "type": part.get_content_type(),
                    "charset": part.get_content_charset(),
                    "name": part.get_filename(),
                    "content": part.get_payload(decode=True).decode("utf-8", "replace"),
                }
            )
        line = {
            "from": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "header": {name.lower(): str(value) for name, value in message.items()},
            "parts": parts,
            "isSecure": session.ssl is not None,
            "longest": max((len(line) for line in envelope.content.split(b"\r\n")), default=0),
        }
        with open(self.path, "a") as file:
            file.write(json.dumps(line) + "\n")
        if self.behaviour == "refuse":
            return "554 5.7.1 Not taken here"
        if self.behaviour == "cut":
            server.transport.abort()
            return None
        return "250 OK"


def smtp(options):
    """The protocol of one connection."""
    more = {}
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
        more = {"tls_context": context, "require_starttls": True}
    if options.user:
        good = (options.user.encode(), options.password.encode())
        more["authenticator"] = lambda server, session, envelope, mechanism, data: AuthResult(
            success=(data.login, data.password) == good, handled=False
        )
        more["auth_required"] = True
        more["auth_require_tls"] = bool(options.certificate)
    return SMTP(Mailbox(options.file, options.behaviour), **more)


async def serve(options):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: smtp(options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--behaviour", default="keep")
    options = parser.parse_args()
    asyncio.run(serve(options))


main()
