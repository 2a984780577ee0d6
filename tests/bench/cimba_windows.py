# mypy: disable-error-code="misc, untyped-decorator"
"""The five windows of `queues` as cimba has them: it reads annotations, which must be no texts."""

from typing import Any

import cimba
from cimba import inputs

WINDOWS, SERVICE, GAP = 5, 12.0, 12.0 / 5 / 0.85


class Windows(cimba.Model):
    interarrival: cimba.Input[float] = inputs.dist.exponential(mean=GAP)
    service: cimba.Input[float] = inputs.dist.exponential(mean=SERVICE)
    queue: cimba.Container
    waiting: cimba.Output[float]

    @cimba.process
    def door(self) -> None:
        while True:
            cimba.hold(self.interarrival.next())
            self.queue.put(1)

    @cimba.process(copies=WINDOWS)
    def window(self) -> None:
        while True:
            self.queue.get(1)
            cimba.hold(self.service.next())

    @cimba.on_end
    def measure(self) -> None:
        self.waiting = self.queue.mean_level()


MODEL: Any = Windows()


def waiting(n: int, seed: int, skip: int, gap: float) -> float:
    """How many wait on average while so many come, after those left out."""
    window = cimba.Window(warmup=skip * gap, duration=n * gap)
    found = cimba.Experiment(MODEL, replications=1, window=window, seed=seed).run()
    return float(found[MODEL].waiting.values.ravel()[0])
