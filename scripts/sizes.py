"""How long the files and functions of the house are, in code lines.

A code line holds code: docstrings, comments and blank lines do not count. ``python
scripts/sizes.py`` prints the figures that docs/decisions compares with other codebases.
"""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LIMIT, FUNCTION_LIMIT = 300, 40
PARAMETER_LIMIT, PUBLIC_PARAMETER_LIMIT = 6, 10

Documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Function:
    """A function: where it stands, its code lines, its parameters without self and cls."""

    where: str
    name: str
    lines: int
    parameters: int
    options: int

    @property
    def parameter_limit(self) -> int:
        """Public functions may add keyword-only options, up to ten parameters in all."""
        private = self.name.startswith("_") and not self.name.startswith("__")
        return PUBLIC_PARAMETER_LIMIT if self.options and not private else PARAMETER_LIMIT


@dataclass(frozen=True, slots=True)
class Module:
    """A file of code, its code lines and its functions, inner ones too."""

    path: str
    lines: int
    functions: tuple[Function, ...]


def code_lines(source: str, tree: ast.Module) -> frozenset[int]:
    """Return the numbers of the lines that hold code.

    >>> text = '"A title."' + chr(10) + "# why" + chr(10) + "x = 1" + chr(10)
    >>> sorted(code_lines(text, ast.parse(text)))
    [3]
    """
    doc: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, Documented) and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            doc.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    lines = enumerate(source.splitlines(), 1)
    return frozenset(
        number
        for number, line in lines
        if line.strip() and not line.lstrip().startswith("#") and number not in doc
    )


def _function(
    node: ast.FunctionDef | ast.AsyncFunctionDef, path: str, code: frozenset[int]
) -> Function:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    bound = bool(positional) and positional[0].arg in {"self", "cls"}
    return Function(
        where=f"{path}:{node.lineno}",
        name=node.name,
        lines=sum(n in code for n in range(node.lineno, (node.end_lineno or node.lineno) + 1)),
        parameters=len(positional) + len(arguments.kwonlyargs) - bound,
        options=len(arguments.kwonlyargs),
    )


def measure(path: Path, root: Path = ROOT) -> Module:
    """Measure one file; its path is told from ``root``."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    code = code_lines(source, tree)
    shown = path.relative_to(root).as_posix()
    functions = tuple(
        _function(node, shown, code)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return Module(shown, len(code), functions)


def modules(root: Path = ROOT) -> tuple[Module, ...]:
    """Measure every file of ``src``, in the order of their paths."""
    return tuple(measure(path, root) for path in sorted((root / "src").rglob("*.py")))


def too_long(found: tuple[Module, ...]) -> Iterator[str]:
    """Say in a line each what passes a limit of the house."""
    for module in found:
        if module.lines > FILE_LIMIT:
            yield f"{module.path}: {module.lines} code lines, at most {FILE_LIMIT}"
        for one in module.functions:
            if one.lines > FUNCTION_LIMIT:
                yield f"{one.where} {one.name}: {one.lines} code lines, at most {FUNCTION_LIMIT}"
            if one.parameters > one.parameter_limit:
                yield (
                    f"{one.where} {one.name}: {one.parameters} parameters,"
                    f" at most {one.parameter_limit}"
                )


def percentile(values: list[int], share: float) -> int:
    """Return the smallest value that at least ``share`` of the values do not exceed.

    >>> percentile([1, 2, 3, 4], 0.5)
    2
    """
    return sorted(values)[max(0, -(-int(share * 100) * len(values) // 100) - 1)]


def summary(found: tuple[Module, ...]) -> str:
    """Return the medians and tails in one line each; empty files do not count."""
    files = [module.lines for module in found if module.lines]
    functions = [one.lines for module in found for one in module.functions]
    widest = max(one.parameters for module in found for one in module.functions)
    return (
        f"files      {len(files):5d}  median {statistics.median(files):g}"
        f"  p90 {percentile(files, 0.9)}  max {max(files)}\n"
        f"functions  {len(functions):5d}  median {statistics.median(functions):g}"
        f"  p99 {percentile(functions, 0.99)}  max {max(functions)}"
        f"  most parameters {widest}"
    )


if __name__ == "__main__":
    print(summary(modules()))
