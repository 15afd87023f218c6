from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from coop.config import settings

pool = ConnectionPool(
    settings.database_url,
    min_size=1,
    max_size=8,
    open=False,
    kwargs={"row_factory": dict_row, "options": "-c statement_timeout=8000"},
)
