"""One family of errors. Each says what happened, what it means, and what to do next."""


class ClusterReviewError(Exception):
    """An error a reader is meant to see.

    Attributes:
        title: what happened, in one short sentence.
        message: the particulars: which file, which name, which value.
        remedy: what to do next.
    """

    def __init__(self, title: str, message: str, remedy: str) -> None:
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message
        self.remedy = remedy


class UsageError(ClusterReviewError):
    """The caller named something that does not exist: a question, a parameter, a code."""


class CatalogueFault(ClusterReviewError):
    """`queries/metrics.yml` and the questions do not fit together."""


class QuestionFault(ClusterReviewError):
    """A file in the SQL layers breaks the rules of its layer."""


class PackageFault(ClusterReviewError):
    """A data package descriptor is missing, broken, or asks for something unsupported."""


class RecordMissing(ClusterReviewError):
    """There is no build to ask yet."""


class BuildRefused(ClusterReviewError):
    """A build was not swapped in; the former one, if any, stays in force."""


class LedgerBroken(ClusterReviewError):
    """The hash chain of a log does not hold."""


class WorkspaceDamaged(ClusterReviewError):
    """A file of the workspace cannot be read as what it should be."""


class WorkspaceReadOnly(ClusterReviewError):
    """The workspace may not be written."""


class WorkspaceBusy(ClusterReviewError):
    """Another process holds what is needed, longer than one waits for it."""


class ServingFailed(ClusterReviewError):
    """The processes that serve, or the balancer, cannot be started or do not go on."""


class StoreUnreachable(ClusterReviewError):
    """The database or the storage that several machines share does not answer."""


class BackupRefused(ClusterReviewError):
    """A file is no whole backup, or cannot be restored where it is asked for."""


class AccessDenied(ClusterReviewError):
    """The role may not see or do this."""


class JudgingRefused(ClusterReviewError):
    """The state of a round, or the value given, does not allow this."""
