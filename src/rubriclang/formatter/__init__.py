"""The canonical form of a rubric's text: same meaning, same words, one layout.

The words stay the writer's, only what stands between them changes: ``docs/decisions/0019-format-tokens-not-trees.md``.
"""

from rubriclang.formatter.canonical import (
    Formatted as Formatted,
    UnfaithfulError as UnfaithfulError,
    format_source as format_source,
)
