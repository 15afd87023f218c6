from datetime import timedelta

from rest_framework import serializers

from reports.queries import DIMENSIONS

BUCKETS = ["day", "week", "month"]


class VolumeQuerySerializer(serializers.Serializer):
    start = serializers.DateField()
    end = serializers.DateField()
    bucket = serializers.ChoiceField(choices=BUCKETS, default="day")
    by = serializers.ChoiceField(choices=list(DIMENSIONS), required=False)

    def validate(self, attrs):
        length = attrs["end"] - attrs["start"]
        if not timedelta(0) < length <= timedelta(days=366):
            raise serializers.ValidationError("The report covers one day to one year.")
        if attrs["bucket"] == "day" and "by" in attrs and length > timedelta(days=92):
            raise serializers.ValidationError("By day and by something, the report covers at most a quarter.")
        return attrs
