"""Figures and tables of findings and frames, for a notebook cell.

Every function returns a `Block`: a page shows its markup, a terminal its text. What a reader
sees, and how it looks on paper, is the business of `cspanalysis.publication`.
"""

from cspanalysis.blocks.block import CLAIMS, COVER, FIGURES, TABLES, TO_DO, Block
from cspanalysis.display.change_figures import change_figures, headline_of, value_figures
from cspanalysis.display.change_table import change_table
from cspanalysis.display.claim_table import claim_table, commentary
from cspanalysis.display.committee_tables import (
    cost_table,
    lettered,
    supplied_table,
)
from cspanalysis.display.comparison_chart import comparison_chart
from cspanalysis.display.control_charts import control_charts
from cspanalysis.display.cover import Headline, cover, headlines, record
from cspanalysis.display.custom_area_table import custom_area_table
from cspanalysis.display.decile_chart import decile_chart
from cspanalysis.display.figure import Plain, chart
from cspanalysis.display.finding_tables import explanation_table, source_table
from cspanalysis.display.funnel_chart import funnel_chart
from cspanalysis.display.harm_table import harm_table
from cspanalysis.display.indicator_table import indicator_table
from cspanalysis.display.inside_tables import (
    beside_table,
    decided_table,
    inside_table,
    lasting_table,
)
from cspanalysis.display.layout import answers, heading, parts, points, side_by_side
from cspanalysis.display.long_chart import long_chart, long_table
from cspanalysis.display.markdown import markdown
from cspanalysis.display.national_table import national_table
from cspanalysis.display.notes import pointing, table_named
from cspanalysis.display.one_page import one_page
from cspanalysis.display.other_comparisons_table import other_comparisons_table
from cspanalysis.display.outcome_table import outcome_table, search_table
from cspanalysis.display.partnership_tables import (
    fact_table,
    funding_table,
    glossary_table,
    meeting_table,
    partner_table,
    police_plan_table,
    progress_table,
    recommendation_table,
)
from cspanalysis.display.pattern_table import pattern_table
from cspanalysis.display.place_map import inside_map, place_map
from cspanalysis.display.place_table import busiest_table, ward_table
from cspanalysis.display.previous_table import (
    since_previous,
)
from cspanalysis.display.priority_tables import emerging_table, matrix_table, theme_table
from cspanalysis.display.project_table import (
    project_table,
)
from cspanalysis.display.prose import bullets, caveat_list, paragraphs, table
from cspanalysis.display.public_tables import (
    case_review_table,
    death_review_table,
    public_view,
)
from cspanalysis.display.rate_comparison import rate_comparison
from cspanalysis.display.season_chart import season_chart
from cspanalysis.display.spine_chart import spine_chart
from cspanalysis.display.standing_table import standing_table
from cspanalysis.display.statutory_table import (
    statutory_table,
)
from cspanalysis.display.target_table import target_table
from cspanalysis.display.to_do import lacking
from cspanalysis.display.together import together

__all__ = [
    "CLAIMS",
    "COVER",
    "FIGURES",
    "TABLES",
    "TO_DO",
    "Block",
    "Headline",
    "Plain",
    "answers",
    "beside_table",
    "bullets",
    "busiest_table",
    "case_review_table",
    "caveat_list",
    "change_figures",
    "change_table",
    "chart",
    "claim_table",
    "commentary",
    "comparison_chart",
    "control_charts",
    "cost_table",
    "cover",
    "custom_area_table",
    "death_review_table",
    "decided_table",
    "decile_chart",
    "emerging_table",
    "explanation_table",
    "fact_table",
    "funding_table",
    "funnel_chart",
    "glossary_table",
    "harm_table",
    "heading",
    "headline_of",
    "headlines",
    "indicator_table",
    "inside_map",
    "inside_table",
    "lacking",
    "lasting_table",
    "lettered",
    "long_chart",
    "long_table",
    "markdown",
    "matrix_table",
    "meeting_table",
    "national_table",
    "one_page",
    "other_comparisons_table",
    "outcome_table",
    "paragraphs",
    "partner_table",
    "parts",
    "pattern_table",
    "place_map",
    "pointing",
    "points",
    "police_plan_table",
    "progress_table",
    "project_table",
    "public_view",
    "rate_comparison",
    "recommendation_table",
    "record",
    "search_table",
    "season_chart",
    "side_by_side",
    "since_previous",
    "source_table",
    "spine_chart",
    "standing_table",
    "statutory_table",
    "supplied_table",
    "table",
    "table_named",
    "target_table",
    "theme_table",
    "together",
    "value_figures",
    "ward_table",
]
