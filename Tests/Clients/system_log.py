"""Lists System Log entries with Okta's own SDK, page by page to the end, and prints their ids.

    system_log.py PORT TOKEN [--since T] [--until T] [--filter F] [--q Q] [--order O] [--limit N]

The end is an empty page, or one without a next. An error is printed as its code.
"""

import argparse
import asyncio
import os

os.environ["OKTA_TESTING_TESTINGDISABLEHTTPSCHECK"] = "true"

from okta.client import Client
from okta.pagination import PaginationHelper


async def main(options):
    client = Client(
        {
            "orgUrl": f"http://127.0.0.1:{options.port}",
            "token": options.token,
            "rateLimit": {"maxRetries": options.retries},
        }
    )
    after = None
    while True:
        events, response, error = await client.list_log_events(
            since=None if after else options.since,
            until=options.until,
            after=after,
            filter=options.filter,
            q=options.q,
            limit=options.limit,
            sort_order=options.order,
        )
        if error:
            print(getattr(error, "error_code", None) or error)
            return
        for event in events:
            print(event.uuid)
        after = PaginationHelper.extract_next_cursor(response.headers)
        if not events or not after:
            return


parser = argparse.ArgumentParser()
parser.add_argument("port", type=int)
parser.add_argument("token")
for name in ["since", "until", "filter", "q", "order"]:
    parser.add_argument("--" + name)
parser.add_argument("--limit", type=int, default=100)
parser.add_argument("--retries", type=int, default=2)
asyncio.run(main(parser.parse_args()))
