"""What became of loading the source for one test, heard of with the test's first call."""

from judge.proxy.caller import Remote
from judge.proxy.channel import BadReply, Delivery, MissingEntry, Stopped
from judge.proxy.rebuilt import RemoteError


class Loading:
    """Kept beside the test, which may catch what its first call raises.

    `error` is what loading raised, `passed_over` says that the test was given no process.
    """

    def __init__(self, remote: Remote) -> None:
        """Store what the source is loaded for."""
        self._remote = remote
        self.error: BaseException | None = None
        self.passed_over = False

    @property
    def went_wrong(self) -> bool:
        """Whether it is known that the test cannot run."""
        return self.passed_over or self.error is not None

    def finished(self, delivery: Delivery) -> None:
        """It was loaded, or raised."""
        try:
            self._remote.accept_loading(delivery)
        except (BadReply, MissingEntry, RemoteError) as error:
            self.error = error

    def stopped(self) -> None:
        """Its process did not survive."""
        self.error = Stopped()

    def refused(self) -> None:
        """The test is not to run."""
        self.passed_over = True
