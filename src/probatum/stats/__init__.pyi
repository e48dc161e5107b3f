from probatum.stats import geometry as geometry
from probatum.stats import measures as measures
from probatum.stats import report as report
from probatum.stats.conversions import se_from_ci as se_from_ci
from probatum.stats.conversions import se_from_p as se_from_p
from probatum.stats.effect_sizes import escalc as escalc
from probatum.stats.measures import MEASURES as MEASURES
from probatum.stats.models.fit import rma as rma

__all__: list[str]
