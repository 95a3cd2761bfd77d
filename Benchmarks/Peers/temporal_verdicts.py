"""Whether Temporal's Replayer notices edits of a workflow, each on the same recorded history.

Prints a line for each edit: its name, a tab, and "same", "missed" or "caught". The history is written in
the JSON form in which Temporal exports histories, since no server is needed to replay one.
"""

import asyncio
import base64
import json
from dataclasses import dataclass, replace
from datetime import timedelta

from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner


@dataclass(frozen=True)
class Version:
    """What a version of the workflow does: calls with one argument each, one after the other."""

    calls: tuple = ("call1", "call2", "call3", "call4", "call5")
    shift: int = 0
    seconds: int = 10
    result: int = 0


RECORDED = Version()
EDITS = {
    "none": RECORDED,
    "step renamed or of another connector": replace(
        RECORDED, calls=("call1", "call2", "other", "call4", "call5")
    ),
    "last step dropped": replace(RECORDED, calls=RECORDED.calls[:-1]),
    "step added at the end": replace(RECORDED, calls=RECORDED.calls + ("call6",)),
    "arguments of every step changed": replace(RECORDED, shift=100),
    "final result changed": replace(RECORDED, result=1),
    "timeout or option changed": replace(RECORDED, seconds=20),
}
running = RECORDED


@workflow.defn(name="Verdicts")
class Verdicts:
    """Runs the version of the moment."""

    @workflow.run
    async def run(self) -> dict:
        answers = []
        for number, name in enumerate(running.calls, 1):
            answers.append(
                await workflow.execute_activity(
                    name,
                    number + running.shift,
                    start_to_close_timeout=timedelta(seconds=running.seconds),
                )
            )
        return answers[running.result]


def payloads(value):
    """A value as histories hold it."""

    def text(data: bytes) -> str:
        return base64.b64encode(data).decode()

    encoding = {"encoding": text(b"json/plain")}
    return {"payloads": [{"metadata": encoding, "data": text(json.dumps(value).encode())}]}


class History:
    """The events of one run, numbered from 1."""

    def __init__(self):
        self.events = []

    def add(self, kind: str, **attributes) -> str:
        words = kind.split("_")
        member = words[0].lower() + "".join(word.capitalize() for word in words[1:])
        number = str(len(self.events) + 1)
        self.events.append(
            {
                "eventId": number,
                "eventTime": "2026-09-14T08:00:00Z",
                "eventType": "EVENT_TYPE_" + kind,
                member + "EventAttributes": attributes,
            }
        )
        return number

    def task(self) -> str:
        queue = {"name": "queue"}
        scheduled = self.add("WORKFLOW_TASK_SCHEDULED", taskQueue=queue, startToCloseTimeout="10s")
        started = self.add("WORKFLOW_TASK_STARTED", scheduledEventId=scheduled)
        return self.add(
            "WORKFLOW_TASK_COMPLETED",
            scheduledEventId=scheduled,
            startedEventId=started,
            # Without the first of these flags the name of an activity is not compared at all.
            sdkMetadata={"coreUsedFlags": [1, 2]},
        )

    def activity(self, name: str, argument: int, task: str) -> str:
        scheduled = self.add(
            "ACTIVITY_TASK_SCHEDULED",
            activityId=str(argument),
            activityType={"name": name},
            taskQueue={"name": "queue"},
            input=payloads(argument),
            startToCloseTimeout="10s",
            workflowTaskCompletedEventId=task,
        )
        started = self.add("ACTIVITY_TASK_STARTED", scheduledEventId=scheduled)
        self.add(
            "ACTIVITY_TASK_COMPLETED",
            result=payloads({"answer": argument * 10}),
            scheduledEventId=scheduled,
            startedEventId=started,
        )
        return self.task()


def recorded() -> WorkflowHistory:
    """The history of the recorded version."""
    history = History()
    history.add(
        "WORKFLOW_EXECUTION_STARTED",
        workflowType={"name": "Verdicts"},
        taskQueue={"name": "queue"},
        originalExecutionRunId="run",
        firstExecutionRunId="run",
        workflowTaskTimeout="10s",
        attempt=1,
    )
    task = history.task()
    for number, name in enumerate(RECORDED.calls, 1):
        task = history.activity(name, number, task)
    history.add(
        "WORKFLOW_EXECUTION_COMPLETED",
        result=payloads({"answer": 10}),
        workflowTaskCompletedEventId=task,
    )
    return WorkflowHistory.from_json("run", {"events": history.events})


async def main():
    global running
    replayer = Replayer(workflows=[Verdicts], workflow_runner=UnsandboxedWorkflowRunner())
    for name, version in EDITS.items():
        running = version
        replay = await replayer.replay_workflow(recorded(), raise_on_replay_failure=False)
        unnoticed = "same" if version == RECORDED else "missed"
        print(name, "caught" if replay.replay_failure else unnoticed, sep="\t")


if __name__ == "__main__":
    asyncio.run(main())
