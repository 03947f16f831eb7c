"""As much of PromQL as the checks need: which series an expression names, and variants of it that can be asked."""
import re

STRING = re.compile(r'"(?:\\.|[^"\\])*"')
BRACES = re.compile(r"\{[^{}]*\}")
GROUPING = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)")
NAME = re.compile(r"(?<![\w:.$])([a-zA-Z_:][\w:]*)(?![\w:])(?!\s*\()\s*(\{[^{}]*\})?")
WORDS = {"and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "group_left", "group_right"}
HISTOGRAM = re.compile(r"_(?:bucket|sum|count)$")


def _without(pattern, text):
    """The text with what matches replaced by numbered marks, and how to put it back."""
    kept = []

    def mark(found):
        kept.append(found.group(0))
        return f"\x00{len(kept) - 1}\x00"

    return pattern.sub(mark, text), lambda t: re.sub(r"\x00(\d+)\x00", lambda m: kept[int(m.group(1))], t)


def selectors(expr):
    """(metric, matchers) of each vector selector, such as ("up", 'job=~"$job"')."""
    text, strings = _without(STRING, expr)
    text = GROUPING.sub(" ", re.sub(r"\[[^\]]*\]", " ", text))
    return [
        (name, strings((matchers or "{}")[1:-1]))
        for name, matchers in NAME.findall(text)
        if name not in WORDS and name.lower() not in ("inf", "nan")
    ]


def metrics(expr):
    return {name for name, _ in selectors(expr)}


def grouped(expr):
    """The labels that the expression groups or joins by."""
    return {label for part in GROUPING.findall(STRING.sub('""', expr)) for label in re.findall(r"\w+", part.partition("(")[2])}


def family(metric):
    """The histogram that a series such as x_bucket belongs to."""
    return HISTOGRAM.sub("", metric)


def plain(expr, interval="5m", range_="1h"):
    """The expression of a panel without Grafana's variables."""
    expr = expr.replace("$__rate_interval", interval).replace("$__range", range_)
    return re.sub(r"\$\{?\w+\}?", ".*", expr)


def always(expr):
    """The expression of an alert with comparisons that answer 0 or 1 instead of leaving out what is not alarming."""
    text, strings = _without(STRING, expr)
    text, braces = _without(BRACES, text)
    return strings(braces(re.sub(r"(==|!=|<=|>=|<|>)\s*(?!bool\b)", r"\1 bool ", text)))
