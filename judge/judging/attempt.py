"""One pass over all tests of a submission, as a list of steps. Everything else is one call away.

lease a box, open a session in the grader
for every test, samples first:   fresh process, load the source, pass its calls, end, verdict
points and the overall verdict

The process of the next test is ordered with the end of the one before, so that it has loaded the
source by the time the grader asks for it.
"""

from dataclasses import replace
from datetime import UTC, datetime

from judge.errors import (
    GraderFailed,
    InfrastructureError,
    MalformedHeader,
    SilentTest,
    TestFault,
)
from judge.grading import (
    Answered,
    Began,
    Called,
    Collected,
    Done,
    Ended,
    Failure,
    FailureKind,
    Found,
    Grader,
    Message,
    Outcome,
    ProgramCalled,
    Report,
    Searching,
    Session,
    TestInfo,
    Tried,
    Waiting,
)
from judge.judging import scoring, words
from judge.judging.events import Listener, PhaseStarted, SearchFailed, TestEnded, TestsCollected
from judge.judging.example import MAX_SEARCHES, Example, is_searchable, search_limits
from judge.judging.limits import limits_of
from judge.judging.orders import Submission, grading_spec, order
from judge.judging.outcome import require_no_fault, verdict_of
from judge.judging.relay import Patience, Relay, TestOver, messages
from judge.model import (
    Exit,
    Judgement,
    Phase,
    RunResult,
    StopReason,
    TestResult,
    TestState,
    Verdict,
)
from judge.sandbox.base import Box, Order, Sandbox
from judge.sandbox.cores import on_one_core

SUBMISSION_CPU_SECONDS = 60.0
_GONE = Report(Outcome.FAILED, Failure(FailureKind.STOPPED))


class Attempt:
    """What comes of one pass: a judgement, or what stood in its way."""

    def __init__(self, submission: Submission, listener: Listener) -> None:
        self._submission, self._listener = submission, listener
        self._problem = submission.problem
        self._first = order(submission, self._problem.limits)
        self._tests: list[TestInfo] = []
        self._results: list[TestResult] = []
        self._phases: list[Phase] = []
        self._words = words.Words(submission.source, self._problem.entry)
        self._example = Example(shown=self._problem.shows_inputs)
        self._relay: Relay | None = None
        self._patience = Patience()
        self._searches = 0
        self._passes_over = False  # the test that is running
        self._fatal = False  # loading failed, so no later test can fare better, or one is enough
        self._cpu_seconds = self._wall_seconds = self._peak_memory_mib = 0.0
        self.box_lost = False
        self.silence: SilentTest | None = None  # a test that would not end, which was the last

    def run(self, sandbox: Sandbox, grader: Grader) -> None:
        """Judge; raise InfrastructureError when we fail and the submission cannot have done it."""
        try:
            self._run(sandbox, grader)
        except InfrastructureError as error:
            # After the last test only an example is looked for: without it the verdict stands.
            if self._searches:
                return
            is_running = self._relay is not None or self._passes_over
            if not (is_running and isinstance(error, SilentTest)):
                raise
            self.silence = error

    def charge_silence(self) -> None:
        """Hold it against the submission if a test would not end; no other runs after it."""
        if self.silence is None:
            return
        if self._relay is not None:
            self._relay.last = RunResult(Exit.STOPPED, stop_reason=StopReason.ANSWERS)
        while len(self._results) < len(self._tests):
            self._record(_GONE)

    def _run(self, sandbox: Sandbox, grader: Grader) -> None:
        memory_mib = self._problem.limits.memory_mib
        self._enter("box")
        with sandbox.lease(self._problem.profile, memory_mib) as box, on_one_core():
            box.prepare(self._first)
            self._enter("grader")
            with grader.open(grading_spec(self._submission)) as session:
                self._enter("tests")
                for message in messages(session):
                    self._step(message, box, session)
                if len(self._results) != len(self._tests):
                    raise GraderFailed("the grader was done before every test had ended")
            self._peak_memory_mib = box.peak_memory_mib
        counted = (one for one in self._results if self._submission.samples_only or not one.sample)
        if not self._is_over() and all(one.state is TestState.SKIPPED for one in counted):
            raise TestFault(self._problem.slug, "tests/", "no test ran: none was found or all skip")

    def judgement(self) -> Judgement:
        """Return what is known of it by now; there is a verdict when `run` has returned."""
        points = scoring.group_points(self._tests)
        results = tuple(self._results)
        used = (0.0, *(result.memory_mib for result in results))
        return Judgement(
            problem=self._problem.slug,
            problem_version=self._problem.version,
            image=self._submission.image.digest,
            runner_version=self._submission.image.runner_version,
            verdict=scoring.overall(results),
            points=scoring.earned(points, results),
            max_points=sum(points.values()),
            tests=results,
            message=self._example.hinted(
                next((r.message for r in results if r.verdict not in {None, Verdict.AC}), None)
            ),
            counterexample=self._example.counterexample,
            # Totals as coarse as what is shown of hidden tests, or they would undo the rounding.
            cpu_seconds=sum(result.cpu_seconds for result in results),
            wall_seconds=round(self._wall_seconds, 2),
            peak_memory_mib=float(round(max(self._peak_memory_mib, *used))),
            phases=tuple(self._phases),
        )

    def _step(self, message: Message, box: Box, session: Session) -> None:
        try:
            self._follow(message, box, session)
        except TestOver as over:
            self._follow(over.message, box, session)

    def _follow(self, message: Message, box: Box, session: Session) -> None:
        match message:
            case Collected(tests):
                self._tests += tests
                self._listener(TestsCollected(len(self._tests)))
            case Began(test):
                self._begin(test, box, session)
            case Waiting() | Called() | ProgramCalled():
                self._pass_on(message, session)
            case Ended(report):
                self._end(report, box)
            case Searching() | Found():
                self._look_for_example(message, box, session)
            case Answered() | Tried() | Done():
                pass  # heard elsewhere: in the relay, in a trial, by `messages`

    def _begin(self, test: TestInfo, box: Box, session: Session) -> None:
        self._passes_over = self._is_over()
        if not self._passes_over:
            self._relay = Relay(box, session, self._order(test), self._patience)

    def _pass_on(self, message: Waiting | Called | ProgramCalled, session: Session) -> None:
        """Take to its process what a test wants of it."""
        if self._passes_over:
            session.skip()
            return
        if self._relay is None:
            raise TestFault(self._problem.slug, "tests/", "a call outside of any test")
        match message:
            case Waiting():
                session.go(self._relay.load())
            case Called():
                self._relay.call(message)
            case ProgramCalled():
                self._relay.run_program(message)

    def _next_order(self) -> Order | None:
        if self._is_over() or len(self._results) == len(self._tests):
            return None
        return self._order(self._tests[len(self._results)])

    def _is_over(self) -> bool:
        used_up = self._cpu_seconds > SUBMISSION_CPU_SECONDS or self._patience.is_over()
        return self._fatal or self.box_lost or used_up

    def _order(self, test: TestInfo) -> Order:
        return replace(self._first, limits=limits_of(self._problem.limits, test))

    def _end(self, report: Report, box: Box) -> None:
        if len(self._results) == len(self._tests):
            raise MalformedHeader("a grader told the end of a test it had not collected")
        self._passes_over = False
        if self._record(report):
            box.end(self._next_order())
        self._listener(TestEnded(self._results[-1], len(self._results) - 1))

    def _record(self, report: Report) -> bool:
        """Keep the result of the next test; return whether it had a process."""
        test = self._tests[len(self._results)]
        relay, self._relay = self._relay, None
        result = self._passed_over(test) if relay is None else self._judged(test, report, relay)
        self._results.append(result)
        return relay is not None

    def _passed_over(self, test: TestInfo) -> TestResult:
        """Return the result of a test that did not run: TLE where nothing else says why."""
        skipped = TestResult(self._name(test), test.group, test.sample, TestState.SKIPPED)
        if not self._is_over() or scoring.overall(self._results) is not Verdict.AC:
            return skipped
        why = words.USED_UP
        return replace(skipped, state=TestState.JUDGED, verdict=Verdict.TLE, message=why)

    def _judged(self, test: TestInfo, report: Report, relay: Relay) -> TestResult:
        require_no_fault(report, self._problem.slug, test.name)
        try:
            verdict = verdict_of(report, relay.last)
        except LookupError as error:
            raise MalformedHeader(f"a grader's report contradicts the facts: {error}") from error
        self._cpu_seconds += relay.used.cpu_seconds
        self._wall_seconds += relay.used.wall_seconds
        self.box_lost = self.box_lost or relay.last.exit is Exit.BOX_LOST
        self._fatal |= bool(report.failure and (report.failure.loading or self._submission.brief))
        if verdict is not None:
            self._example.keep(report.counterexample, verdict, sample=test.sample)
        result = TestResult(
            name=self._name(test),
            group=test.group,
            sample=test.sample,
            state=TestState.SKIPPED if verdict is None else TestState.JUDGED,
            verdict=verdict,
            cpu_seconds=relay.used.cpu_seconds,
            memory_mib=relay.used.memory_mib,
            message=self._words.message(test, report, relay.last, verdict),
            stdout=relay.used.stdout.decode(errors="replace"),
            round_trips=relay.used.round_trips,
            pitfall=None if verdict in {None, Verdict.AC} else test.pitfall,
            wall_seconds=round(relay.used.wall_seconds, 2),
            limits=limits_of(self._problem.limits, test),
        )
        return result if test.sample else words.hide(result)

    def _look_for_example(self, message: Searching | Found, box: Box, session: Session) -> None:
        """Give the grader one more process, to ask for the smallest input that fails."""
        if isinstance(message, Found):
            self._found(message, box)
            return
        wanted = not self._submission.brief and not self._submission.samples_only
        self._searches += 1
        used_up = self._is_over() or self._searches > MAX_SEARCHES
        if not wanted or used_up or not is_searchable(self._results):
            session.skip()
            return
        if self._searches == 1:
            self._enter("example")
        else:
            box.end()
        limits = search_limits(self._problem.limits)
        order = replace(self._first, limits=limits)
        self._relay = Relay(box, session, order, self._patience)
        session.go(self._relay.load())

    def _found(self, found: Found, box: Box) -> None:
        self._relay = None
        box.end()
        self._example.found(found)
        if found.trouble is not None:
            self._listener(SearchFailed(found.trouble))

    def _name(self, test: TestInfo) -> str:
        if test.sample:
            return test.name
        if test.title is not None:
            return test.title
        before = self._tests[: len(self._results)]
        place = sum(t.group == test.group and not t.sample for t in before)
        return f"{test.group}/{place + 1:02}"

    def _enter(self, phase: str) -> None:
        self._phases.append(Phase(phase, datetime.now(UTC)))
        self._listener(PhaseStarted(phase))
