import pytest
from leap import leap_year


@pytest.mark.parametrize(
    ("year", "is_one"), [(2015, False), (1996, True), (1900, False), (2000, True)]
)
def test_years(year, is_one):
    assert leap_year(year) is is_one
