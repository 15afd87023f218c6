import pytest

from reports.serializers import VolumeQuerySerializer


def query(**more):
    return VolumeQuerySerializer(data={"start": "2024-05-01", "end": "2024-06-01", **more})


def test_takes_a_month():
    assert query().is_valid()


def test_refuses_two_years():
    assert not query(start="2022-05-01").is_valid()


@pytest.mark.parametrize("bucket", ["hour", "year", "day', now()) --", ""])
def test_knows_three_buckets(bucket):
    assert not query(bucket=bucket).is_valid()


def test_splits_a_year_by_months_only():
    assert query(start="2023-06-01", bucket="month", by="assignee").is_valid()
    assert not query(start="2023-06-01", bucket="day", by="assignee").is_valid()
