from rest_framework.response import Response
from rest_framework.views import APIView

from core.permissions import IsLead
from reports.queries import fetch_volume
from reports.serializers import VolumeQuerySerializer


class VolumeReportView(APIView):
    """How many tickets a workspace got, by day, week or month, over at most a year."""

    permission_classes = [IsLead]

    def get(self, request):
        query = VolumeQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        by = query.validated_data.get("by")
        rows = fetch_volume(request.user.workspace_id, **query.validated_data)
        return Response([self._row(bucket, by, value, count) for bucket, value, count in rows])

    @staticmethod
    def _row(bucket, by, value, count):
        row = {"bucket": bucket, "tickets": count}
        return row | {by: value} if by else row
