from reports.serializers import VolumeQuerySerializer


def test_takes_a_month():
    assert VolumeQuerySerializer(data={"start": "2024-05-01", "end": "2024-06-01"}).is_valid()


def test_refuses_two_years():
    assert not VolumeQuerySerializer(data={"start": "2022-05-01", "end": "2024-05-01"}).is_valid()
