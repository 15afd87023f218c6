from django.db import connection
from rest_framework.response import Response
from rest_framework.views import APIView

from core.permissions import IsLead
from reports.serializers import VolumeQuerySerializer


class VolumeReportView(APIView):
    """How many tickets a workspace got, by day, over at most a year."""

    permission_classes = [IsLead]

    def get(self, request):
        query = VolumeQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT date_trunc('day', created_at) AS bucket, count(*)
                FROM tickets_ticket
                WHERE workspace_id = %s AND created_at >= %s AND created_at < %s
                GROUP BY 1 ORDER BY 1
                """,
                [request.user.workspace_id, query.validated_data["start"], query.validated_data["end"]],
            )
            rows = cursor.fetchall()
        return Response([{"bucket": bucket.date(), "tickets": count} for bucket, count in rows])
