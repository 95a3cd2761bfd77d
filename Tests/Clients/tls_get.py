"""Asks a server on loopback over TLS, trusting one certificate, and prints status and body.

Usage: tls_get.py PORT PATH CERTIFICATE
"""

import http.client
import ssl
import sys

port, path, certificate = sys.argv[1:4]
context = ssl.create_default_context(cafile=certificate)
connection = http.client.HTTPSConnection("127.0.0.1", int(port), context=context, timeout=10)
connection.request("GET", path)
answer = connection.getresponse()
print(answer.status, answer.read().decode())
