"""Checks signed webhooks with the sender's own library, one JSON object a line of a file.

Usage: check_webhooks.py SECRET FILE

Each line has "headers" and "body". It prints a line for each: ok, or the reason why not.
"""

import json
import sys

from standardwebhooks.webhooks import Webhook

secret, path = sys.argv[1:3]
with open(path) as file:
    for line in file:
        delivery = json.loads(line)
        try:
            Webhook(secret).verify(delivery["body"], delivery["headers"])
            print("ok")
        except Exception as error:
            print(type(error).__name__, error)
