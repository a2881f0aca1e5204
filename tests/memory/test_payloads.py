"""The payloads of answers, read many at a time."""

from __future__ import annotations

import json

import pytest

from studytool.memory.payloads import parsed
from studytool.memory.texts import Texts


def test_payloads_are_read_as_json_reads_them() -> None:
    told = [
        *('{"grade":3,"took_ms":0}', '{"grade":4,"took_ms":123456789}', '{"grade":1,"took_ms":5,"days":12}'),
        *('{"grade":5,"took_ms":1}', '{"grade":3,"took_ms":1234567890}', '{"grade":3,"took_ms":1,"days":1,"x":2}'),
        *(
            '{"grade":3, "took_ms":1}',
            '{"took_ms":1,"grade":3}',
            '{"grade":3,"took_ms":-1}',
            '{"grade":3,"took_ms":1.5}',
        ),
        *(
            '{"grade":3,"took_ms":1e3}',
            "{}",
            "[]",
            "7",
            '"{\\"grade\\":3,\\"took_ms\\":1}"',
            '{"grade":3,"took_ms":12,"dayz":3}',
        ),
        *('{"grade":2,"took_ms":7,"text":{"front":"Größe"}}', '{"grade":3,"took_ms":1,"grade":4}'),
    ]
    for payloads in (told, told[:3], told[3:4], [*told, '{"grade":3,\n"took_ms":1}']):
        found = parsed(Texts(payloads))
        for row, payload in enumerate(payloads):
            expected = json.loads(payload)
            if row in found.others:
                assert found.others[row] == expected
            else:
                days = found.answers.days[row]
                plain = {"grade": found.answers.grade[row], "took_ms": found.answers.took[row]}
                assert plain | ({"days": days} if days else {}) == expected
    assert set(parsed(Texts(told)).others) == set(range(3, len(told)))
    for wrong in ('{"grade":3,"took_ms":01}', '{"grade":3,"took_ms":}', '{"grade":3,"took_ms":1', "1,2", ""):
        with pytest.raises(ValueError, match=r"."):
            parsed(Texts([told[0], wrong]))
