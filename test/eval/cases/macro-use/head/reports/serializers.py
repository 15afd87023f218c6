from datetime import timedelta

from rest_framework import serializers


class VolumeQuerySerializer(serializers.Serializer):
    start = serializers.DateField()
    end = serializers.DateField()

    def validate(self, attrs):
        if not timedelta(0) < attrs["end"] - attrs["start"] <= timedelta(days=366):
            raise serializers.ValidationError("The report covers one day to one year.")
        return attrs
