from probatum import stats as stats
from probatum.flow.base import Base as Base
from probatum.flow.base import open_base as open  # noqa: A004  # probatum.open, as in interfaces
from probatum.flow.making import init_base as init

__version__: str
__all__ = ["Base", "init", "open", "stats"]
