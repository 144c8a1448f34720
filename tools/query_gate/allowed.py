"""The kinds of node a query may be made of, and the words in them. Whatever is not listed is refused.

A list of what is forbidden would have to know every function of the engine, and of its next version; this one only has
to know what people need. Left out on purpose: everything that reads a table by a name in a string, that makes rows or
long texts out of nothing, that returns lists, structures or the whole row, and everything about the session.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlglot import exp

STRUCTURE: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Select, exp.Union, exp.Except, exp.Intersect, exp.Subquery, exp.With, exp.CTE, exp.From, exp.Join,
        exp.Table, exp.TableAlias, exp.Where, exp.Group, exp.Having, exp.Qualify, exp.Order, exp.Ordered, exp.Limit,
        exp.Offset, exp.Distinct, exp.Alias, exp.Column, exp.Identifier, exp.Star, exp.Paren, exp.Tuple, exp.Window,
        exp.WindowSpec, exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.Var,
    }
)  # fmt: skip
"""How a query is put together."""

VALUES: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Literal, exp.Null, exp.Boolean, exp.Interval, exp.Cast, exp.TryCast, exp.DataType, exp.DataTypeParam,
        exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ,
        exp.Is, exp.In, exp.Between, exp.Like, exp.ILike, exp.Escape, exp.Exists, exp.Case, exp.If, exp.Coalesce,
        exp.Nullif, exp.Greatest, exp.Least, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Neg,
        exp.DPipe, exp.Concat,
    }
)  # fmt: skip
"""Values and how they are held against each other."""

FUNCTIONS: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Sum, exp.Avg, exp.Count, exp.CountIf, exp.Min, exp.Max, exp.Median, exp.PercentileCont,
        exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance, exp.VariancePop, exp.Corr, exp.AnyValue,
        exp.LogicalAnd, exp.LogicalOr, exp.ArgMax, exp.ArgMin,
        exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile, exp.Lag, exp.Lead,
        exp.FirstValue, exp.LastValue, exp.NthValue,
        exp.Round, exp.Abs, exp.Ceil, exp.Floor, exp.Sign, exp.Sqrt, exp.Ln, exp.Exp, exp.Pow,
        exp.Lower, exp.Upper, exp.Trim, exp.Length, exp.Substring, exp.Left, exp.Right, exp.StartsWith,
        exp.TimestampTrunc, exp.DateTrunc, exp.DateDiff, exp.DateAdd, exp.DateSub, exp.Extract, exp.TimeToStr,
        exp.Year, exp.Quarter, exp.Month, exp.Week, exp.WeekOfYear, exp.Day, exp.DayOfMonth, exp.DayOfWeek,
        exp.DayOfWeekIso, exp.DayOfYear, exp.Hour, exp.Minute, exp.Dayname, exp.Monthname, exp.LastDay, exp.Date,
        exp.CurrentDate, exp.CurrentTimestamp,
    }
)  # fmt: skip
"""Functions; "today" and "now" among them are replaced by the asker's."""

FUNCTION_NAMES = frozenset({"today", "now", "hour", "quantile", "contains", "prefix", "suffix"})
"""Functions that the parser does not know by kind."""

TYPES = frozenset(
    {
        exp.DType.INT, exp.DType.BIGINT, exp.DType.SMALLINT, exp.DType.TINYINT, exp.DType.DOUBLE,
        exp.DType.FLOAT, exp.DType.DECIMAL, exp.DType.VARCHAR, exp.DType.TEXT, exp.DType.DATE, exp.DType.TIMESTAMP,
        exp.DType.TIME, exp.DType.BOOLEAN, exp.DType.INTERVAL,
    }
)  # fmt: skip
"""Types to cast to."""

PARTS: Mapping[type[exp.Expr], frozenset[str]] = MappingProxyType(
    {
        exp.Select: frozenset(
            [
                "expressions",
                "from_",
                "joins",
                "where",
                "group",
                "having",
                "qualify",
                "windows",
                "order",
                "limit",
                "offset",
                "distinct",
                "with_",
            ]
        ),
        exp.Union: frozenset(["this", "expression", "distinct", "by_name", "with_", "order", "limit", "offset"]),
        exp.Except: frozenset(["this", "expression", "distinct", "by_name", "with_", "order", "limit", "offset"]),
        exp.Intersect: frozenset(["this", "expression", "distinct", "by_name", "with_", "order", "limit", "offset"]),
        exp.Subquery: frozenset(["this", "alias"]),
        exp.Table: frozenset(["this", "alias"]),
        exp.TableAlias: frozenset(["this", "columns"]),
        exp.With: frozenset(["expressions"]),
        exp.CTE: frozenset(["this", "alias"]),
        exp.From: frozenset(["this"]),
        exp.Join: frozenset(["this", "on", "using", "side", "kind"]),
        exp.Group: frozenset(["expressions", "all"]),
        exp.Column: frozenset(["this", "table"]),
        exp.Star: frozenset(["except_"]),
        exp.Limit: frozenset(["expression"]),
        exp.Offset: frozenset(["expression"]),
        exp.Distinct: frozenset(["expressions", "on"]),
        exp.Identifier: frozenset(["this", "quoted"]),
    }
)
"""The parts that a node of the structure may have; the others are refused when they are set."""

NAME_OF_FAULT: Mapping[str, str] = MappingProxyType(
    {
        "Lateral": "a lateral join", "Unnest": "a list taken apart", "Pivot": "a pivot", "TableSample": "a sample",
        "Values": "rows made up in the query", "Columns": "COLUMNS(…)", "Struct": "a structure", "Array": "a list",
        "Lambda": "a function of your own", "Parameter": "a parameter", "Placeholder": "a parameter",
        "Dot": "a part of a structure", "Bracket": "a part of a list", "Into": "a target table",
        "JSONExtract": "JSON", "GenerateSeries": "a made-up series",
    }
)  # fmt: skip
"""What people call a kind of node."""
