"""``rubric cache``: shows what is kept of loaded rubrics, or removes it."""

from __future__ import annotations

import click

from rubriclang.caching import store
from rubriclang.cli.options import Lang, lang_option


@click.command("cache")
@click.option("--clear", is_flag=True, help="Remove what is kept; it is made anew when needed.")
@lang_option
def command(clear: bool, lang: Lang) -> None:
    """看标准缓存放在哪里、占多大，或清空。 Shows where loaded rubrics are kept and how much there is, or clears it."""
    zh = lang == "zh"
    folder = store.folder()
    if folder is None:
        click.echo("没有用缓存" if zh else "no cache is in use")
        return
    kept = store.kept()
    size = f"{sum(one.size for one in kept) / 1e6:.1f} MB"
    if clear:
        removed = store.clear()
        click.echo(f"清掉了 {removed} 个标准，{size}" if zh else f"removed {removed} rubric(s), {size}")
        return
    click.echo(f"{folder}：{len(kept)} 个标准，{size}" if zh else f"{folder}: {len(kept)} rubric(s), {size}")
