"""SQL of the reports. What is put into the text comes from the tables here; values are parameters."""

from django.db import connection

#: What a report may be split by: its name in the API, and the column.
DIMENSIONS = {
    "status": "status",
    "priority": "priority",
    "assignee": "assignee_id",
}


def fetch_volume(workspace_id, start, end, bucket, by=None):
    """Rows of (first day of the bucket, value of the dimension or None, tickets)."""
    column = DIMENSIONS[by] if by else "NULL"
    sql = f"""
        SELECT date_trunc('{bucket}', created_at)::date AS bucket, {column} AS value, count(*) AS tickets
        FROM tickets_ticket
        WHERE workspace_id = %s AND created_at >= %s AND created_at < %s
        GROUP BY 1, 2
        ORDER BY 1, 2
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [workspace_id, start, end])
        return cursor.fetchall()
