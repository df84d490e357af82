"""What keeps a certificate from being written, or makes it fail."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

CERTIFICATE_UNREADABLE = Kind(
    "R684",
    "certificate-unreadable",
    "error",
    "读不了这份得分凭证：{why}",
    "this certificate cannot be read: {why}",
    "用 rubric score --certificate 重新写一份",
    "write it anew with rubric score --certificate",
)
RUBRIC_CHANGED = Kind(
    "R685",
    "certified-rubric-changed",
    "error",
    "标准文件 {path} 和出凭证时不一样{place}",
    "the rubric file {path} is not what was certified{place}",
    "找回原来的文件，或用 --rubric 指出它在哪里",
    "restore the file, or say where it is with --rubric",
)
FACTS_CHANGED = Kind(
    "R686",
    "certified-facts-changed",
    "error",
    "数据文件 {path} 和出凭证时不一样{place}",
    "the fact file {path} is not what was certified{place}",
    "找回原来的文件，或用 --facts 指出它在哪里",
    "restore the file, or say where it is with --facts",
)
CERTIFICATE_CHANGED = Kind(
    "R687",
    "certificate-changed",
    "error",
    "凭证本身被改过：{place}",
    "the certificate itself was changed: {place}",
    "用原来的凭证，或重新写一份",
    "use the original, or write it anew",
)
VALUE_DIFFERS = Kind(
    "R688",
    "certified-value-differs",
    "error",
    "“{name}”重算不是这个数：凭证写 {certified}，重算得 {derived}",
    "'{name}' comes out otherwise: the certificate says {certified}, derived anew it is {derived}",
    "{suggestion}",
    "{suggestion}",
)
ENGINE_DIFFERS = Kind(
    "R689",
    "certified-by-another-version",
    "hint",
    "凭证由 rubriclang {certified} 写成，现在用 {now} 重算",
    "the certificate was written by rubriclang {certified} and is derived anew by {now}",
)
